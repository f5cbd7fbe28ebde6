"""Many files as one zip, written while it is sent: never the whole of it in memory."""

from __future__ import annotations

import threading
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from io import RawIOBase
from typing import BinaryIO

from flask import Response

from .errors import Refusal

BLOCK_BYTES = 256 * 1024
EPOCH = (1980, 1, 1, 0, 0, 0)  # the same files give the same bytes
READABLE = 0o644 << 16
MOST_AT_ONCE = 4  # that are being sent: each holds one of the site's threads, and a child process may work for it

_places = threading.BoundedSemaphore(MOST_AT_ONCE)


class Turn:
    """One of the places for zips that are being sent. Raises `Refusal` when all are taken."""

    def __init__(self) -> None:
        if not _places.acquire(blocking=False):
            raise Refusal(503, "Too many packs are being sent", advice="Try again soon.", retry_after_seconds=30)
        self._is_over = False

    def over(self, files: Iterator[tuple[str, BinaryIO]]) -> Iterator[tuple[str, BinaryIO]]:
        """It lasts as long as these files."""
        try:
            yield from files
        finally:
            self.end()

    def end(self) -> None:
        if not self._is_over:
            self._is_over = True
            _places.release()


class _Outbox(RawIOBase):
    """Collects what the zip writer writes until it is taken."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._parts.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        data = b"".join(self._parts)
        self._parts.clear()
        return data


def stream_zip(files: Iterable[tuple[str, BinaryIO]]) -> Iterator[bytes]:
    """`files` gives names and open files; each is read to its end and closed before the next is asked for.

    A zip that grows beyond 4 GiB becomes a ZIP64 by itself.
    """
    outbox = _Outbox()
    with zipfile.ZipFile(outbox, "w", zipfile.ZIP_STORED) as archive:
        for name, source in files:
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.external_attr = READABLE
            with closing(source), archive.open(entry, "w") as target:
                while block := source.read(BLOCK_BYTES):
                    target.write(block)
                    yield outbox.take()
            yield outbox.take()
    yield outbox.take()


def zip_response(files: Iterable[tuple[str, BinaryIO]], name: str) -> Response:
    response = Response(stream_zip(files), mimetype="application/zip")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def zip_in_turn(files: Iterator[tuple[str, BinaryIO]], name: str) -> Response:
    """The same when few enough others are being sent. Raises `Refusal`."""
    turn = Turn()
    response = zip_response(turn.over(files), name)
    response.call_on_close(turn.end)  # also of one that nobody began to read
    return response
