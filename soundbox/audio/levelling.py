"""The level of a sound that is still being made: brought to that of the finished one, as far as it is known.

A finished sound is measured as a whole. Of one that grows only the past is known, so its level glides to where the past
says it will end: slowly up, for it may only be a quiet beginning, and at once down.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from soundbox.audio.loudness import LARGEST_GAIN_DB, integrated_lufs
from soundbox.audio.samples import Samples

TARGET_LUFS = -14.0
LOUDEST_LUFS = -9.0  # of any stretch: what comes may be far louder than what was
RISE_DB_A_SECOND = 1.0
GLIDE_SECONDS = 0.3
GATE = 0.1  # of the mean power: quieter stretches tell nothing of the level (as BS.1770)
KNEE, CEILING = 0.6, 0.84  # of full scale: above the knee peaks are bent, and none reaches the ceiling (-1.5 dB)


class Leveller:
    """Of one sound; `level` takes its stretches in order."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._gain_db: float | None = None
        self._seconds: list[float] = []
        self._powers: list[float] = []  # mean power of each stretch that was not silent, as loudness weighs it

    def level(self, samples: Samples, lufs: float | None = None) -> Samples:
        """The same shape. `lufs`: how loud the whole will be at this level, where that is known."""
        wanted = self._wanted_db(samples) if lufs is None else TARGET_LUFS - lufs
        before = wanted if self._gain_db is None else self._gain_db
        after = min(wanted, before + RISE_DB_A_SECOND * samples.shape[1] / self._rate)
        self._gain_db = after
        return bent(samples * self._ramp(before, after, samples.shape[1]))

    def _wanted_db(self, samples: Samples) -> float:
        loudness = integrated_lufs(samples, self._rate)
        if np.isfinite(loudness):
            self._seconds.append(samples.shape[1] / self._rate)
            self._powers.append(10 ** (loudness / 10))
        if not self._powers:
            return self._gain_db or 0.0
        loudest = LOUDEST_LUFS - loudness if np.isfinite(loudness) else LARGEST_GAIN_DB
        return min(TARGET_LUFS - self._loudness_so_far(), loudest, LARGEST_GAIN_DB)

    def _loudness_so_far(self) -> float:
        powers, seconds = np.array(self._powers), np.array(self._seconds)
        heard = powers >= GATE * np.average(powers, weights=seconds)
        return float(10 * np.log10(np.average(powers[heard], weights=seconds[heard])))

    def _ramp(self, before: float, after: float, frames: int) -> NDArray[np.float32]:
        glide = min(frames, round(GLIDE_SECONDS * self._rate)) if after < before else frames
        decibels = np.full(frames, after)
        decibels[:glide] = np.linspace(before, after, glide)
        return (10 ** (decibels / 20)).astype(np.float32)


def bent(samples: Samples) -> Samples:
    """No sample reaches the ceiling; what lies below the knee stays as it is."""
    over = np.maximum(np.abs(samples) - KNEE, 0.0)
    room = CEILING - KNEE
    return np.where(over > 0, np.sign(samples) * (KNEE + room * np.tanh(over / room)), samples).astype(np.float32)
