"""How much somebody keeps and has coming: what admission refuses by when the store of a tier is full."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from soundbox.accounts.models import Kind, User
from soundbox.jobs.allowance import Asker
from soundbox.jobs.models import Job, is_unfinished
from soundbox.tracks.models import Track
from soundbox.tracks.storage import used_bytes


@dataclass(frozen=True)
class Kept:
    whose: str
    kept_bytes: int
    coming_seconds: float  # of sound that is being made or waits


def kept_by(session: Session, asker: Asker) -> Iterator[Kept]:
    """One for each way in which this person is counted: a guest's address too, so dropping the cookie buys no room."""
    if asker.user_id is not None:
        yield Kept("yours", used_bytes(session, asker.user_id), _coming(session, Job.user_id == asker.user_id))
    if asker.address is not None:
        kept = _bytes_from(session, asker.address)
        yield Kept("those of guests from your address", kept, _coming(session, Job.address == asker.address))


def _coming(session: Session, mine: ColumnElement[bool]) -> float:
    seconds = select(func.coalesce(func.sum(Job.seconds), 0.0)).where(mine, is_unfinished())
    return session.scalar(seconds) or 0.0


def _bytes_from(session: Session, address: str) -> int:
    """Of tracks that belong to guests still: whoever signed up took theirs along, into a store of their own."""
    taken = func.coalesce(func.sum(Track.size_bytes + Track.derived_bytes), 0)
    made_there = select(taken).join(Job, Job.id == Track.id).join(User, User.id == Track.user_id)
    return int(session.scalar(made_there.where(Job.address == address, User.kind == Kind.guest)) or 0)
