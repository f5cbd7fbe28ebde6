"""The face of a track: its spectrogram, wide, mirrored about its bass. Thumbnail, seek bar, share card."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from soundbox.audio import png
from soundbox.audio.samples import Samples
from soundbox.audio.sizes import FACE
from soundbox.audio.spectrogram import brightness

RIM = 0.15  # share of the bands, at the treble end, that fades into the ground


def draw_face(samples: Samples, rate: int, path: Path, size: tuple[int, int] = FACE) -> None:
    """Write a PNG: time runs left to right, one column for an equal part of the sound."""
    width, height = size
    upper = png.indices(faded_to_ground(brightness(samples, rate, height // 2, width)))
    png.write(path, np.concatenate([upper[::-1], upper]))


def faded_to_ground(bright: NDArray[np.float32]) -> NDArray[np.float32]:
    """Let the highest bands glow out instead of ending at an edge; shape (bands, columns)."""
    bands = len(bright)
    to_rim = (bands - np.arange(bands)) / (RIM * bands)
    return bright * np.sin(np.clip(to_rim, 0.0, 1.0) * np.pi / 2)[:, None].astype(np.float32)
