"""Is this take worth publishing? A score, and what is wrong with it in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from soundbox.audio import faults
from soundbox.audio.samples import Samples, mono

Kind = Literal["music", "audio", "tts"]
ACCEPTED_FROM = 50
FATAL = 100
NOISE = 0.82  # see faults.noisiness
STEADY_DB = 2.0  # see faults.steadiness_db


@dataclass(frozen=True)
class Quality:
    score: int  # 0..100
    issues: tuple[str, ...]  # worst first, each a phrase a person understands
    accepted: bool


def judge(samples: Samples, rate: int, kind: Kind, one_shot: bool = False) -> Quality:
    """Score a take as the engine gave it, before its loudness is changed (cut peaks are known by full scale).

    Noise and harsh treble are faults of music and speech, never of sound effects; silence counts against music,
    speech and beds, not against a one-shot, whose rest is room tail.
    """
    found = sorted(_findings(samples, rate, kind, one_shot), key=lambda finding: -finding.penalty)
    score = max(0, 100 - sum(finding.penalty for finding in found))
    return Quality(score, tuple(finding.issue for finding in found), score >= ACCEPTED_FROM)


@dataclass(frozen=True)
class _Finding:
    penalty: int
    issue: str


def _findings(samples: Samples, rate: int, kind: Kind, one_shot: bool) -> list[_Finding]:
    if samples.size == 0 or not np.isfinite(samples).all():
        return [_Finding(FATAL, "broken: there is no sound in it")]
    signal = mono(samples)
    levels = faults.levels_db(samples, rate)
    if levels.max() < faults.AUDIBLE_DB:
        return [_Finding(FATAL, "silent")]
    found = [
        _level(levels),
        _clipping(samples),
        _offset(samples),
        _dropouts(samples, rate),
    ]
    if not one_shot:
        found.append(_silence(levels))
    if kind != "audio":
        found += [_noise(signal, levels, rate), _treble(signal, rate)]
    return [finding for finding in found if finding is not None]


def _level(levels: NDArray[np.float64]) -> _Finding | None:
    loudest = float(levels.max())
    if loudest < -50.0:
        return _Finding(60, "hardly audible")
    return _Finding(10, "very quiet") if loudest < -40.0 else None


def _clipping(samples: Samples) -> _Finding | None:
    share = faults.clipped_share(samples)
    if share >= 0.02:
        return _Finding(70, "badly distorted: its peaks are cut off")
    if share >= 0.002:
        return _Finding(25, "distorted: some peaks are cut off")
    return _Finding(5, "a few peaks are cut off") if share >= 0.0002 else None


def _offset(samples: Samples) -> _Finding | None:
    share = faults.offset_share(samples)
    if share >= 0.6:
        return _Finding(70, "off centre: hardly more than a constant offset")
    return _Finding(20, "off centre: the wave leans to one side") if share >= 0.2 else None


def _dropouts(samples: Samples, rate: int) -> _Finding | None:
    count = faults.dropouts(samples, rate)
    if count == 0:
        return None
    times = "once" if count == 1 else f"{count} times"
    return _Finding(min(80, 15 + 12 * count), f"the sound drops out {times}")


def _silence(levels: NDArray[np.float64]) -> _Finding | None:
    share = faults.silent_share(levels)
    if share < 0.3:
        return None
    return _Finding(60 if share >= 0.75 else 25, f"{share:.0%} of it is silent")


def _noise(signal: Samples, levels: NDArray[np.float64], rate: int) -> _Finding | None:
    if faults.noisiness(signal, rate) < NOISE:
        return None
    steady = faults.steadiness_db(levels) < STEADY_DB
    return _Finding(80, "nothing but noise") if steady else _Finding(20, "noisy")


def _treble(signal: Samples, rate: int) -> _Finding | None:
    return _Finding(20, "harsh treble") if faults.treble_share(signal, rate) >= 0.5 else None
