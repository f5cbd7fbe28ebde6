"""The mixing desk: blocks of stems in, one stereo sum (or one of each group) out. Nothing here is louder for what
comes before or after it, so blocks add up to the whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from scipy.signal import butter, sosfilt

from soundbox.engines.procedural.instruments.filters import NEARLY_SILENT
from soundbox.engines.procedural.mixing.dynamics import ducking
from soundbox.engines.procedural.mixing.moves import Moves
from soundbox.engines.procedural.mixing.room import reverberated
from soundbox.engines.procedural.styles.style import Mix
from soundbox.engines.procedural.timeline import SAMPLE_RATE, Timeline
from soundbox.engines.protocol import Samples

ECHOES = 3
_STEM_LEVEL = 0.016  # weighted RMS of a stem at 0 dB
_SENDS = {"drums": 0.35, "bass": 0.0, "chords": 1.0, "melody": 0.9, "beds": 0.1, "risers": 0.4}
_DUCKED = frozenset({"bass", "chords", "beds"})
_FADED = frozenset({"drums", "bass", "chords", "melody"})
# Decibels that make up for what one weight cannot tell of each kind of stem.
_BALANCE = {"drums": 4.0, "bass": -6.0, "chords": 0.0, "melody": 1.0, "beds": -17.0, "risers": -8.0}
_ECHO_TOP_HZ = 3_200.0


@dataclass
class Desk:
    timeline: Timeline
    mix: Mix
    tempo: float
    kicks: list[int]
    space: float = 1.0
    group_of: Callable[[str], str] = field(default=lambda _: "mix")
    moves: Moves = field(default_factory=Moves)
    sums: dict[str, Samples] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._gains: dict[str, float] = {}
        self._low = butter(1, _ECHO_TOP_HZ, fs=SAMPLE_RATE, output="sos")
        self._echo_state = np.zeros((1, 2, 2))
        self._room_seconds = round(min(self.mix.room * self.space**0.5, 5.0), 2)
        self._wet = np.float32(self.mix.wet * self.space)
        self._kick_shape = min(0.9 * 60 / self.tempo, 0.32)

    def balance(self, probe: dict[str, Samples]) -> None:
        """Set the levels by ear: how loud each stem seems in some bars where it plays."""
        for name, stem in probe.items():
            decibels = _BALANCE[name] + float(getattr(self.mix, name, 0.0))
            self._gains[name] = float(10 ** (decibels / 20) * _STEM_LEVEL / max(weight(stem), 1e-6))

    def dry(self, probe: dict[str, Samples]) -> Samples:
        """What the levels were set by, as it is balanced now: without room, echoes or moves."""
        longest = max((stem.shape[1] for stem in probe.values()), default=0)
        mix = np.zeros((2, longest), np.float32)
        for name, stem in probe.items():
            mix[:, : stem.shape[1]] += stem * np.float32(self._gains.get(name, 0.0))
        return mix

    def lay(self, stems: dict[str, Samples], start: int) -> None:
        """Mix a block that begins at frame `start`; what rings longer (room, echoes) falls behind it."""
        for group in dict.fromkeys(self.group_of(name) for name in stems):
            self.sums.setdefault(group, self.timeline.silence())
            send = None
            for name, stem in stems.items():
                if self.group_of(name) == group:
                    self._lay_stem(name, stem, start, self.sums[group])
                    if _SENDS[name]:
                        stem *= np.float32(_SENDS[name]) * self._wet
                        send = stem if send is None else send + stem
            if send is not None:
                self.timeline.add(self.sums[group], reverberated(send, self._room_seconds), start)

    def _lay_stem(self, name: str, stem: Samples, start: int, target: Samples) -> None:
        stem *= np.float32(self._gains.get(name, 0.0))
        if self.moves.sweeps and name in self.mix.swept:
            self.moves.sweep(name, stem, start)
        if self.moves.fades and name in _FADED:
            self.moves.fade(stem, start)
        if self.mix.pump and name in _DUCKED:
            stem *= ducking(self.timeline, self.kicks, self.mix.pump, self._kick_shape, start, stem.shape[1])
        self.timeline.add(target, stem, start)
        if name == "melody" and self.mix.echo:
            self._lay_echoes(stem, start, target)

    def _lay_echoes(self, stem: Samples, start: int, target: Samples) -> None:
        """Three repeats in tempo, each quieter and duller, that cross from side to side."""
        filtered, self._echo_state = sosfilt(self._low, stem + NEARLY_SILENT, axis=1, zi=self._echo_state)
        dull = filtered.astype(np.float32)
        beat = 60 / self.tempo
        delay = 0.75 * beat if 0.75 * beat < 0.7 else 0.5 * beat
        for turn in range(1, ECHOES + 1):
            crossed = dull[::-1] if turn % 2 else dull
            sides = np.array([[1.0], [0.45]] if turn % 2 else [[0.45], [1.0]], np.float32)
            sides *= np.float32(self.mix.echo * 0.62 ** (turn - 1))
            self.timeline.add(target, crossed * sides, start + round(turn * delay * SAMPLE_RATE))


def weight(stem: Samples) -> float:
    """How loud a stem seems where it plays: weighted RMS of its fuller moments, mono."""
    heard = stem[0, ::2] + stem[1, ::2]
    weighted = 0.5 * (heard[1:] - np.float32(0.86) * heard[:-1])
    block = SAMPLE_RATE // 5
    if len(weighted) < block:
        return float(np.sqrt(np.square(weighted).mean())) if len(weighted) else 0.0
    power = np.square(weighted[: len(weighted) // block * block]).reshape(-1, block).mean(axis=1)
    return float(np.sqrt(np.percentile(power[power >= power.max() / 300], 75)))
