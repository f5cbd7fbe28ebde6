"""AAC as HLS carries it without a container: "packed audio" (RFC 8216, 3.4).

Frames of ADTS (ISO/IEC 13818-7, 6.2) stand one behind the other, so parts of different sounds can be played in a row
by one decoder. In front of each segment an ID3 tag says when it begins.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from soundbox.audio import id3
from soundbox.audio.cut import FRAME_SAMPLES, RATE

HEADER_BYTES = 7
AAC_LC, RATE_INDEX, CHANNELS = 1, 3, 2  # in ADTS's numbers: object type - 1, 48 kHz, stereo
OWNER = b"com.apple.streaming.transportStreamTimestamp\0"
TICKS = 90_000  # a second, as MPEG counts
TICKS_WRAP = 1 << 33


class NotPacked(Exception):
    """These bytes are no ADTS frames of ours."""


def adts(frame: bytes) -> bytes:
    """One frame of AAC behind its header."""
    size = len(frame) + HEADER_BYTES
    head = (0xFFF1 << 40) | (AAC_LC << 38) | (RATE_INDEX << 34) | (CHANNELS << 30) | (size << 13) | (0x7FF << 2)
    return head.to_bytes(HEADER_BYTES, "big") + frame


def offsets(content: bytes) -> list[int]:
    """Where each frame begins, and where the last one ends. Raises `NotPacked`."""
    found = list(_starts(content))
    if len(found) < 2 or found[-1] != len(content):
        raise NotPacked
    return found


def offsets_so_far(content: bytes) -> list[int]:
    """The same of a file that is being written: where each frame begins that is whole, and where the last one ends."""
    return [position for position in _starts(content) if position <= len(content)]


def _starts(content: bytes) -> Iterator[int]:
    position = 0
    while position + HEADER_BYTES <= len(content) and content[position] == 0xFF and content[position + 1] == 0xF1:
        yield position
        b3, b4, b5 = content[position + 3 : position + 6]
        position += max(HEADER_BYTES, (b3 & 3) << 11 | b4 << 3 | b5 >> 5)
    yield position


def timestamp(first_frame: int) -> bytes:
    """The tag of a segment that begins with this frame of the broadcast."""
    ticks = first_frame * (FRAME_SAMPLES * TICKS // RATE) % TICKS_WRAP
    return id3.private(OWNER + struct.pack(">Q", ticks))
