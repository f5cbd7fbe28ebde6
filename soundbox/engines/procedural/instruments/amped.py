"""Guitars through amplifiers: one string or a chord, driven, and heard through a cabinet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import scipy.fft
from numpy.typing import NDArray

from soundbox.engines.procedural.instruments.envelopes import fade_edges, release_curve
from soundbox.engines.procedural.instruments.oscillators import Signal
from soundbox.engines.procedural.instruments.struck import Struck
from soundbox.engines.procedural.timeline import SAMPLE_RATE
from soundbox.engines.protocol import Samples

_STRING = Struck(slope=1.0, decay=0.9, damping=0.12, pitch_scaling=0.2, detune=0.0, knock=0.5, release=0.06)
_FOLLOWED = SAMPLE_RATE // 50  # frames of one reading of the level that the sustain evens out


@dataclass(frozen=True)
class Amped:
    """Strings at `intervals` above the note, played as often as there are `picks` (places along the string): the
    first take is heard left, the second right."""

    intervals: tuple[int, ...] = (0, 7, 12)
    picks: tuple[float, ...] = (0.13, 0.19)
    drive: float = 7.0
    sustain: float = 0.0  # 0..1: how far the decay is evened out, as a hot amplifier does
    cabinet: float = 4_800.0  # Hz
    presence: float = 0.0  # level of the band about 2.4 kHz
    decay: float = 0.9
    vibrato: float = 0.0
    glide: float = 0.0
    tremolo: float = 0.0  # depth
    rings: bool = False
    release: float = 0.06  # seconds

    def __call__(self, pitch: float, seconds: float, velocity: float) -> Samples:
        takes = [self._take(pitch + 0.05 * (take - 0.5) * (len(self.picks) - 1), pick, seconds, velocity)
                 for take, pick in enumerate(self.picks)]  # fmt: skip
        frames = min(map(len, takes))
        return np.stack([take[:frames] for take in takes])

    def _take(self, pitch: float, pick: float, seconds: float, velocity: float) -> Signal:
        string = replace(_STRING, position=pick, decay=self.decay, vibrato=self.vibrato, glide=self.glide,
                         release=self.release)  # fmt: skip
        notes = [string(pitch + interval, seconds, velocity)[0] for interval in self.intervals]
        frames = min(map(len, notes))
        chord = self._sustained(sum(note[:frames] for note in notes), seconds)
        driven = np.tanh(chord * np.float32(self.drive * (0.5 + velocity)))
        heard = _through(driven, self.cabinet, self.presence)
        if self.tremolo:
            heard *= 1 - self.tremolo * (0.5 + 0.5 * np.sin(np.arange(frames, dtype=np.float32) * np.float32(
                2 * np.pi * 5.5 / SAMPLE_RATE)))  # fmt: skip
        return fade_edges(heard)

    def _sustained(self, chord: Signal, seconds: float) -> Signal:
        if not self.sustain:
            return chord
        hops = -(-len(chord) // _FOLLOWED)
        level = np.abs(np.pad(chord, (0, hops * _FOLLOWED - len(chord)))).reshape(hops, -1).max(axis=1) + 1e-3
        gain = (float(level.max()) / np.maximum(level, 0.02 * level.max())) ** self.sustain
        evened = chord * np.interp(np.arange(len(chord)), (np.arange(hops) + 0.5) * _FOLLOWED, gain).astype(np.float32)
        released = int(seconds * SAMPLE_RATE)
        if released < len(evened):
            evened[released:] *= release_curve(len(evened) - released)
        return evened


def _through(driven: Signal, cabinet: float, presence: float) -> Signal:
    """A loudspeaker in its box: nothing below 80 Hz, little above `cabinet`, and some more about 2.4 kHz."""
    size = _roundish(len(driven) + 512)
    return scipy.fft.irfft(scipy.fft.rfft(driven, size) * _response(size, cabinet, presence), size)[: len(driven)]


def _roundish(frames: int) -> int:
    """The next power of two, or three quarters of it: few sizes, so that few responses have to be worked out."""
    whole = 1 << (frames - 1).bit_length()
    return whole * 3 // 4 if frames <= whole * 3 // 4 else whole


@lru_cache(maxsize=64)
def _response(size: int, cabinet: float, presence: float) -> NDArray[np.float32]:
    frequencies = np.maximum(scipy.fft.rfftfreq(size, 1 / SAMPLE_RATE), 1.0)
    gain = 1 / np.sqrt(1 + (80 / frequencies) ** 6) / np.sqrt(1 + (frequencies / cabinet) ** 8)
    return (gain * (1 + presence * np.exp(-2 * np.log2(frequencies / 2_400) ** 2))).astype(np.float32)
