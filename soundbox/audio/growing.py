"""A sound that grows, on its way to what can be played: levelled, at 48 kHz, in whole frames of AAC.

Each stretch is encoded alone, with some frames of its neighbours around it that are thrown away: so both sides of a
join were heard by an encoder in the same surroundings, and their windows add up as if there had been one.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, gcd

import numpy as np
from scipy.signal import resample_poly

from soundbox.audio.cut import FRAME_SAMPLES, RATE, SEGMENT_FRAMES
from soundbox.audio.levelling import Leveller
from soundbox.audio.samples import Samples

CONTEXT_FRAMES = 4
_HEARD_BY_FILTER = 32  # samples on either side that the filter of `Resampler` may need


@dataclass(frozen=True)
class Stretch:
    """`samples`, shape (2, n * 1024) at 48 kHz, hold `frames` behind `before` that belong to its neighbour."""

    samples: Samples
    before: int
    frames: int


class Growing:
    """Of one sound. `add` what comes, and take what can be cut."""

    def __init__(self, rate: int) -> None:
        self._leveller, self._resampler = Leveller(rate), Resampler(rate)
        self._sound = np.zeros((2, 0), np.float32)  # from the context before the next frame on
        self._before = 0  # frames of context there
        self._cut = 0  # frames that were taken
        self._rate, self._came = rate, 0  # samples, at that rate

    def add(self, samples: Samples, lufs: float | None = None) -> Stretch | None:
        """Shape (channels, frames) at the sound's own rate. None: too little for a whole segment."""
        stereo = np.broadcast_to(samples, (2, samples.shape[1])) if len(samples) == 1 else samples[:2]
        self._came += samples.shape[1]
        self._take_in(self._resampler.add(self._leveller.level(stereo, lufs)))
        ready = self._sound.shape[1] // FRAME_SAMPLES - self._before - CONTEXT_FRAMES
        whole = ready // SEGMENT_FRAMES * SEGMENT_FRAMES
        return self._taken(whole) if whole > 0 else None

    def rest(self) -> Stretch | None:
        """All that is left, the last frame filled up with silence. None: there is nothing."""
        frames = ceil(self._came * RATE / (self._rate * FRAME_SAMPLES)) - self._cut
        if frames <= 0:
            return None
        wanted = (self._before + frames + CONTEXT_FRAMES) * FRAME_SAMPLES
        self._take_in(self._resampler.rest())
        self._take_in(np.zeros((2, max(0, wanted - self._sound.shape[1])), np.float32))
        return self._taken(frames)

    def _take_in(self, sound: Samples) -> None:
        self._sound = np.concatenate([self._sound, sound], axis=1)

    def _taken(self, frames: int) -> Stretch:
        end = (self._before + frames + CONTEXT_FRAMES) * FRAME_SAMPLES
        stretch = Stretch(self._sound[:, :end], self._before, frames)
        self._cut += frames
        kept = min(CONTEXT_FRAMES, self._before + frames)
        self._sound = self._sound[:, (self._before + frames - kept) * FRAME_SAMPLES :]
        self._before = kept
        return stretch


class Resampler:
    """To 48 kHz, a piece at a time; the pieces joined are what the whole would be."""

    def __init__(self, rate: int) -> None:
        common = gcd(rate, RATE)
        self._up, self._down = RATE // common, rate // common
        self._margin = ceil(_HEARD_BY_FILTER / self._down) * self._down
        self._held = np.zeros((2, self._margin), np.float32)  # what the next piece needs: at first silence

    def add(self, samples: Samples) -> Samples:
        """Shape (2, any). The last samples wait for what follows them."""
        held = np.concatenate([self._held, samples], axis=1)
        ready = max(0, (held.shape[1] - 2 * self._margin) // self._down * self._down)
        self._held = held[:, ready:]
        if not ready:
            return np.zeros((2, 0), np.float32)
        edge = self._margin * self._up // self._down
        piece = resample_poly(held[:, : ready + 2 * self._margin], self._up, self._down, axis=1)
        return piece[:, edge : edge + ready * self._up // self._down].astype(np.float32)

    def rest(self) -> Samples:
        """What still waited, with some silence behind it."""
        return self.add(np.zeros((2, self._margin + self._down), np.float32))
