"""The site as a WSGI server loads it: schema up to date, letters sent and, if asked for, the worker as a thread beside
it."""

from __future__ import annotations

import atexit
import logging
import threading

from flask import Flask

from soundbox.accounts.mail import LetterSender
from soundbox.accounts.models import User
from soundbox.app import create_app
from soundbox.config import Config, WorkerKind
from soundbox.extensions import db
from soundbox.jobs.ownership import DeviceTaken
from soundbox.live.reported import Reports
from soundbox.web.logs import configure

from .checkpoints import keep_log_short
from .prepare import prepare

log = logging.getLogger(__name__)


def site() -> Flask:
    config = Config.load()
    configure(config.log_level)
    prepare(config)
    app = create_app(config)
    if config.is_open:
        with db.write() as session:
            User.owner(session)  # is there from the start: every request would look for them until their first write
    else:
        LetterSender(db, config).start()
    keep_log_short(db)
    if config.listener_port:
        Reports(app.extensions["soundbox_listeners"], config.listener_port, config.trusted_proxies).start()
    if config.worker is WorkerKind.thread:
        threading.Thread(target=_work, args=[config], name="worker", daemon=True).start()
    return app


def _work(config: Config) -> None:
    from .worker import build_sender, build_worker  # imports the engines: only where they are used

    while True:
        worker = build_worker(config)
        try:
            worker.start()
        except DeviceTaken as taken:
            log.info("%s This process only answers.", taken)
            return
        sender = build_sender(config)
        sender.start()
        atexit.register(worker.drain)
        if worker.run() == 0:
            return
        sender.stop()
        atexit.unregister(worker.drain)  # the database was out of reach for too long: begin anew
