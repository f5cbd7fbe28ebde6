"""Making a sound that can be repeated for ever without a seam."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.signal import correlate

from soundbox.audio.samples import Samples, mono

ALIGNMENT_SECONDS = 0.02  # one period of 50 Hz: enough to bring a steady tone into phase with itself
MOST_OPPOSED = -0.5  # below it the overlap is not raised further


@dataclass(frozen=True)
class SeamlessLoop:
    samples: Samples
    loop_points: tuple[int, int]  # frames [start, end)


def make_seamless(samples: Samples, rate: int, overlap_seconds: float) -> SeamlessLoop:
    """Lay the tail over the head with equal power; the result is shorter by the overlap.

    The overlap is at most half the sound, and is shifted by up to 20 ms to where head and tail agree best. Its level
    follows how alike they are: noise adds in power, a steady tone in amplitude, and neither dips nor bulges.
    Raises `ValueError` when there are fewer than 2 frames.
    """
    frames = samples.shape[1]
    if frames < 2:
        raise ValueError("A loop needs at least two frames.")
    wanted = max(1, min(round(overlap_seconds * rate), frames // 2))
    overlap = _best_overlap(mono(samples), wanted, round(ALIGNMENT_SECONDS * rate))
    head, tail = samples[:, :overlap], samples[:, frames - overlap :]
    rising, falling = _fades(overlap, _likeness(head, tail))
    looped = samples[:, : frames - overlap].copy()
    looped[:, :overlap] = head * rising + tail * falling
    return SeamlessLoop(looped, (0, looped.shape[1]))


def _best_overlap(signal: Samples, wanted: int, reach: int) -> int:
    """The overlap of `wanted - reach .. wanted` frames where the tail, laid over the head, resembles it most."""
    reach = min(reach, wanted // 2)
    length = wanted - reach
    head, tail = signal[:length], signal[len(signal) - wanted :]
    alike = correlate(tail, head, mode="valid", method="fft")
    return wanted - int(np.argmax(alike))


def _likeness(head: Samples, tail: Samples) -> float:
    """Correlation of the two, -1..1; 0 when one of them is silent."""
    power = float(np.sqrt(np.vdot(head, head) * np.vdot(tail, tail)))
    return float(np.vdot(head, tail)) / power if power > 0.0 else 0.0


def _fades(frames: int, likeness: float) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    angle = np.linspace(0.0, np.pi / 2, frames, endpoint=False)
    rising, falling = np.sin(angle), np.cos(angle)
    level = np.sqrt(1.0 + 2.0 * rising * falling * max(likeness, MOST_OPPOSED))
    return (rising / level).astype(np.float32), (falling / level).astype(np.float32)
