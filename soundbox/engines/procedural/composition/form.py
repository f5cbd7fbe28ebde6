"""Form: which bars belong together, and how full each stretch is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from soundbox.engines.procedural.composition.shapes import AFTER, SHAPES, THEMES

_BUILD_CLIMB, _PLAIN_CLIMB = 0.4, 0.05  # how much fuller a section is at its end than at its start
_LEAST_TO_LIFT = 24  # bars; a shorter piece keeps its key
_ELSEWHERE = frozenset({"break", "solo"})  # sections that may be in another key


class _Planned(NamedTuple):
    """A section as written: its share of the whole, not yet its bars."""

    name: str
    share: float
    energy: float
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    name: str
    first_bar: int
    bars: int
    energy: float  # 0 bare .. 1 everything plays
    theme: str = "A"
    turn: int = 0  # how often its theme was heard before
    lift: int = 0  # semitones above the key of the piece
    marks: tuple[str, ...] = ()  # what the console does in it, and whether it stops short; see `shapes.py`

    def energy_at(self, place: int) -> float:
        """How full its bar number `place` is."""
        climb = _BUILD_CLIMB if self.name == "build" else _PLAIN_CLIMB
        return min(1.0, self.energy + climb * place / max(1, self.bars))


def sections(
    bars: int,
    loop: bool,
    energy: float,
    shape: str = "song",
    course: Collection[str] = (),
    lift: int = 0,
    away: int = 0,
) -> list[Section]:
    """Split `bars` (>= 1) into sections, in even numbers of bars where it can. A loop neither begins nor ends: it
    only breathes. `energy` (0..1, 0.5 neutral) lifts or thins everything; `course` are words such as "builds up";
    `lift`: semitones by which the last chorus of a longer piece rises; `away`: where its middle goes."""
    if loop:
        plan = [_Planned("chorus", 1, 0.95)]
        if bars >= 12:
            plan = [_Planned("verse", 1, 0.7), _Planned("chorus", 1, 0.95)]
    else:
        plan = _planned(SHAPES["drop" if "drop" in course else shape], bars)
        plan = _coursed(plan, course, bars)
    form = _numbered(_laid(plan, bars, energy))
    return form if loop or bars < _LEAST_TO_LIFT else _moved(form, lift, away)


def following(before: list[Section], bars: int, energy: float) -> list[Section]:
    """More sections behind a finished form."""
    start = before[-1].first_bar + before[-1].bars
    laid = [
        replace(section, first_bar=start + section.first_bar) for section in _laid(_planned(AFTER, bars), bars, energy)
    ]
    return _numbered([*before, *laid])


def _planned(shapes: dict[int, str], bars: int) -> list[_Planned]:
    written = next(text for least, text in shapes.items() if bars >= least)
    entries = (entry.split() for entry in written.split(","))
    return [_Planned(name, float(share), float(energy), tuple(marks)) for name, share, energy, *marks in entries]


def _coursed(plan: list[_Planned], course: Collection[str], bars: int) -> list[_Planned]:
    sixth = max(1.0, sum(entry.share for entry in plan) / 6)
    if "builds up" in course:
        rising = np.linspace(0.3, 1.0, len(plan)) if len(plan) > 1 else [0.9]
        plan = [_Planned(entry.name if entry.name != "outro" else "chorus", entry.share, float(now))
                for entry, now in zip(plan, rising, strict=True)]  # fmt: skip
        if len(plan) <= 2 and bars >= 4:
            plan = [_Planned("intro", 1, 0.3), _Planned("verse", 1, 0.55), _Planned("chorus", 2, 1.0)]
        if len(plan) > 1:
            plan = [plan[0]._replace(marks=("far",)), plan[1]._replace(marks=("rises",)), *plan[2:]]
    if "breakdown" in course and bars >= 8 and not any(entry.name == "break" for entry in plan):
        plan = [*plan[:-1], _Planned("break", sixth, 0.3), plan[-1]]
    if "starts quiet" in course and bars >= 4:
        plan = [_Planned("intro", sixth, 0.3), *(plan[1:] if plan[0].name == "intro" else plan)]
    if "starts at once" in course and plan[0].name == "intro" and len(plan) > 1:
        plan = plan[1:]
    if "big finish" in course:
        plan = [*plan[:-1], _Planned("chorus", plan[-1].share, 1.0)]
    return plan


def _laid(plan: list[_Planned], bars: int, energy: float) -> list[Section]:
    lengths = _fitted(bars, [entry.share for entry in plan])
    first_bars = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    lift = 0.3 * (energy - 0.5)
    return [
        Section(entry.name, int(first), length, float(np.clip(entry.energy + lift, 0.15, 1.0)), marks=entry.marks)
        for entry, first, length in zip(plan, first_bars, lengths, strict=True)
        if length > 0
    ]


def _numbered(form: list[Section]) -> list[Section]:
    heard: Counter[str] = Counter()
    numbered = []
    for section in form:
        theme = THEMES[section.name]
        numbered.append(replace(section, theme=theme, turn=heard[theme]))
        heard[theme] += section.name not in ("intro", "outro", "build")
    return numbered


def _moved(form: list[Section], lift: int, away: int) -> list[Section]:
    """The middle of a longer piece in another key, its last chorus in a higher one."""
    return [
        replace(section, lift=lift if _is_last_chorus(section, form) else away if section.name in _ELSEWHERE else 0)
        for section in form
    ]


def _is_last_chorus(section: Section, form: list[Section]) -> bool:
    last = [other for other in form if other.name in ("chorus", "drop")][-1:]
    after = bool(last) and section.first_bar >= last[0].first_bar
    return after and last[0].turn > 0


def _fitted(bars: int, shares: list[float]) -> list[int]:
    unit = 4 if bars >= 40 else 2 if bars >= 12 else 1
    lengths = [max(unit, round(bars * share / sum(shares) / unit) * unit) for share in shares]
    while sum(lengths) - max(lengths) >= bars and len(lengths) > 1:
        lengths[int(np.argmin([length or 999 for length in lengths]))] = 0
    lengths[int(np.argmax(shares))] += bars - sum(lengths)
    if min(lengths) < 0:
        return [bars] + [0] * (len(shares) - 1)
    return lengths
