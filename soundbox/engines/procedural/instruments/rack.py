"""The instruments of one piece, each note made once and played as often as it returns."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np

from soundbox.engines.procedural.instruments.amped import Amped
from soundbox.engines.procedural.instruments.catalogue import INSTRUMENTS, Voice
from soundbox.engines.procedural.instruments.drums import Hit
from soundbox.engines.procedural.instruments.envelopes import release_curve
from soundbox.engines.procedural.instruments.filters import lowpass
from soundbox.engines.procedural.instruments.kits import KITS
from soundbox.engines.procedural.instruments.special import Chime, NoiseBed, Tine
from soundbox.engines.procedural.instruments.struck import Struck
from soundbox.engines.procedural.timeline import SAMPLE_RATE
from soundbox.engines.protocol import Samples

_VELOCITY_STEPS = 5
_LENGTH_STEP = 64  # frames: lengths that differ by less share a note
_DECAYING = (Struck, Chime, Tine, Amped)  # what dies away by itself: one long note serves every shorter one
_LENGTHS = tuple(int(seconds * SAMPLE_RATE) for seconds in (0.3, 0.7, 1.5, 3.0, 7.0))
_WINDOW = SAMPLE_RATE // 12  # the loudest twelfth of a second decides how loud a note seems
_MOST_BYTES = 60_000_000  # of notes that are kept
_MOST_HITS = 96  # that are kept, of 0.9 MB at most
_HARD, _SOFT = 0.72, 0.4  # velocities that part a drum's layers
_DULLED_HZ = {1: 9_000.0, 2: 4_500.0}  # softer strokes are darker
_LOUDNESS = 0.12  # weighted RMS every note is brought to at full velocity


class Rack:
    """Notes and hits, equally loud for equal velocity whatever makes them."""

    def __init__(self) -> None:
        self._notes: dict[tuple[str, float, int, int], Samples] = {}  # the least recently played first
        self._held_bytes = 0

    def note(
        self, instrument: str, pitch: float, frames: int, velocity: float, gains: Samples, room: int = _LENGTHS[-1]
    ) -> Samples:
        """Shape (2, frames and release). `frames` is how long the key is held, velocity within 0..1, `gains` of left
        and right, shape (2, 1); of what rings for more than `room` frames the rest may be missing."""
        voice = INSTRUMENTS[instrument]
        step = max(1, round(velocity * _VELOCITY_STEPS))
        loud = gains * np.float32(velocity**1.5)
        if isinstance(voice, _DECAYING):
            fitting = [some for some in _LENGTHS if some >= (room if voice.rings else frames)] or _LENGTHS[-1:]
            length = next((some for some in fitting if (instrument, pitch, some, step) in self._notes), fitting[0])
            if isinstance(voice, Struck | Chime) and voice.rings:
                voice = replace(voice, longest=min(voice.longest, length / SAMPLE_RATE))
            sound = self._made(voice, (instrument, pitch, length, step), length)
            return sound * loud if voice.rings else _released(sound, frames, voice.release, loud)
        held = max(1, round(frames / _LENGTH_STEP)) * _LENGTH_STEP
        return self._made(voice, (instrument, pitch, held, step), held) * loud

    def _made(self, voice: Voice, key: tuple[str, float, int, int], frames: int) -> Samples:
        sound = self._notes.pop(key, None)
        if sound is None:
            _, pitch, _, step = key
            made = voice(pitch, frames / SAMPLE_RATE, step / _VELOCITY_STEPS)
            sound = _steadied(made) if isinstance(voice, NoiseBed) else evened(made)
            self._held_bytes += sound.nbytes
            while self._held_bytes > _MOST_BYTES and self._notes:
                self._held_bytes -= self._notes.pop(next(iter(self._notes))).nbytes
        self._notes[key] = sound
        return sound

    def hit(self, kit: str, piece: str, velocity: float, take: int) -> Samples:
        """A drum, shape (1 or 2, frames); `take` tells strokes apart, so that rolls do not sound like a machine."""
        layer = 0 if velocity > _HARD else 1 if velocity > _SOFT else 2
        return _struck(KITS[kit][piece], take % 3, layer) * np.float32(velocity**1.4)


@lru_cache(maxsize=_MOST_HITS)
def _struck(hit: Hit, take: int, layer: int) -> Samples:
    """Pieces share their drums. Not to be written on."""
    return lowpass(_struck(hit, take, 0), _DULLED_HZ[layer], 1) if layer else hit.sound(take)


def _released(sound: Samples, frames: int, release: float, gains: Samples) -> Samples:
    """A longer note let go after `frames`, at its gains of left and right."""
    end = min(sound.shape[1], frames + int(release * SAMPLE_RATE))
    cut = sound[:, :end] * gains
    if end > frames:
        cut[:, frames:] *= release_curve(end - frames)
    return cut


def _steadied(bed: Samples) -> Samples:
    """Weather is as loud in every bar, whatever single drops do."""
    return bed * np.float32(0.25 * _LOUDNESS / max(float(np.sqrt(np.square(bed).mean())), 1e-6))


def evened(sound: Samples) -> Samples:
    """Scaled so that its loudest moment has the same weighted level as that of every other note."""
    heard = sound[0] + sound[-1]
    weighted = heard[:-1] * np.float32(-0.93)  # ears hear little of the lowest octaves
    weighted += heard[1:]
    usable = len(weighted) // _WINDOW * _WINDOW
    windows = weighted[:usable].reshape(-1, _WINDOW) if usable else weighted[None, :]
    loudest = 0.5 * float(np.sqrt(np.einsum("ij,ij->i", windows, windows).max() / windows.shape[1]))
    peak = max(float(sound.max()), -float(sound.min()))
    gain = min(_LOUDNESS * 0.25 / max(loudest, 1e-6), 1.0 / max(peak, 1e-6))
    return np.multiply(sound, np.float32(gain), dtype=np.float32, casting="same_kind")
