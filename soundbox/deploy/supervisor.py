"""`soundbox serve`: starts the web and the worker, starts again what dies, and takes both along when it stops."""

from __future__ import annotations

import logging
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from types import FrameType

from soundbox.config import Config, ConfigError, WorkerKind
from soundbox.jobs.ownership import REFUSED_EXIT_CODE

from .parent import VARIABLE

log = logging.getLogger(__name__)

STOP_SECONDS = 30.0  # a worker may use 25 of them to finish what it runs
HEALTHY_SECONDS = 60.0  # alive for so long: the next death is a new story
LONGEST_PAUSE_SECONDS = 30.0


@dataclass
class Child:
    """A program to keep running; after each early death it rests twice as long."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause_seconds: float = 0.5
    start_again_at: float = 0.0
    environment: dict[str, str] = field(default_factory=dict)

    def start(self, pipe: int) -> None:
        environment = {**os.environ, **self.environment, VARIABLE: str(pipe)}
        self.process = subprocess.Popen(self.command, env=environment, pass_fds=(pipe,))
        self.started = time.monotonic()
        log.info("%s started as process %s", self.name, self.process.pid)

    def rest(self) -> None:
        lived = time.monotonic() - self.started
        self.pause_seconds = 0.5 if lived > HEALTHY_SECONDS else min(LONGEST_PAUSE_SECONDS, self.pause_seconds * 2)
        self.start_again_at = time.monotonic() + self.pause_seconds
        self.process = None

    @property
    def is_due(self) -> bool:
        return self.process is None and time.monotonic() >= self.start_again_at


class Supervisor:
    def __init__(self, config: Config):
        self._children = _children(config)
        self._stopping = False
        self._exit_code = 0
        self._pipe, self._pipe_held_open = os.pipe()

    def run(self) -> int:
        """Until a signal stops it. Returns the exit code."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._stop)
        while not self._stopping:
            for child in self._children:
                if child.is_due:
                    child.start(self._pipe)
            self._notice_deaths()
            time.sleep(0.1)
        self._stop_children()
        return self._exit_code

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True

    def _notice_deaths(self) -> None:
        for child in self._children:
            if child.process is None or (code := child.process.poll()) is None:
                continue
            if code == REFUSED_EXIT_CODE:  # it has said why
                self._stopping, self._exit_code = True, 1
                return
            log.warning("%s ended with code %s; it is started again", child.name, code)
            child.rest()

    def _stop_children(self) -> None:
        running = [child.process for child in self._children if child.process is not None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()


def _children(config: Config) -> list[Child]:
    settings = {
        "SOUNDBOX_INSTANCE": str(config.instance),
        "SOUNDBOX_HOST": config.host,
        "SOUNDBOX_PORT": str(config.port),
    }
    gunicorn = [
        sys.executable,
        "-m",
        "gunicorn",
        "-c",
        "python:soundbox.deploy.gunicorn",
        "soundbox.deploy.site:site()",
    ]
    children = [Child("web", gunicorn, environment=settings)]
    if config.worker is WorkerKind.process:
        known = {**settings, "SOUNDBOX_SUPERVISOR": secrets.token_hex(8)}
        children.append(Child("worker", [sys.executable, "-m", "soundbox.cli", "worker"], environment=known))
    return children


def require_free_port(config: Config) -> None:
    """Raises `ConfigError`: better one sentence now than a web that cannot start."""
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((config.host, config.port))
        except OSError as error:
            raise ConfigError(
                f"{config.host}:{config.port} cannot be used ({error.strerror}); choose another with --port."
            ) from None


def serve(config: Config) -> int:
    log.info("Sound Box is on http://%s:%s", config.host, config.port)
    return Supervisor(config).run()
