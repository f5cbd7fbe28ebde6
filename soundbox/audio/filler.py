"""What stations play in the place of a sound that was taken away.

A soft chord that goes round without a seam, as ADTS frames; any run of them stands for any sound of that length.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from soundbox.audio.cut import FRAME_SAMPLES, RATE
from soundbox.audio.on_air import encode
from soundbox.audio.packed import offsets
from soundbox.audio.replacing import replacing
from soundbox.audio.samples import Samples

FRAMES = 375  # 8 s
LEVEL = 0.05
CHORD = (110.0, 165.0, 220.0, 277.5, 330.0)  # hertz: whole cycles fit into 8 s
SWELLS = (1, 2, 1, 3, 2)  # of each note, in 8 s


def pad() -> Samples:
    """Shape (2, FRAMES * 1024)."""
    time = np.arange(FRAMES * FRAME_SAMPLES) / RATE
    seconds = FRAMES * FRAME_SAMPLES / RATE
    sides = []
    for side in range(2):
        swells = [1.0 + 0.6 * np.sin(2 * np.pi * (count * time / seconds + side / 3)) for count in SWELLS]
        notes = [swell * np.sin(2 * np.pi * note * time) for note, swell in zip(CHORD, swells, strict=True)]
        sides.append(LEVEL * np.sum(notes, axis=0))
    return np.stack(sides).astype(np.float32)


def packed_pad() -> bytes:
    """Encoded three times in a row, and the second kept: its ends know what stands before and behind them."""
    content = encode(np.tile(pad(), 3))
    starts = offsets(content)
    return content[starts[FRAMES] : starts[2 * FRAMES]]


def fill(target: Path) -> None:
    """Write the filler as ADTS frames, `FRAMES` of them. Raises `OSError`."""
    with replacing(target) as temporary:
        temporary.write_bytes(packed_pad())
