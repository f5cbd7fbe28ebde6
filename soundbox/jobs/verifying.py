"""Do the jobs agree with the ledger: Aura is held for exactly those that are unfinished and paid for."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from .models import Job, State
from .skips import Outcome, Skip

UNFINISHED = (State.queued, State.processing)


def faults_of_holds(session: Session, open_holds: Mapping[str, int]) -> list[str]:
    """Sentences, each of which names the job. `open_holds`: what the ledger says is held, by job."""
    rows = select(Skip.job_id, Skip.cost, Skip.outcome, Job.status, Job.aura).join(Job, Job.id == Skip.job_id)
    known = {row.job_id: row for row in session.execute(rows)}
    faults = []
    for job_id, row in known.items():
        held, believed = open_holds.get(job_id, 0), row.cost if row.outcome == Outcome.held else 0
        if held != believed:
            faults.append(f"For job {job_id} the ledger holds {held} Aura, but its skip says {believed}.")
        if believed and row.status not in UNFINISHED:
            faults.append(f"Job {job_id} is {row.status}, and {believed} Aura are still held for it.")
        if row.aura != row.cost:
            faults.append(f"Job {job_id} says that {row.aura} Aura were paid; its skip says {row.cost}.")
    without = sorted(open_holds.keys() - known)
    faults += [f"{open_holds[job_id]} Aura are held for {job_id}, which has no skip." for job_id in without]
    paid = select(Job.id).where(Job.aura > 0, Job.id.not_in(select(Skip.job_id)))
    return faults + [f"Job {job_id} says that it was paid for, and has no skip." for job_id in session.scalars(paid)]
