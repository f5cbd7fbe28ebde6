"""Where the bytes of sounds and pictures live: a folder on this machine, every file whole or absent."""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

KEY = re.compile(r"[0-9a-f]{32}(\.[0-9a-z]{1,16}){1,4}")
TEMPORARY = ".tmp-"
LOCK = ".lock-"
FULL = {errno.ENOSPC, errno.EDQUOT}


class MediaError(Exception):
    """Something about stored bytes went wrong; the message is for people."""


class MediaMissing(MediaError):
    """No such content."""


class MediaFull(MediaError):
    """There is no room for more."""

    def __init__(self) -> None:
        super().__init__("The disk is full.")


class LocalMedia:
    """Content under keys such as `<32 hex digits>.3.wav`, at `root/ab/<key>` by the key's first two digits.

    A malformed key raises `ValueError`: keys are made by us, never by those who ask.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, key: str, writer: Callable[[Path], None], check: Callable[[Path], None] | None = None) -> Path:
        """Let `writer` fill a temporary path, let `check` refuse it by raising, then give it its name.

        Content that exists is replaced. Raises `MediaFull`, and whatever the two raise; then nothing is left behind.
        """
        target = self.place(key)
        temporary = target.with_name(f"{TEMPORARY}{secrets.token_hex(4)}-{key}")
        try:
            _make_folder(target.parent)
            writer(temporary)
            _flush(temporary)
            if check:
                check(temporary)
            temporary.replace(target)
            _flush(target.parent)
        except OSError as error:
            if error.errno in FULL:
                raise MediaFull from error
            raise
        finally:
            temporary.unlink(missing_ok=True)
        return target

    def path(self, key: str) -> Path:
        """Where existing content lies. Raises `MediaMissing`."""
        path = self.place(key)
        if not path.is_file():
            raise MediaMissing(f"The file {key} is missing.")
        return path

    def place(self, key: str) -> Path:
        """Where content of this key lies or would lie."""
        if not KEY.fullmatch(key):
            raise ValueError(f"Not a media key: {key!r}")
        return self.root / key[:2] / key

    def exists(self, key: str) -> bool:
        return self.place(key).is_file()

    def size(self, key: str) -> int:
        """In bytes. Raises `MediaMissing`."""
        return self.path(key).stat().st_size

    def delete(self, key: str) -> None:
        """What is gone already is no fault."""
        self.place(key).unlink(missing_ok=True)

    def keys(self, prefix: str = "") -> Iterator[str]:
        """Keys that start with `prefix`, in order."""
        for folder in sorted(self.root.glob(f"{prefix[:2]}*" if len(prefix) < 2 else prefix[:2])):
            names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
            yield from (name for name in names if name.startswith(prefix) and KEY.fullmatch(name))

    def free_bytes(self) -> int:
        """Room left on the disk that holds the media."""
        folder = self.root
        while not folder.exists():
            folder = folder.parent
        return shutil.disk_usage(folder).free

    def sweep(self, keep: Callable[[str], bool], older_than_seconds: float) -> list[str]:
        """Remove what a crash or a lost race left: old temporary files and locks, and old content not to `keep`.

        Answers the names of what was removed. Young files are never touched: their row may not be committed yet.
        """
        before = time.time() - older_than_seconds
        removed = []
        for path in sorted(self.root.glob("??/*")):
            ours = KEY.fullmatch(path.name)
            leftover = not keep(path.name) if ours else path.name.startswith((TEMPORARY, LOCK))
            if leftover and _changed_before(path, before):
                path.unlink(missing_ok=True)
                removed.append(path.name)
        return removed


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        _flush(folder.parent)


def _flush(path: Path) -> None:
    """Bring a file's bytes, or a folder's names, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _changed_before(path: Path, moment: float) -> bool:
    try:
        return path.stat().st_mtime <= moment
    except FileNotFoundError:
        return False
