"""The site as a WSGI server loads it: schema up to date and, if asked for, the worker as a thread beside it."""

from __future__ import annotations

import atexit
import logging
import threading

from flask import Flask

from soundbox.app import create_app
from soundbox.config import Config, WorkerKind
from soundbox.jobs.ownership import DeviceTaken
from soundbox.web.logs import configure

from .prepare import prepare

log = logging.getLogger(__name__)


def site() -> Flask:
    config = Config.load()
    configure(config.log_level)
    prepare(config)
    if config.worker is WorkerKind.thread:
        _start_worker(config)
    return create_app(config)


def _start_worker(config: Config) -> None:
    from .worker import build_worker  # imports the engines: only where they are used

    worker = build_worker(config)
    try:
        worker.start()
    except DeviceTaken as taken:
        log.info("%s This process only answers.", taken)
        return
    thread = threading.Thread(target=worker.run, name="worker", daemon=True)
    thread.start()
    atexit.register(worker.drain)
