"""The WAV master: 16-bit PCM, tags and loop points. Equal samples and tags give equal bytes."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

from soundbox.audio.samples import Samples
from soundbox.audio.tags import Tags

PCM = 1  # format tag
BYTES_PER_SAMPLE = 2
FULL_SCALE = 32767.0
INFO_NAMES = {"title": b"INAM", "artist": b"IART", "software": b"ISFT", "comment": b"ICMT", "licence": b"ICOP"}
LOOP_HEADER = "<9I"  # manufacturer, product, period ns, MIDI note, fraction, SMPTE format, offset, loops, extra bytes
LOOP_ENTRY = "<6I"  # id, type 0 = forward, first frame, last frame (played too), fraction, 0 = for ever
MIDDLE_C = 60


class WavError(Exception):
    """Not a WAV master of ours; the message says what is wrong."""


@dataclass(frozen=True)
class WavInfo:
    frames: int
    sample_rate: int
    channels: int
    loop_points: tuple[int, int] | None  # frames [start, end)
    tags: Tags

    @property
    def seconds(self) -> float:
        return self.frames / self.sample_rate


def write(
    path: Path, samples: Samples, rate: int, tags: Tags | None = None, loop_points: tuple[int, int] | None = None
) -> None:
    """Write samples of shape (channels, frames) within -1..1; what lies outside is cut, rounding is to the nearest."""
    channels = len(samples)
    pcm = np.rint(np.clip(samples.T, -1.0, 1.0) * np.float32(FULL_SCALE)).astype("<i2")
    frame_bytes = channels * BYTES_PER_SAMPLE
    form = struct.pack("<HHIIHH", PCM, channels, rate, rate * frame_bytes, frame_bytes, 8 * BYTES_PER_SAMPLE)
    before = _chunk(b"fmt ", form) + _info_chunk(tags or Tags()) + _loop_chunk(loop_points, rate)
    with path.open("wb") as file:
        file.write(b"RIFF" + struct.pack("<I", 4 + len(before) + 8 + pcm.nbytes) + b"WAVE")
        file.write(before + b"data" + struct.pack("<I", pcm.nbytes))
        file.write(pcm.tobytes())


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def _info_chunk(tags: Tags) -> bytes:
    texts = ((name, getattr(tags, field)) for field, name in INFO_NAMES.items())
    entries = b"".join(_chunk(name, text.encode() + b"\0") for name, text in texts if text)
    return _chunk(b"LIST", b"INFO" + entries) if entries else b""


def _loop_chunk(loop_points: tuple[int, int] | None, rate: int) -> bytes:
    if loop_points is None:
        return b""
    start, end = loop_points
    header = struct.pack(LOOP_HEADER, 0, 0, round(1e9 / rate), MIDDLE_C, 0, 0, 0, 1, 0)
    return _chunk(b"smpl", header + struct.pack(LOOP_ENTRY, 0, 0, start, end - 1, 0, 0))


def inspect(path: Path) -> WavInfo:
    """What stands in the header. Raises `WavError`."""
    with path.open("rb") as file:
        chunks = {name: (position, size) for name, position, size in _chunks(file)}
        return _inspect(file, chunks)


def read(path: Path) -> tuple[Samples, WavInfo]:
    """Samples of shape (channels, frames), and the header. Raises `WavError`."""
    with path.open("rb") as file:
        chunks = {name: (position, size) for name, position, size in _chunks(file)}
        info = _inspect(file, chunks)
        file.seek(chunks[b"data"][0])
        pcm = np.frombuffer(file.read(info.frames * info.channels * BYTES_PER_SAMPLE), "<i2")
    samples = pcm.reshape(-1, info.channels).T.astype(np.float32, order="C") / np.float32(FULL_SCALE)
    return samples, info


def _chunks(file: BinaryIO) -> Iterator[tuple[bytes, int, int]]:
    """Name, position of the content and its size of every chunk."""
    riff = file.read(12)
    if len(riff) < 12 or riff[:4] != b"RIFF" or riff[8:] != b"WAVE":
        raise WavError("This is not a WAV file.")
    while len(header := file.read(8)) == 8:
        name, size = header[:4], struct.unpack("<I", header[4:])[0]
        position = file.tell()
        yield name, position, size
        file.seek(position + size + size % 2)


def _inspect(file: BinaryIO, chunks: dict[bytes, tuple[int, int]]) -> WavInfo:
    form = _content(file, chunks, b"fmt ")
    if len(form) < 16 or b"data" not in chunks:
        raise WavError("The WAV file is incomplete.")
    tag, channels, rate, _, frame_bytes, bits = struct.unpack("<HHIIHH", form[:16])
    if (tag, bits) != (PCM, 8 * BYTES_PER_SAMPLE) or channels == 0 or rate == 0:
        raise WavError("The WAV file is not 16-bit PCM.")
    position, size = chunks[b"data"]
    if file.seek(0, 2) < position + size:
        raise WavError("The WAV file is cut off.")
    loop_points, tags = _loop_points(_content(file, chunks, b"smpl")), _tags(_content(file, chunks, b"LIST"))
    return WavInfo(size // frame_bytes, rate, channels, loop_points, tags)


def _content(file: BinaryIO, chunks: dict[bytes, tuple[int, int]], name: bytes) -> bytes:
    position, size = chunks.get(name, (0, 0))
    file.seek(position)
    return file.read(size)


def _loop_points(content: bytes) -> tuple[int, int] | None:
    header = struct.calcsize(LOOP_HEADER)
    if len(content) < header + struct.calcsize(LOOP_ENTRY):
        return None
    _, _, first, last, _, _ = struct.unpack_from(LOOP_ENTRY, content, header)
    return first, last + 1


def _tags(content: bytes) -> Tags:
    texts, position = {}, 4
    while position + 8 <= len(content) and content[:4] == b"INFO":
        name, size = content[position : position + 4], struct.unpack_from("<I", content, position + 4)[0]
        texts[name] = content[position + 8 : position + 8 + size].rstrip(b"\0").decode(errors="replace")
        position += 8 + size + size % 2
    return Tags(**{field: texts.get(name, "") for field, name in INFO_NAMES.items()})
