"""How gunicorn runs the site: few processes, because one cannot use two cores, with threads, because most wait."""

from __future__ import annotations

import gc
import os
import signal
from typing import Any

from gunicorn.glogging import Logger

from soundbox.config import Config, WorkerKind
from soundbox.deploy.parent import watch_parent
from soundbox.deploy.sharing import SharingWorker, take_place
from soundbox.web.logs import JsonLines

settings = Config.load()

bind = f"[{settings.host}]:{settings.port}" if ":" in settings.host else f"{settings.host}:{settings.port}"
workers = settings.web_processes
worker_class = SharingWorker
threads = settings.threads
keepalive = 15
limit_request_line = 8190  # a search of 500 characters, or the 200 tracks a listener has heard, in an address
graceful_timeout = 20
forwarded_allow_ips = ""  # X-Forwarded-* is believed by hop count (SOUNDBOX_TRUSTED_PROXIES), not here
loglevel = settings.log_level
control_socket_disable = True


class JsonLogger(Logger):
    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(JsonLines())


logger_class = JsonLogger


def when_ready(_server: Any) -> None:
    watch_parent(lambda: os.kill(os.getpid(), signal.SIGTERM))


def pre_fork(server: Any, worker: Any) -> None:
    """Each process keeps to a core, the one that fewest have: Python runs one thread at a time anyway, and threads that
    hand over to each other across cores wake each other at every query, which made a vote cost half as much again."""
    taken = [other.core for other in server.WORKERS.values()]
    worker.core = min(sorted(os.sched_getaffinity(0)), key=taken.count)
    take_place(worker, server.WORKERS.values())


def post_fork(_server: Any, worker: Any) -> None:
    if settings.worker is not WorkerKind.thread:  # which makes sounds in here, on as many cores as it can get
        os.sched_setaffinity(0, {worker.core})


def post_worker_init(_worker: Any) -> None:
    """What was loaded stays: the collector need not look through all of it while somebody waits for an answer."""
    gc.collect()
    gc.freeze()
