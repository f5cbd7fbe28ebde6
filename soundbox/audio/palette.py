"""Dusk: the product's own colours for sound, from night through violet and ember to candle light."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

GROUND = "#0b0d17"
STOPS = (
    (0.0, GROUND),
    (0.18, "#1b1d45"),
    (0.38, "#4b2a86"),
    (0.56, "#9c3a9e"),
    (0.72, "#e65a74"),
    (0.87, "#ffae66"),
    (1.0, "#fff2d0"),
)


def dusk(colours: int) -> NDArray[np.uint8]:
    """That many colours evenly along the map, shape (colours, 3), red green blue."""
    positions = [position for position, _ in STOPS]
    stops = np.stack([rgb(colour) for _, colour in STOPS])
    wanted = np.linspace(0.0, 1.0, colours)
    channels = [np.interp(wanted, positions, channel) for channel in stops.T]
    return np.rint(np.stack(channels, axis=1)).astype(np.uint8)


def rgb(colour: str) -> NDArray[np.int64]:
    """Red, green and blue, 0..255, of "#rrggbb"."""
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], np.int64)
