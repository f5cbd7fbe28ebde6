"""The clock of everything on air, in whole AAC frames since 2026: no fractions, so nothing drifts."""

from __future__ import annotations

from soundbox.audio.cut import FRAME_SAMPLES, RATE
from soundbox.clock import now_ms

EPOCH_MS = 1_767_225_600_000  # 2026-01-01T00:00:00Z
PERIOD_FRAMES = 28_125  # ten minutes, exactly
MS_NUMERATOR, MS_DENOMINATOR = 64, 3  # a frame lasts 64/3 ms: 1024 / 48 kHz


def now_frame() -> int:
    return frame_at(now_ms())


def frame_at(moment_ms: int) -> int:
    """The frame that is on air at this moment."""
    return (moment_ms - EPOCH_MS) * MS_DENOMINATOR // MS_NUMERATOR


def moment_of(frame: int) -> int:
    """When a frame begins, in milliseconds since 1970, rounded up: it is on air at this moment."""
    return EPOCH_MS - (-frame * MS_NUMERATOR // MS_DENOMINATOR)


def period_at(frame: int) -> int:
    return frame // PERIOD_FRAMES


def start_of(period: int) -> int:
    return period * PERIOD_FRAMES


def frames_in(seconds: float) -> int:
    return int(seconds * RATE) // FRAME_SAMPLES


def seconds_of(frames: int) -> float:
    return frames * FRAME_SAMPLES / RATE
