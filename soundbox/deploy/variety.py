"""Sounds that nobody made: what they would be like, to fill libraries that are to be measured."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from soundbox.audio.scale import scale

SHARE_OF_AXES = 0.25  # how far a sound strays along each principal axis, of what is usual
STRAY = 3.0  # how far in every other number

Vectors = NDArray[np.int8]  # shape (sounds, numbers), as `audio.features` gives them


def around(known: Vectors, count: int, luck: np.random.Generator, axes: NDArray[np.float32] | None = None) -> Vectors:
    """`count` vectors, each somewhere between two of the `known` ones and a little astray, mostly along `axes`."""
    axes = scale().axes if axes is None else axes
    first, second = (known[luck.integers(len(known), size=count)].astype(np.float32) for _ in range(2))
    share = luck.random((count, 1), np.float32) ** 2  # most are near one of the two
    usual = (known.astype(np.float32) @ axes.T).std(axis=0)
    astray = (luck.standard_normal((count, len(axes)), np.float32) * usual * SHARE_OF_AXES) @ axes
    noise = luck.standard_normal(first.shape, np.float32) * STRAY
    return np.rint(np.clip(first + share * (second - first) + astray + noise, -127, 127)).astype(np.int8)
