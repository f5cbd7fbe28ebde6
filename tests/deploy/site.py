"""A real site in processes of its own, to be used, stopped and killed."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

PATIENCE_SECONDS = 180.0  # the worker is nice: it gets what the tests beside it leave


class Site:
    """`soundbox serve` on a free port. `settings` become SOUNDBOX_* variables."""

    def __init__(self, instance: Path, command: list[str] | None = None, **settings: str):
        self.instance = instance
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._command = command
        self._settings = {f"SOUNDBOX_{name.upper()}": value for name, value in settings.items()}
        self._log = instance.with_name(f"{instance.name}.{self.port}.log")
        self.process = self.start()

    def start(self) -> subprocess.Popen[bytes]:
        command = self._command or [*SOUNDBOX, "serve"]
        given = {"SOUNDBOX_INSTANCE": str(self.instance), "SOUNDBOX_PORT": str(self.port), "SOUNDBOX_LOG_LEVEL": "info"}
        with self._log.open("ab") as log:  # a pipe that nobody reads is full one day, and the site stands still
            self.process = subprocess.Popen(
                [part.replace("PORT", str(self.port)) for part in command],
                env={**os.environ, **given, **self._settings},
                stderr=log,
                stdout=subprocess.DEVNULL,
            )
        return self.process

    def ready(self) -> Site:
        until(lambda: self.answers("/health"), "the site answers")
        return self

    def answers(self, path: str) -> bool:
        try:
            self.get(path)
        except OSError:
            return False
        return True

    def get(self, path: str) -> Any:
        with urllib.request.urlopen(f"{self.address}{path}", timeout=10) as answer:
            return json.load(answer)

    def ask(self, prompt: str, **more: Any) -> str:
        """Ask for a sound; returns the job's id."""
        job_id: str = self.post("/generate", {"prompt": prompt, "model": "audio", "duration": 1, **more})["job_id"]
        return job_id

    def post(self, path: str, body: dict[str, Any]) -> Any:
        kind = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.address}{path}", json.dumps(body).encode(), kind)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)

    def status(self, job_id: str) -> str:
        try:
            status: str = self.get(f"/job/{job_id}")["status"]
        except OSError:
            return "no answer"
        return status

    def wait_for(self, job_id: str, status: str = "completed") -> None:
        until(lambda: self.status(job_id) == status, f"job {job_id} is {status}, not {self.status(job_id)}")

    def children(self, name: str) -> list[int]:
        """Process ids below `serve` whose command line has `name` in it."""
        return [pid for pid in descendants(self.process.pid) if name in command_line(pid)]

    def kill(self, name: str) -> int:
        """kill -9 the topmost of them. Returns its id."""
        pid = self.children(name)[0]
        os.kill(pid, signal.SIGKILL)
        return pid

    def stop(self) -> int:
        if self.process.poll() is None:
            self.process.terminate()
        return self.process.wait(PATIENCE_SECONDS)

    def said(self) -> str:
        return self._log.read_text()


SOUNDBOX = [sys.executable, "-m", "soundbox.cli"]


def soundbox(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    given = {f"SOUNDBOX_{name.upper()}": value for name, value in settings.items()}
    return subprocess.run(
        [*SOUNDBOX, *arguments], env={**os.environ, **given}, capture_output=True, text=True, timeout=120, check=False
    )


def until(is_so: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < deadline, f"waited {PATIENCE_SECONDS:.0f} s in vain until {what}"
        time.sleep(0.05)


def descendants(pid: int) -> list[int]:
    """Parents before their children."""
    path = Path(f"/proc/{pid}/task/{pid}/children")
    own = [int(child) for child in path.read_text().split()] if path.exists() else []
    return [*own, *(grandchild for child in own for grandchild in descendants(child))]


def command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except OSError:
        return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
