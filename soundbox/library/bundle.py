"""Many tracks as one zip, written while it is sent: never the whole of it in memory."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from io import RawIOBase

from soundbox.media.local import LocalMedia, MediaMissing
from soundbox.tracks.models import Track
from soundbox.tracks.routes import download_name

BLOCK_BYTES = 256 * 1024
EPOCH = (1980, 1, 1, 0, 0, 0)  # the same tracks give the same bytes


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


def stream_zip(tracks: Sequence[Track], media: LocalMedia) -> Iterator[bytes]:
    outbox = _Outbox()
    with zipfile.ZipFile(outbox, "w", zipfile.ZIP_STORED) as archive:
        for track in tracks:
            try:
                path = media.path(track.file("wav"))
            except MediaMissing:
                continue
            entry = zipfile.ZipInfo(f"{download_name(track)}.wav", EPOCH)
            with path.open("rb") as source, archive.open(entry, "w") as target:
                while block := source.read(BLOCK_BYTES):
                    target.write(block)
                    yield outbox.take()
            yield outbox.take()
    yield outbox.take()
