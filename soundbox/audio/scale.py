"""The constants behind sound-alikes, as `feature_scale.json` keeps them with how they were derived."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

THOUSANDTHS = 1000.0


@dataclass(frozen=True)
class Scale:
    middle: NDArray[np.float64]  # shape (numbers,): what is usual, each in its own unit
    spread: NDArray[np.float64]  # the same shape: its deviation
    axes: NDArray[np.float32]  # shape (axes, numbers): principal ones of scaled numbers
    centres: NDArray[np.float32]  # shape (2, centres, axes / 2): on the even axes, then on the odd ones


@lru_cache(maxsize=1)
def scale() -> Scale:
    kept = json.loads(Path(__file__).with_name("feature_scale.json").read_text())
    return Scale(
        middle=np.array(kept["middle"]),
        spread=np.array(kept["spread"]),
        axes=np.array(kept["axes"], np.float32) / np.float32(THOUSANDTHS),
        centres=np.array(kept["centres"], np.float32),
    )
