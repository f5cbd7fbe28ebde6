"""`soundbox bench journey`: how long people wait, from asking to hearing, on a site of its own."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

PROMPTS = (
    ("music", 30, "80s synthwave drive at night, 104 bpm, A minor"),
    ("music", 30, "warm lo-fi hip hop with dusty piano, 78 bpm"),
    ("music", 30, "peaceful ambient drone for sleep"),
    ("music", 30, "jazz swing in a late lounge"),
    ("music", 30, "dark trap 808, 142 bpm"),
    ("music", 30, "drum and bass jungle, 174 bpm"),
    ("audio", 10, "slow rain on a tin roof"),
    ("audio", 10, "heavy rain with distant thunder and footsteps"),
    ("audio", 4, "three knocks on a wooden door"),
    ("audio", 10, "ocean waves at the beach"),
)
LOOK_SECONDS = 0.02
LONGEST_SECONDS = 120.0


@dataclass(frozen=True)
class Wait:
    model: str
    duration: float
    prompt: str
    playable_seconds: float  # from POST until the first bytes of the sound have come

    @property
    def times_real(self) -> float:
        return self.duration / self.playable_seconds


def journey() -> Iterator[Wait]:
    """One prompt after the other on an idle site with one worker."""
    with site() as address:
        for model, duration, prompt in PROMPTS:
            yield _wait_for(address, model, duration, prompt)


@contextmanager
def site() -> Iterator[str]:
    """A site on a free port with an empty instance, until the block ends."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as instance:
        command = [sys.executable, "-m", "soundbox.cli", "serve", "--instance", instance, "--port", str(port)]
        quiet = {**os.environ, "SOUNDBOX_LOG_LEVEL": "error"}
        process = subprocess.Popen(command, env=quiet)
        try:
            _until(lambda: _is_ready(address))
            yield address
        finally:
            process.terminate()
            process.wait()


def _wait_for(address: str, model: str, duration: float, prompt: str) -> Wait:
    began = time.perf_counter()
    job = _ask(f"{address}/generate", {"model": model, "duration": duration, "prompt": prompt})
    _until(lambda: _ask(f"{address}/job/{job['job_id']}")["status"] == "completed")
    with urllib.request.urlopen(f"{address}/audio/{job['job_id']}.wav") as sound:  # noqa: S310 - our own address
        sound.read(4096)
    return Wait(model, duration, prompt, time.perf_counter() - began)


def _is_ready(address: str) -> bool:
    try:
        return bool(_ask(f"{address}/status")["models"]["music"] == "ready")
    except OSError:
        return False


def _ask(url: str, body: dict[str, Any] | None = None) -> Any:
    data = json.dumps(body).encode() if body else None
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"})  # noqa: S310 - our own address
    with urllib.request.urlopen(request) as answer:  # noqa: S310 - the same
        return json.load(answer)


def _until(is_so: Any) -> None:
    deadline = time.monotonic() + LONGEST_SECONDS
    while not is_so():
        if time.monotonic() > deadline:
            raise TimeoutError("The site took too long.")
        time.sleep(LOOK_SECONDS)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
