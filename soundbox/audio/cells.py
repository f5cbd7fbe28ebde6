"""Where a sound lies among all sounds: one of 65,536 cells, so that its neighbours are found without looking at all.

An inverted multi-index (Babenko and Lempitsky 2012): vectors are turned to their principal axes, the even and the odd
ones are each brought to the nearest of 256 centres, and the pair of centres is the cell. The constants fit all kinds of
sound and never change with a library: a cell is known when a track is published, without asking the database.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from soundbox.audio.scale import scale


def cells_of(vectors: NDArray[np.int8]) -> NDArray[np.int64]:
    """0 .. 65535 for each of the vectors of `features`, shape (vectors, numbers)."""
    even, odd = _squares(vectors)
    return even.argmin(axis=1) * odd.shape[1] + odd.argmin(axis=1)


def cells_around(vector: NDArray[np.int8], most: int) -> list[int]:
    """The nearest cells, that of the vector first."""
    even, odd = _squares(vector[None])
    squares = (even[0][:, None] + odd[0]).ravel()
    nearest = np.argpartition(squares, most - 1)[:most]
    cells: list[int] = nearest[np.argsort(squares[nearest], kind="stable")].tolist()
    return cells


def _squares(vectors: NDArray[np.int8]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Distances, squared, from each vector to each centre on the even and on the odd axes, shape (vectors, centres)."""
    places = vectors.astype(np.float32) @ scale().axes.T
    even, odd = (
        np.square(places[:, half::2]).sum(axis=1, keepdims=True)
        - 2.0 * places[:, half::2] @ centres.T
        + np.square(centres).sum(axis=1)
        for half, centres in enumerate(scale().centres)
    )
    return even, odd
