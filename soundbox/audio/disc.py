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

FULL = 512  # pixels, square
SMALL = 192  # for lists
COVER = 1400  # the least that podcast programs take
HOLE = 0.29  # radius of the dark middle, as a share of the whole
SUPERSAMPLING = 2
BANDS_PER_PIXEL = 200 / 512
COLUMNS_PER_PIXEL = 1600 / 512  # about one for each pixel along the rim


def draw_disc(samples: Samples, rate: int, path: Path, size: int = FULL, *, on_ground: bool = False) -> None:
    """Write a square PNG of `size` pixels, transparent outside the disc, or there in the colour of silence."""
    bands, columns = round(size * BANDS_PER_PIXEL), round(size * COLUMNS_PER_PIXEL)
    bright = faded_to_ground(brightness(samples, rate, bands, columns))
    places, opacity = _geometry(size, bands, columns)
    fine = np.append(bright.ravel(), np.float32(0.0))[places]  # the last entry is the ground
    coarse = fine.reshape(size, SUPERSAMPLING, size, SUPERSAMPLING).mean(axis=(1, 3))
    inside = png.indices(coarse)
    png.write(path, inside if on_ground else np.where(opacity == 1.0, inside, png.shades(opacity)))


@lru_cache(maxsize=2)
def _geometry(size: int, bands: int, columns: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Where each fine pixel looks in the flattened (bands, columns), and how opaque each pixel is."""
    fine = size * SUPERSAMPLING
    along = (np.arange(fine, dtype=np.float32) + 0.5) / fine * 2.0 - 1.0
    across, down = along[None, :], along[:, None]
    radius = np.hypot(across, down)
    turn = (np.arctan2(across, -down) / (2.0 * np.pi)) % 1.0
    band = np.floor((radius - HOLE) / (1.0 - HOLE) * bands)
    column = np.minimum(np.floor(turn * columns), columns - 1)
    inside = (band >= 0) & (band < bands)
    places = np.where(inside, band * columns + column, bands * columns).astype(np.int32)
    opacity = np.clip((1.0 - radius) * size / 2.0 + 0.5, 0.0, 1.0)
    coarse = opacity.reshape(size, SUPERSAMPLING, size, SUPERSAMPLING).mean(axis=(1, 3))
    return places, np.where(coarse > 0.99, 1.0, coarse).astype(np.float32)
