"""Many files as one zip, written while it is sent: never the whole of it in memory."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from io import RawIOBase
from typing import BinaryIO

from flask import Response

from soundbox.media.local import LocalMedia, MediaMissing

from .models import Track
from .routes import download_name

BLOCK_BYTES = 256 * 1024
EPOCH = (1980, 1, 1, 0, 0, 0)  # the same files give the same bytes
READABLE = 0o644 << 16


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


def masters_of(tracks: Sequence[Track], media: LocalMedia) -> Iterator[tuple[str, BinaryIO]]:
    """The WAV masters under their download names; what is missing is left out."""
    for track in tracks:
        try:
            source = media.path(track.file("wav")).open("rb")
        except (MediaMissing, FileNotFoundError):
            continue
        yield f"{download_name(track)}.wav", source


def zip_response(files: Iterable[tuple[str, BinaryIO]], name: str) -> Response:
    response = Response(stream_zip(files), mimetype="application/zip")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
