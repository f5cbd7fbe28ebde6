"""Butterworth filters, designed once each."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, sosfilt

from soundbox.engines.procedural.timeline import SAMPLE_RATE

NEARLY_SILENT = np.float32(1e-20)  # instead of nothing: what rings on behind a click comes to numbers next to zero, and
# a filter takes a hundred times longer over those


def lowpass(sound: NDArray[np.float32], cutoff: float, order: int = 2) -> NDArray[np.float32]:
    return _run(sound, "lowpass", (cutoff,), order)


def highpass(sound: NDArray[np.float32], cutoff: float, order: int = 2) -> NDArray[np.float32]:
    return _run(sound, "highpass", (cutoff,), order)


def bandpass(sound: NDArray[np.float32], low: float, high: float, order: int = 1) -> NDArray[np.float32]:
    return _run(sound, "bandpass", (low, high), order)


def _run(sound: NDArray[np.float32], kind: str, edges: tuple[float, ...], order: int) -> NDArray[np.float32]:
    return sosfilt(_design(kind, edges, order), sound, axis=-1).astype(np.float32)


@lru_cache(maxsize=256)
def _design(kind: str, edges: tuple[float, ...], order: int) -> NDArray[np.float64]:
    limits = [min(edge, 0.49 * SAMPLE_RATE) for edge in edges]
    return butter(order, limits if len(limits) > 1 else limits[0], btype=kind, fs=SAMPLE_RATE, output="sos")
