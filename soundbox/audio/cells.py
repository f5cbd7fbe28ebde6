"""Where a sound lies among all sounds: one of 4096 cells, so that its neighbours are found without looking at all.

An inverted multi-index (Babenko and Lempitsky 2012): vectors are turned to their principal axes, the even and the odd
ones are each brought to the nearest of 64 centres, and the pair of centres is the cell. The constants fit all kinds of
sound and never change with a library: a cell is known when a track is published, without asking the database.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from soundbox.audio.feature_scale import AXES, CENTRES

Distances = NDArray[np.float32]


def cell_of(vector: NDArray[np.int8]) -> int:
    """0 .. 4095 for a vector of `features`."""
    even, odd = _squares(vector)
    return int(even.argmin()) * len(odd) + int(odd.argmin())


def cells_by_distance(vector: NDArray[np.int8]) -> list[int]:
    """All cells, that of the vector first, the farthest last."""
    even, odd = _squares(vector)
    order: list[int] = np.argsort((even[:, None] + odd).ravel(), kind="stable").tolist()
    return order


def _squares(vector: NDArray[np.int8]) -> tuple[Distances, Distances]:
    """From the vector to each centre on the even and on the odd axes."""
    axes, centres = _constants()
    place = axes @ vector.astype(np.float32)
    even, odd = (np.square(centres[half] - place[half::2]).sum(axis=1) for half in range(2))
    return even, odd


@lru_cache(maxsize=1)
def _constants() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    return np.array(AXES, np.float32) / 1000, np.array(CENTRES, np.float32)
