"""The mixing desk: stems in, a finished stereo piece out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.signal import butter, sosfilt

from soundbox.engines.procedural.mixing.dynamics import compressed, ducking, limited, loudness
from soundbox.engines.procedural.mixing.room import echo, reverberate
from soundbox.engines.procedural.styles.style import Mix
from soundbox.engines.procedural.timeline import SAMPLE_RATE, Timeline
from soundbox.engines.protocol import Samples

CEILING = 10 ** (-1 / 20)  # -1 dBFS
TARGET_LUFS = -14.5
_STEM_LEVEL = 0.016  # weighted RMS of a stem at 0 dB
_SENDS = {"drums": 0.35, "bass": 0.0, "chords": 1.0, "melody": 0.9, "beds": 0.1}
_DUCKED = frozenset({"bass", "chords", "beds"})
_BED_BALANCE = -17.0  # decibels
_LONGEST_PRELUDE = 1.0  # seconds the master hears of what comes before the head of a loop


@dataclass
class Desk:
    timeline: Timeline
    mix: Mix
    tempo: float
    brightness: float = 0.0  # decibels beside the style's own
    space: float = 1.0
    mixed: Samples | None = None

    def run(self, stems: dict[str, Samples], kicks: list[int]) -> Iterator[str]:
        """Mix in stages, telling after each what was done; `mixed` holds the piece at the end. Stems are used up."""
        dry, send = self._balanced(stems, kicks)
        yield "balancing"
        room = min(self.mix.room * self.space**0.5, 5.0)
        for _ in reverberate(self.timeline, send, room, dry, self.mix.wet * self.space):
            yield "adding the room"
        del send
        shaped = self.timeline.settled(self._shaped, dry, _LONGEST_PRELUDE)
        yield "shaping"
        self.mixed = self.timeline.settled(self._mastered, shaped, _LONGEST_PRELUDE)
        yield "mastering"

    def _balanced(self, stems: dict[str, Samples], kicks: list[int]) -> tuple[Samples, Samples]:
        dry, send = self.timeline.silence(), self.timeline.silence()
        beat = 60 / self.tempo
        duck = ducking(self.timeline, kicks, self.mix.pump, min(0.9 * beat, 0.32)) if self.mix.pump and kicks else None
        for name in list(stems):
            stem = stems.pop(name)
            stem *= np.float32(self._gain(name, stem))
            if duck is not None and name in _DUCKED:
                stem *= duck
            if name == "melody" and self.mix.echo:
                stem = stem + echo(self.timeline, stem, _echo_seconds(beat), self.mix.echo)
            dry += stem
            if _SENDS[name]:
                send += stem * np.float32(_SENDS[name])
        return dry, send

    def _gain(self, name: str, stem: Samples) -> float:
        balance = _BED_BALANCE if name == "beds" else float(getattr(self.mix, name))
        return float(10 ** (balance / 20) * _STEM_LEVEL / max(weight(stem), 1e-6))

    def _shaped(self, sound: Samples) -> Samples:
        sections = [butter(2, 28.0, "highpass", fs=SAMPLE_RATE, output="sos")]
        if self.mix.ceiling_hz < 16_000:
            sections.append(butter(2, self.mix.ceiling_hz, "lowpass", fs=SAMPLE_RATE, output="sos"))
        shelf = self.mix.brightness + self.brightness
        if shelf:
            sections.append(high_shelf(3_000.0, shelf))
        return sosfilt(np.vstack(sections), sound, axis=1).astype(np.float32)

    def _mastered(self, sound: Samples) -> Samples:
        level = 10 ** ((TARGET_LUFS - loudness(sound)) / 20) if np.abs(sound).max() > 1e-5 else 1.0
        glued = compressed(sound * np.float32(level), threshold=0.16)
        warm = np.tanh(glued * np.float32(0.8 * self.mix.drive)) / np.float32(0.8 * self.mix.drive)
        made_up = np.clip(10 ** ((TARGET_LUFS - loudness(warm)) / 20), 0.5, 2.5)
        return limited(warm * np.float32(made_up), CEILING)


def weight(stem: Samples) -> float:
    """How loud a stem seems where it plays: weighted RMS of its fuller moments, mono."""
    heard = stem[0, ::2] + stem[1, ::2]
    weighted = 0.5 * (heard[1:] - np.float32(0.86) * heard[:-1])
    block = SAMPLE_RATE // 5
    if len(weighted) < block:
        return float(np.sqrt(np.square(weighted).mean()))
    power = np.square(weighted[: len(weighted) // block * block]).reshape(-1, block).mean(axis=1)
    return float(np.sqrt(np.percentile(power, 80)))


def high_shelf(hertz: float, decibels: float) -> np.ndarray:
    """A second-order shelf above `hertz` (R. Bristow-Johnson's cookbook, slope 0.7), shape (1, 6)."""
    gain = 10 ** (decibels / 40)
    turn = 2 * np.pi * hertz / SAMPLE_RATE
    cosine = np.cos(turn)
    alpha = np.sin(turn) / 2 * np.sqrt((gain + 1 / gain) * (1 / 0.7 - 1) + 2)
    root = 2 * np.sqrt(gain) * alpha
    above = [
        gain * ((gain + 1) + (gain - 1) * cosine + root),
        -2 * gain * ((gain - 1) + (gain + 1) * cosine),
        gain * ((gain + 1) + (gain - 1) * cosine - root),
    ]
    below = [
        (gain + 1) - (gain - 1) * cosine + root,
        2 * ((gain - 1) - (gain + 1) * cosine),
        (gain + 1) - (gain - 1) * cosine - root,
    ]
    return np.array([above + below]) / below[0]


def _echo_seconds(beat: float) -> float:
    """A dotted eighth, or an eighth where that would be too long."""
    return 0.75 * beat if 0.75 * beat < 0.7 else 0.5 * beat
