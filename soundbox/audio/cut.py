"""How much of a stored sound goes on air, in AAC frames: known from its row, before any file is read.

Everything on air is counted in frames of 1,024 samples at 48 kHz, so nothing ever drifts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

RATE = 48_000
FRAME_SAMPLES = 1024
SEGMENT_FRAMES = 94  # two seconds: what of a growing sound is cut at once, and what its playlist names
SHORTEST_FRAMES = 94  # two seconds: what is shorter is followed by silence
LOOPED_SECONDS = 24.0  # a shorter loop goes round until it has lasted that long
QUIET = 1  # of 127, as `peaks` counts: below -40 dB of full scale


@dataclass(frozen=True)
class Cut:
    """A part of a sound: where it begins in the master, how often the master goes round, and how long it lasts."""

    first_sample: int  # at 48 kHz
    rounds: int
    frames: int

    @classmethod
    def of(cls, seconds: float, *, loop: bool, peaks: Sequence[int]) -> Cut:
        """A loop as often as whole rounds take; anything else without the silence before and behind it."""
        samples = int(seconds * RATE)
        if loop:
            rounds = max(1, round(LOOPED_SECONDS / max(seconds, 1.0)))
            return cls(0, rounds, _whole(samples * rounds))
        first, end = _audible(samples, peaks)
        return cls(first, 1, _whole(end - first))


def _whole(samples: int) -> int:
    return max(SHORTEST_FRAMES, samples // FRAME_SAMPLES)


def _audible(samples: int, peaks: Sequence[int]) -> tuple[int, int]:
    """Samples [first, end) between the outer parts that are too quiet to hear; all of it when no part is louder."""
    parts = len(peaks) // 2
    loud = [part for part in range(parts) if max(-peaks[2 * part], peaks[2 * part + 1]) > QUIET]
    if not loud:
        return 0, samples
    return loud[0] * samples // parts, (loud[-1] + 1) * samples // parts
