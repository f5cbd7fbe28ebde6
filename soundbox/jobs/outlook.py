"""What a waiting person is told: the most that can go first, and why. Pure, from the scheduler's own rules."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from soundbox.jobs.scheduler import MOST_OVERTAKEN, PATIENCE_STARTS, Start, Waiting

STARTS_A_ROW = PATIENCE_STARTS + 1  # of which one goes to whoever has waited longest


class Others(Enum):
    """Who may still come."""

    nobody = "nobody"  # one person's own instance
    anybody = "anybody"
    higher_tiers_first = "higher tiers first"  # strict tiers: nothing can be promised


def at_most(
    job: Waiting, waiting: Sequence[Waiting], since_longest: int, loaded: Sequence[str], others: Others
) -> int | None:
    """Jobs that can start before this one, whoever comes; None where the rules promise nothing.

    Why it holds. Of any four starts one goes to the row that came first of all who have not paid for a skip, and
    whoever comes later never came first. So the rows that came before this one shrink with every fourth start at the
    latest, and then it is this one's turn. A paid skip waits for those who paid earlier, and for every fourth start.
    A job that runs again after a fault keeps its place and counts once.
    """
    if job.skipped:
        paid_before = sum(1 for row in waiting if row.skipped and row.place < job.place)
        return paid_before + (since_longest + paid_before) // PATIENCE_STARTS
    if others is Others.higher_tiers_first:
        return None
    came_before = sum(1 for row in waiting if not row.skipped and row.arrival < job.arrival)
    promised = STARTS_A_ROW * came_before + PATIENCE_STARTS - since_longest
    if others is Others.anybody:
        return promised
    return min(promised, _ahead_in_any_order(job, waiting, loaded))


def _ahead_in_any_order(job: Waiting, waiting: Sequence[Waiting], loaded: Sequence[str]) -> int:
    """Where nobody else comes: the rows that have some reason to go first, and those a loaded model may let pass."""
    before = [row for row in waiting if row.place < job.place or row.arrival < job.arrival]
    may_pass = max(0, MOST_OVERTAKEN - job.overtaken) if loaded else 0
    return min(len(before) + may_pass, len(waiting) - 1)


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
        sentences.append(f"{job.tier.capitalize()}: a head start of {job.head_start_ms // 60_000} min.")
    mine_before = [start for start in before if start.job.person == job.person and not start.job.skipped]
    if shared and any(start.job.turn < job.turn for start in mine_before):
        whose = "you have another job waiting" if to_owner else "another job of the same person waits"
        sentences.append(f"Turns: {whose}, so others go in between.")
    paid = sum(1 for start in before if start.job.skipped)
    if paid:
        sentences.append(f"{paid} {_verb(paid)} ahead with a paid skip.")
    if starts[position].by_waiting:
        whose = "yours" if to_owner else "this one"
        sentences.append(f"One start in four goes to whoever has waited longest: that is {whose}.")
    elif any(start.by_waiting and start.job.place > job.place for start in before):
        sentences.append("One start in four goes to whoever has waited longest.")
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
