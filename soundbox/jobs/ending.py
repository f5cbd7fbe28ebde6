"""The one step in which a job ends, however it ends: its state, the news of it, and the Aura that was held for it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, update
from sqlalchemy.orm import Session

from soundbox.clock import now_ms
from soundbox.extensions import require_money
from soundbox.jobs.announcing import announce_end
from soundbox.jobs.models import Job, State, is_unfinished
from soundbox.jobs.skips import Skip


def end(session: Session, which: ColumnElement[bool], status: State, *, spent: bool, **values: Any) -> bool:
    """End the one unfinished job for which `which` is true; False, and nothing is done, if there is none.

    What was held for its skip is `spent`, or goes back in full. The transaction must be one of `db.money()`.
    """
    require_money(session)
    ended = (
        update(Job)
        .where(which, is_unfinished())
        .values(status=status, finished_ms=now_ms(), **values)
        .returning(Job.id, Job.aura)
    )
    row = session.execute(ended, execution_options={"synchronize_session": False}).one_or_none()
    if row is None:
        return False
    announce_end(session, row.id)
    if row.aura:
        Skip.settle(session, row.id, spent=spent)
    return True
