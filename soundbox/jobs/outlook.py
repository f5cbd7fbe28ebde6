"""What a waiting person is told: the most that can go first, and why. Pure, from the scheduler's own rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from soundbox.jobs.scheduler import MOST_OVERTAKEN, SKIP, SKIPS_IN_A_ROW, Start, Waiting


@dataclass(frozen=True)
class Arrivals:
    """Who may still come, and how fast starts can follow one another."""

    head_start_ms: int | None  # the largest that anybody who may come has; None: nobody else can come
    may_skip: bool  # paid skips are possible
    room: int  # jobs that may wait at once
    start_ms: int  # the least time between two starts; counts only while a head start can still overtake
    strict: bool = False  # tiers stand in bands


NOBODY = Arrivals(head_start_ms=None, may_skip=False, room=1, start_ms=1)


def at_most(
    job: Waiting,
    waiting: Sequence[Waiting],
    last_starts: Sequence[int],
    loaded: Sequence[str],
    now_ms: int = 0,
    arrivals: Arrivals = NOBODY,
) -> int | None:
    """Jobs that can start before this one, whoever comes; None where the rules promise nothing (strict tiers).

    Why it holds. A later job goes before this one only if its turn is smaller, and its turn is at least the moment it
    came less its head start: so only until `closes = turn + head_start`. Until then starts follow one another no faster
    than `start_ms`, and at that moment at most `room - 1` others wait. From then on the rows ahead only shrink. Between
    two of their starts at most three paid skips fit, and at most three times does a loaded model pass this row.
    One's own later jobs always stand behind. A job that runs again after a fault keeps its place and counts once.
    """
    trailing = _trailing_skips(last_starts)
    if job.skipped:
        paid_before = sum(1 for row in waiting if row.skipped and row.place < job.place)
        return paid_before + (trailing + paid_before) // SKIPS_IN_A_ROW
    affinity = max(0, MOST_OVERTAKEN - job.overtaken) if loaded else 0
    if arrivals.head_start_ms is not None:
        if arrivals.strict:
            return None
        open_ms = job.turn + arrivals.head_start_ms - now_ms
        if open_ms > 0:
            started = open_ms // arrivals.start_ms + 1
            return started + _with_skips(arrivals.room - 1 + affinity, 0, arrivals.may_skip, 0)
    ahead = sum(1 for row in waiting if not row.skipped and row.place < job.place)
    skips = sum(1 for row in waiting if row.skipped)
    return _with_skips(ahead + affinity, skips, arrivals.may_skip, trailing)


def _with_skips(ordinary: int, skips: int, may_skip: bool, trailing: int) -> int:
    """`ordinary` starts and the skips that fit before, between and after them."""
    room_for_skips = SKIPS_IN_A_ROW * (ordinary + 1) - trailing
    return ordinary + (room_for_skips if may_skip else min(skips, room_for_skips))


def _trailing_skips(last_starts: Sequence[int]) -> int:
    count = 0
    for band in reversed(last_starts[-SKIPS_IN_A_ROW:]):
        if band != SKIP:
            break
        count += 1
    return count


def explain(job_id: str, starts: Sequence[Start], *, to_owner: bool = True) -> list[str]:
    """Why this job stands where it stands, in sentences; `starts` as `order` gave them. Not waiting: []."""
    position = next((i for i, start in enumerate(starts) if start.job.id == job_id), None)
    if position is None:
        return []
    job, before = starts[position].job, starts[:position]
    sentences = [_ahead(position, to_owner)]
    if job.skipped:
        sentences.append(f"Skipped for {job.aura} Aura.")
        return sentences
    shared = any(start.job.person != job.person for start in starts)  # else tiers and turns explain nothing
    if shared and job.head_start_ms > 0:
        sentences.append(f"{job.tier}: a head start of {job.head_start_ms // 60_000} min.")
    mine_before = [start for start in before if start.job.person == job.person and not start.job.skipped]
    if shared and any(start.job.turn < job.turn for start in mine_before):
        whose = "you have another job waiting" if to_owner else "another job of the same person waits"
        sentences.append(f"Turns: {whose}, so others go in between.")
    paid = sum(1 for start in before if start.job.skipped)
    if paid:
        sentences.append(f"{paid} {_verb(paid)} ahead with a paid skip.")
    sentences.extend(
        f"The model {start.job.model} is loaded, so one that wants it goes first."
        for start in before
        if job_id in start.overtakes
    )
    return sentences


def _ahead(position: int, to_owner: bool) -> str:
    if position == 0:
        return "You are next." if to_owner else "Next to start."
    return f"{position} {_verb(position)} ahead of {'you' if to_owner else 'it'}."


def _verb(count: int) -> str:
    return "is" if count == 1 else "are"
