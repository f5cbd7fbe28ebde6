"""An instance on a free port, served as `soundbox serve` does, to be measured and killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

LONGEST_START_SECONDS = 60.0
LOOK_SECONDS = 0.05
CALM_SECONDS = 1.0
CALM_SHARE = 0.03  # of a core, by all processes together


@dataclass(frozen=True)
class Served:
    port: int
    process: subprocess.Popen[bytes]

    @property
    def pids(self) -> list[int]:
        """`serve` and everything it started."""
        return [self.process.pid, *_descendants(self.process.pid)]

    @property
    def cpu_seconds(self) -> float:
        """What all of them have used so far."""
        fields = (Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in self.pids)
        return sum(int(times[11]) + int(times[12]) for times in fields) / os.sysconf("SC_CLK_TCK")

    def wait_until_calm(self) -> None:
        """Until every process has started: one that is first would be given all connections, and keep them."""
        deadline, used = time.monotonic() + LONGEST_START_SECONDS, -CALM_SECONDS
        while self.cpu_seconds - used > CALM_SHARE * CALM_SECONDS:
            if time.monotonic() > deadline:
                raise TimeoutError("The site never came to rest.")
            used = self.cpu_seconds
            time.sleep(CALM_SECONDS)

    def kill(self) -> None:
        """kill -9 of everything at once: nobody can tidy up."""
        for pid in self.pids:
            os.kill(pid, signal.SIGKILL)


@contextmanager
def served(instance: Path, settings: Mapping[str, str] = MappingProxyType({})) -> Iterator[Served]:
    """Without a worker, until the block ends; the log, as busy as ever, goes nowhere."""
    port = _free_port()
    command = [sys.executable, "-m", "soundbox.cli", "serve", "--instance", str(instance), "--port", str(port)]
    process = subprocess.Popen(
        command, env={**os.environ, "SOUNDBOX_WORKER": "none", **settings}, stderr=subprocess.DEVNULL
    )
    try:
        _wait_until_healthy(port)
        site = Served(port, process)
        site.wait_until_calm()
        yield site
    finally:
        process.terminate()
        process.wait()


def _wait_until_healthy(port: int) -> None:
    deadline = time.monotonic() + LONGEST_START_SECONDS
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health").close()
        except OSError:
            time.sleep(LOOK_SECONDS)
        else:
            return
    raise TimeoutError("The site took too long to start.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _descendants(pid: int) -> list[int]:
    children = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return [*children, *(one for child in children for one in _descendants(child))]
