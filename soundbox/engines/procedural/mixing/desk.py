"""The mixing desk: stems in, a finished stereo piece out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from scipy.signal import butter

from soundbox.engines.procedural.mixing.dynamics import compressed, ducking, in_blocks, limited, loudness
from soundbox.engines.procedural.mixing.room import echo, reverberate
from soundbox.engines.procedural.styles.style import Mix
from soundbox.engines.procedural.timeline import SAMPLE_RATE, Timeline
from soundbox.engines.protocol import Samples

CEILING = 10 ** (-1 / 20)  # -1 dBFS
TARGET_LUFS = -15.3
_STEM_LEVEL = 0.016  # weighted RMS of a stem at 0 dB
_SENDS = {"drums": 0.35, "bass": 0.0, "chords": 1.0, "melody": 0.9, "beds": 0.1, "risers": 0.4}
_DUCKED = frozenset({"bass", "chords", "beds"})
# Decibels that make up for what one weight cannot tell of each kind of stem.
_BALANCE = {"drums": 4.0, "bass": -6.0, "chords": 0.0, "melody": 1.0, "beds": -17.0, "risers": -8.0}
_AIR = 2.5  # decibels of the high shelf that every piece gets
_WEIGHT_BELOW_HZ, _LIGHTNESS = 130.0, 2.0  # by how many decibels everything above stands out from the lows
_LAST_LIFT = 10 ** (0.9 / 20)  # towards the ceiling, for a dense piece that stays below it
_PRELUDE = 1.0  # seconds the master hears of what comes before the head of a loop


@dataclass
class Desk:
    timeline: Timeline
    mix: Mix
    tempo: float
    brightness: float = 0.0  # decibels beside the style's own
    space: float = 1.0
    mixed: Samples = field(init=False)

    def run(self, stems: dict[str, Samples], kicks: list[int]) -> Iterator[str]:
        """Mix in stages, telling after each what was done; `mixed` holds the piece at the end. Stems are used up."""
        dry, send = self.timeline.silence(), self.timeline.silence()
        gains = self._ducking(kicks)
        for name in list(stems):
            self._add_stem(name, stems.pop(name), gains, dry, send)
            yield f"balancing the {name}"
        room = min(self.mix.room * self.space**0.5, 5.0)
        for _ in reverberate(self.timeline, send, room, dry, self.mix.wet * self.space):
            yield "adding the room"
        del send
        master = self.timeline.surrounded(dry, _PRELUDE)
        for stage in (self._shaped, self._glued, self._warmed, self._bounded):
            master = stage(master)
            yield "mastering"
        self.mixed = self.timeline.without_surroundings(master, _PRELUDE)

    def _ducking(self, kicks: list[int]) -> Samples | None:
        if not (self.mix.pump and kicks):
            return None
        return ducking(self.timeline, kicks, self.mix.pump, min(0.9 * 60 / self.tempo, 0.32))

    def _add_stem(self, name: str, stem: Samples, ducked: Samples | None, dry: Samples, send: Samples) -> None:
        stem *= np.float32(self._gain(name, stem))
        if ducked is not None and name in _DUCKED:
            stem *= ducked
        if name == "melody" and self.mix.echo:
            stem += echo(self.timeline, stem, _echo_seconds(60 / self.tempo), self.mix.echo)
        dry += stem
        if _SENDS[name]:
            stem *= np.float32(_SENDS[name])
            send += stem

    def _gain(self, name: str, stem: Samples) -> float:
        balance = _BALANCE[name] + float(getattr(self.mix, name, 0.0))
        return float(10 ** (balance / 20) * _STEM_LEVEL / max(weight(stem), 1e-6))

    def _shaped(self, sound: Samples) -> Samples:
        sections = [butter(2, 28.0, "highpass", fs=SAMPLE_RATE, output="sos")]
        if self.mix.ceiling_hz < 16_000:
            sections.append(butter(2, self.mix.ceiling_hz, "lowpass", fs=SAMPLE_RATE, output="sos"))
        sections.append(high_shelf(_WEIGHT_BELOW_HZ, _LIGHTNESS))
        sections.append(high_shelf(2_600.0, _AIR + self.mix.brightness + self.brightness))
        start = 0
        for block in in_blocks(np.vstack(sections), sound, 10 * SAMPLE_RATE):
            sound[:, start : start + block.shape[1]] = block
            start += block.shape[1]
        return sound

    def _glued(self, sound: Samples) -> Samples:
        sound *= _gain_to(TARGET_LUFS, sound)
        return compressed(sound, threshold=0.16)

    def _warmed(self, sound: Samples) -> Samples:
        drive = np.float32(0.8 * self.mix.drive)
        sound *= drive
        np.tanh(sound, out=sound)
        sound *= np.clip(_gain_to(TARGET_LUFS, sound), 0.3, 3.0)
        return sound

    def _bounded(self, sound: Samples) -> Samples:
        bounded = limited(sound, CEILING)
        headroom = CEILING / max(float(np.abs(bounded).max()), 1e-6)
        bounded *= np.float32(min(headroom, _LAST_LIFT))
        return bounded


def _gain_to(lufs: float, sound: Samples) -> np.float32:
    now = loudness(sound)
    return np.float32(10 ** ((lufs - now) / 20)) if np.isfinite(now) else np.float32(1)


def weight(stem: Samples) -> float:
    """How loud a stem seems where it plays: weighted RMS of its fuller moments, mono."""
    heard = stem[0, ::2] + stem[1, ::2]
    weighted = 0.5 * (heard[1:] - np.float32(0.86) * heard[:-1])
    block = SAMPLE_RATE // 5
    if len(weighted) < block:
        return float(np.sqrt(np.square(weighted).mean()))
    power = np.square(weighted[: len(weighted) // block * block]).reshape(-1, block).mean(axis=1)
    return float(np.sqrt(np.percentile(power[power >= power.max() / 300], 75)))


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
