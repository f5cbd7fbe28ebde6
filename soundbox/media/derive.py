"""Files made from other files, on demand and once: MP3, FLAC, Ogg, pictures."""

from __future__ import annotations

import errno
import fcntl
import os
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from soundbox.media.local import FULL, LOCK, LocalMedia, MediaError, MediaFull

Command = Callable[[Path, Path], Sequence[str]]  # source, target -> the command line that makes it
TIMEOUT_SECONDS = 120.0
DISK_FULL = errno.ENOSPC  # the exit code by which a child says so
COULD_NOT = "This file could not be made"
STOPPED = f"{COULD_NOT}: the program that makes it was stopped."


class DeriveFailed(MediaError):
    """The file could not be made; the message is a sentence for people."""


def derived(
    media: LocalMedia,
    source_key: str,
    target_key: str,
    command: Command,
    timeout_seconds: float = TIMEOUT_SECONDS,
    count: Callable[[int], None] = lambda _: None,
) -> Path:
    """The file `target_key`, made from `source_key` by a child process when it does not exist yet.

    `count` is told its bytes once, when it is made and before it has its name.

    Whoever else asks for it meanwhile, in this process or another, waits and gets the same file. A child or a caller
    that dies leaves no half file. Raises `DeriveFailed`, `MediaMissing` (no source) and `MediaFull`.
    """
    if media.exists(target_key):
        return media.path(target_key)
    source = media.path(source_key)
    return once(media, target_key, lambda target: _run(command(source, target), target, timeout_seconds), count)


def made(
    media: LocalMedia,
    target_key: str,
    command: Callable[[Path], Sequence[str]],
    timeout_seconds: float = TIMEOUT_SECONDS,
) -> Path:
    """The same, made from nothing but the command line."""
    return once(media, target_key, lambda target: _run(command(target), target, timeout_seconds))


def once(
    media: LocalMedia, target_key: str, make: Callable[[Path], None], count: Callable[[int], None] = lambda _: None
) -> Path:
    """The same, made by a function that fills a path; it may raise `DeriveFailed` and `MediaFull`."""
    if media.exists(target_key):
        return media.path(target_key)
    try:
        with _alone(media.place(target_key)):
            if media.exists(target_key):
                return media.path(target_key)
            return media.write(target_key, make, check=lambda made: count(made.stat().st_size))
    except OSError as error:
        raise (MediaFull() if error.errno in FULL else DeriveFailed(f"{COULD_NOT}: {error.strerror}.")) from error


@contextmanager
def _alone(target: Path) -> Iterator[None]:
    """Hold the lock of a target. The kernel releases it when its holder dies."""
    lock = target.with_name(f"{LOCK}{target.name}")
    lock.parent.mkdir(parents=True, exist_ok=True)
    descriptor = _locked(lock)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)
        os.close(descriptor)


def _locked(lock: Path) -> int:
    while True:
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if _still_names(lock, descriptor):
            return descriptor
        os.close(descriptor)  # its former holder removed it while we waited


def _still_names(lock: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(lock.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _run(command: Sequence[str], target: Path, timeout_seconds: float) -> None:
    try:
        finished = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=timeout_seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise DeriveFailed(f"Making this file took longer than {timeout_seconds:g} seconds.") from error
    if finished.returncode == DISK_FULL:
        raise MediaFull
    if finished.returncode != 0 or not target.is_file():
        raise DeriveFailed(_sentence(finished))


def _sentence(finished: subprocess.CompletedProcess[str]) -> str:
    lines = finished.stderr.strip().splitlines()
    if finished.returncode < 0:
        return STOPPED
    if finished.returncode > 0 and lines:
        return f"{COULD_NOT}: {lines[-1].rstrip('.')}."
    return f"{COULD_NOT}: the program that makes it gave nothing."
