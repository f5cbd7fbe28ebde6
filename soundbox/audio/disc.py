"""The disc of a track: its spectrogram bent round, the cover. Time runs clockwise from the top, bass is inside."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from soundbox.audio import png
from soundbox.audio.face import faded_to_ground
from soundbox.audio.samples import Samples
from soundbox.audio.spectrogram import brightness

SIZE = 512  # pixels, square
HOLE = 0.29  # radius of the dark middle, as a share of the whole
SUPERSAMPLING = 2
BANDS = 200
COLUMNS = 1600  # about one for each pixel along the rim


def draw_disc(samples: Samples, rate: int, path: Path) -> None:
    """Write a PNG of 512x512, transparent outside the disc."""
    bright = faded_to_ground(brightness(samples, rate, BANDS, COLUMNS))
    places, opacity = _geometry()
    fine = np.append(bright.ravel(), np.float32(0.0))[places]  # the last entry is the ground
    coarse = fine.reshape(SIZE, SUPERSAMPLING, SIZE, SUPERSAMPLING).mean(axis=(1, 3))
    png.write(path, np.where(opacity == 1.0, png.indices(coarse), png.shades(opacity)))


@lru_cache(maxsize=1)
def _geometry() -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Where each fine pixel looks in the flattened (BANDS, COLUMNS), and how opaque each pixel is."""
    fine = SIZE * SUPERSAMPLING
    along = (np.arange(fine, dtype=np.float32) + 0.5) / fine * 2.0 - 1.0
    across, down = along[None, :], along[:, None]
    radius = np.hypot(across, down)
    turn = (np.arctan2(across, -down) / (2.0 * np.pi)) % 1.0
    band = np.floor((radius - HOLE) / (1.0 - HOLE) * BANDS)
    column = np.minimum(np.floor(turn * COLUMNS), COLUMNS - 1)
    inside = (band >= 0) & (band < BANDS)
    places = np.where(inside, band * COLUMNS + column, BANDS * COLUMNS).astype(np.int32)
    opacity = np.clip((1.0 - radius) * SIZE / 2.0 + 0.5, 0.0, 1.0)
    coarse = opacity.reshape(SIZE, SUPERSAMPLING, SIZE, SUPERSAMPLING).mean(axis=(1, 3))
    return places, np.where(coarse > 0.99, 1.0, coarse).astype(np.float32)
