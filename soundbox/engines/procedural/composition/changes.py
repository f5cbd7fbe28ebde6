"""The harmony of a whole piece: which chords each bar holds, in which key."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from soundbox.engines.procedural.composition.form import Section
from soundbox.engines.procedural.composition.harmony import Chord, chord, voiced
from soundbox.engines.procedural.composition.metre import Metre
from soundbox.engines.procedural.composition.progressions import CIRCLING, RICHNESS, progressions, substitute
from soundbox.engines.procedural.composition.scales import Scale
from soundbox.engines.procedural.styles.style import Style

_CENTRE = 62  # MIDI pitch the voicings stay around
# Dominant sevenths by how many semitones they lie above the tonic; plain degrees only where the mode has them there.
_DOMINANTS = ("17", "b27", "27", "b37", "b47", "47", "b57", "57", "b67", "67", "b77", "77")


@dataclass(frozen=True)
class Harmony:
    """For each bar its key and its chords, with the step at which each begins; behind them the closing chord."""

    scales: list[Scale]
    bars: list[tuple[tuple[int, Chord], ...]]


@dataclass
class Harmoniser:
    style: Style
    scale: Scale
    metre: Metre
    chance: np.random.Generator

    def __post_init__(self) -> None:
        choices = progressions(self.scale, self.style.progressions)
        order = [choices[int(place)] for place in self.chance.permutation(len(choices))]
        self._written = {"A": order[0], "B": order[1 % len(order)], "C": order[2 % len(order)]}

    def harmony(self, form: list[Section], ends: bool) -> Harmony:
        """Chords for every bar of the form; one more for the close when the piece ends."""
        symbols = [bar for section in form for bar in self._section(section)]
        lifts = [section.lift for section in form for _ in range(section.bars)]
        self._prepare_lifts(symbols, lifts)
        if ends:
            if self.style.progressions not in CIRCLING and len(symbols) > 2:
                symbols[-1] = self._cadence()
            symbols.append(["1"])
            lifts.append(lifts[-1])
        scales = [self.scale.moved(lift) for lift in lifts]
        return Harmony(scales, self._voiced(symbols, scales))

    def _section(self, section: Section) -> list[list[str]]:
        written = [bar.split("/") for bar in self._written[section.theme].split()]
        slow = self.style.bars_a_chord if section.bars > 2 else 1
        bars = [written[place // slow % len(written)] for place in range(section.bars)]
        richness = RICHNESS.get(self.style.progressions, 0.0) * min(1.0, 0.4 + 0.4 * section.turn)
        for place in range(len(written) * slow, section.bars):  # what has been heard once may be coloured
            if self.chance.random() < richness:
                bars[place] = self._coloured(bars[place], bars[(place + 1) % len(bars)])
        return [list(bar) for bar in bars]

    def _coloured(self, bar: list[str], following: list[str]) -> list[str]:
        target = following[0]
        if len(bar) == 1 and target[0] in "23456" and self.chance.random() < 0.6:
            return [bar[0], f"V{target[0]}"]
        return substitute(bar[0]).split("/") if len(bar) == 1 else bar

    def _cadence(self) -> list[str]:
        dominant = "57" if "7" in self._written["A"] or self.style.colour in ("seventh", "ninth", "sixth") else "5M"
        before = str(self.chance.choice(["4", "2" if not self.scale.is_dark else "4"]))
        return [before, dominant] if self.chance.random() < 0.6 else ["5s", dominant]

    def _prepare_lifts(self, symbols: list[list[str]], lifts: list[int]) -> None:
        """The bar before a new key leads into it: written in the old key, the dominant of the new tonic."""
        for place in range(1, len(lifts)):
            rise = lifts[place] - lifts[place - 1]
            leading = _DOMINANTS[(rise + 7) % 12]
            root = chord(leading, self.scale, "triad").root
            if rise and (root - self.scale.tonic - rise - 7) % 12 == 0:
                symbols[place - 1] = [symbols[place - 1][0], leading]

    def _voiced(self, symbols: list[list[str]], scales: list[Scale]) -> list[tuple[tuple[int, Chord], ...]]:
        plain = [
            chord(symbol, scale, self.style.colour)
            for bar, scale in zip(symbols, scales, strict=True)
            for symbol in bar
        ]
        voices = voiced(plain, _CENTRE)
        ends = list(accumulate(len(bar) for bar in symbols))
        return [
            tuple(zip(self._starts(len(bar)), voices[end - len(bar) : end], strict=True))
            for bar, end in zip(symbols, ends, strict=True)
        ]

    def _starts(self, count: int) -> tuple[int, ...]:
        groups = self.metre.starts
        return tuple(groups[place * len(groups) // count] for place in range(count)) if count <= len(groups) else (0,)
