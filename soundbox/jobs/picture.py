"""The line as a picture: above in the order in which people came, below in the order in which they start."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from soundbox.accounts.principal import Principal

from .line import Line
from .outlook import Others

WIDTH, HEIGHT, EDGE = 1000, 100, 8
FEWEST = 2  # one alone has no order, and neither has who shares the line with nobody


@dataclass(frozen=True)
class Strand:
    path: str
    kind: str  # mine, paid, ahead (of some who came earlier), or nothing of these


@dataclass(frozen=True)
class Picture:
    strands: list[Strand]  # one's own last, so that they lie on top
    words: str


def picture_of(line: Line, who: Principal) -> Picture | None:
    count = len(line.waiting)
    if count < FEWEST or line.others is Others.nobody:
        return None
    came = {job.id: place for place, job in enumerate(sorted(line.waiting, key=lambda job: job.seq))}
    strands = []
    for place, job in enumerate(line.waiting):
        mine = who.owns(job.user_id)
        kind = "mine" if mine else "paid" if job.as_waiting().skipped else "ahead" if place < came[job.id] else ""
        strands.append(Strand(_path(_at(came[job.id], count), _at(place, count)), kind))
    return Picture(sorted(strands, key=lambda strand: strand.kind == "mine"), _words(strands))


def _at(place: int, count: int) -> float:
    return round(EDGE + (WIDTH - 2 * EDGE) * place / (count - 1), 1)


def _path(came: float, starts: float) -> str:
    middle = HEIGHT / 2
    return f"M{came:g} {EDGE}C{came:g} {middle:g} {starts:g} {middle:g} {starts:g} {HEIGHT - EDGE}"


def _words(strands: list[Strand]) -> str:
    """For those who do not see it: what the lines that cross mean."""
    counts = Counter(strand.kind for strand in strands)
    said = [f"{len(strands)} wait"]
    said += [f"{counts[kind]} {words}" for kind, words in KINDS.items() if counts[kind]]
    return f"{', '.join(said)}."


KINDS = {"mine": "of them yours", "paid": "paid to skip", "ahead": "start before somebody who came earlier"}
