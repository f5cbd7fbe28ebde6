"""The instruments of one piece, each note made once and played as often as it returns."""

from __future__ import annotations

import numpy as np

from soundbox.engines.procedural.instruments.catalogue import INSTRUMENTS
from soundbox.engines.procedural.instruments.kits import KITS
from soundbox.engines.procedural.timeline import SAMPLE_RATE
from soundbox.engines.protocol import Samples

_VELOCITY_STEPS = 5
_LENGTH_STEP = 64  # frames: lengths that differ by less share a note
_WINDOW = SAMPLE_RATE // 12  # the loudest twelfth of a second decides how loud a note seems
_LOUDNESS = 0.12  # weighted RMS every note is brought to at full velocity


class Rack:
    """Notes and hits, equally loud for equal velocity whatever makes them."""

    def __init__(self) -> None:
        self._notes: dict[tuple[str, float, int, int], Samples] = {}
        self._hits: dict[tuple[str, str, int], Samples] = {}

    def note(self, instrument: str, pitch: float, frames: int, velocity: float) -> Samples:
        """Shape (1 or 2, frames and release). `frames` is how long the key is held, velocity within 0..1."""
        step = max(1, round(velocity * _VELOCITY_STEPS))
        held = max(1, round(frames / _LENGTH_STEP)) * _LENGTH_STEP
        key = (instrument, pitch, held, step)
        if key not in self._notes:
            sound = INSTRUMENTS[instrument](pitch, held / SAMPLE_RATE, step / _VELOCITY_STEPS)
            self._notes[key] = evened(sound)
        return self._notes[key] * np.float32(velocity**1.5)

    def hit(self, kit: str, piece: str, velocity: float, take: int) -> Samples:
        """A drum, shape (1 or 2, frames); `take` tells strokes apart, so that rolls do not sound like a machine."""
        key = (kit, piece, take % 3)
        if key not in self._hits:
            self._hits[key] = KITS[kit][piece].sound(take % 3)
        return self._hits[key] * np.float32(velocity**1.4)


def evened(sound: Samples) -> Samples:
    """Scaled so that its loudest moment has the same weighted level as that of every other note."""
    heard = sound.mean(axis=0)
    weighted = heard[1:] - np.float32(0.93) * heard[:-1]  # ears hear little of the lowest octaves
    usable = len(weighted) // _WINDOW * _WINDOW
    windows = weighted[:usable].reshape(-1, _WINDOW) if usable else weighted[None, :]
    loudest = float(np.sqrt(np.square(windows).mean(axis=1).max()))
    peak = float(np.abs(sound).max())
    gain = min(_LOUDNESS * 0.25 / max(loudest, 1e-6), 1.0 / max(peak, 1e-6))
    return (sound * np.float32(gain)).astype(np.float32)
