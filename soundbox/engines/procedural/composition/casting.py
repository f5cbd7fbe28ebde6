"""Who plays: the style's parts, changed by what the prompt asks for and refuses."""

from __future__ import annotations

from dataclasses import replace

from soundbox.engines.procedural.instruments.names import BASSES, BEDS, CHORDAL, PADS
from soundbox.engines.procedural.reading.brief import Brief
from soundbox.engines.procedural.styles.style import Part

_ASKED_LOUDER = 2.0  # decibels
_DRIVEN = frozenset({"distorted guitar", "crunch guitar", "palm-muted guitar"})
_MELODY = Part("melody", (), "lyrical")
_HELD = Part("chords", (), "held", level=-2)
_PICKED = Part("chords", (), "picked", level=-1)
_BASS = Part("bass", (), "halves")
_POWER = Part("power", (), "power", level=-2)


def cast(brief: Brief) -> list[Part]:
    """The parts that play. What is asked for is given the place it fits, plays from the start, and stands
    forward. Whoever refuses everything gets the style as it is: silence is no music."""
    parts = [kept for part in brief.style.parts for kept in _permitted(part, brief)] or list(brief.style.parts)
    taken: set[int] = set()
    for candidates in brief.asked:
        place = _place(parts, candidates, taken)
        if place == len(parts):
            parts.append(_new_part(candidates[0]))
        parts[place] = _given(parts[place], candidates)
        taken.add(place)
    if brief.solo:
        parts = _alone([parts[place] for place in sorted(taken)])
    return parts + [Part("bed", (bed,), level=6.0) for bed in brief.beds]


def _permitted(part: Part, brief: Brief) -> list[Part]:
    if part.role in brief.refused_roles:
        return []
    left = tuple(name for name in part.instruments if name not in brief.refused)
    return [replace(part, instruments=left)] if left else []


def _place(parts: list[Part], candidates: tuple[str, ...], taken: set[int]) -> int:
    """The part that already has it, else the one whose player can best change to it, else a new one at the end."""
    free = [place for place in range(len(parts)) if place not in taken and parts[place].role not in ("bed", "riser")]
    owners = [place for place in free if set(parts[place].instruments) & set(candidates)]
    if owners:
        return owners[0]
    alike = [place for place in free if parts[place].role == _role(candidates[0])]
    if candidates[0] in PADS:
        alike = [place for place in alike if parts[place].row == "held"]
    return alike[-1] if alike else len(parts)


def _role(instrument: str) -> str:
    if instrument in _DRIVEN:
        return "power"
    return "bass" if instrument in BASSES else "chords" if instrument in PADS else "melody"


def _new_part(instrument: str) -> Part:
    return {"bass": _BASS, "chords": _HELD, "melody": _MELODY, "power": _POWER}[_role(instrument)]


def _given(part: Part, candidates: tuple[str, ...]) -> Part:
    shared = tuple(name for name in part.instruments if name in candidates)
    level = max(part.level, -4.0) + _ASKED_LOUDER
    return replace(part, instruments=shared or candidates[:1], enters=0.0, sections=(), level=level)


def _alone(parts: list[Part]) -> list[Part]:
    """A soloist who can play chords accompanies the own tune."""
    alone = list(parts)
    for part in parts:
        for name in part.instruments:
            if name in CHORDAL and not any(other.role == "chords" for other in alone):
                alone.append(replace(_PICKED, instruments=(name,)))
            if (
                name not in BASSES
                and name not in BEDS
                and not any(other.role in ("melody", "power") for other in alone)
            ):
                alone.append(replace(_MELODY, instruments=(name,)))
    return alone
