"""Small PNG files in dusk: one byte a pixel and a palette (PNG specification, third edition).

Written here because neighbouring colours of the map have neighbouring indices: filtering rows of indices, which other
writers leave out for palettes, makes these pictures a quarter smaller.
"""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from soundbox.audio.palette import dusk

COLOURS = 40
SHADES = 16  # of the ground colour, from clear to nearly opaque: the soft rim of what is not rectangular
SIGNATURE = b"\x89PNG\r\n\x1a\n"
PALETTE_COLOUR = 3
COMPRESSION = 4  # higher levels take up to four times as long and save nothing on these pictures


def indices(brightness: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Palette indices of values in 0..1."""
    return np.rint(brightness * np.float32(COLOURS - 1)).astype(np.uint8)


def shades(opacity: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Palette indices of the ground colour at an opacity in 0..1; 1 is the ground itself."""
    steps = np.rint(opacity * np.float32(SHADES)).astype(np.uint8)
    return np.where(steps == SHADES, np.uint8(0), COLOURS + steps).astype(np.uint8)


def write(path: Path, pixels: NDArray[np.uint8]) -> None:
    """Write palette indices of shape (height, width)."""
    height, width = pixels.shape
    colours = dusk(COLOURS)
    palette = np.concatenate([colours, np.repeat(colours[:1], SHADES, axis=0)])
    opacity = bytes([255] * COLOURS + [255 * step // SHADES for step in range(SHADES)])
    with path.open("wb") as file:
        file.write(SIGNATURE)
        file.write(_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, PALETTE_COLOUR, 0, 0, 0)))
        file.write(_chunk(b"PLTE", palette.tobytes()))
        if pixels.max() >= COLOURS:
            file.write(_chunk(b"tRNS", opacity))
        file.write(_chunk(b"IDAT", _compress(_filtered(pixels))))
        file.write(_chunk(b"IEND", b""))


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def _compress(content: bytes) -> bytes:
    compressor = zlib.compressobj(COMPRESSION, zlib.DEFLATED, zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, zlib.Z_FILTERED)
    return compressor.compress(content) + compressor.flush()


def _filtered(pixels: NDArray[np.uint8]) -> bytes:
    """Each row as it is or as differences to its neighbours, whichever is smallest, behind its filter's number."""
    above = np.zeros_like(pixels)
    above[1:] = pixels[:-1]
    left = np.zeros_like(pixels)
    left[:, 1:] = pixels[:, :-1]
    mean = ((above.astype(np.uint16) + left) // 2).astype(np.uint8)
    choices = np.stack([pixels, pixels - left, pixels - above, pixels - mean])  # filters 0 to 3, modulo 256
    cost = np.abs(choices.view(np.int8)).sum(axis=2, dtype=np.int64)
    best = cost.argmin(axis=0)
    rows = choices[best, np.arange(len(pixels))]
    return np.column_stack([best.astype(np.uint8), rows]).tobytes()
