"""Rows that mean nothing any more: guests who own nothing, sessions, links and tries that are over."""

from __future__ import annotations

from sqlalchemy import ColumnElement, delete, exists, or_, select
from sqlalchemy.orm import Session

from soundbox.clock import now_ms
from soundbox.extensions import Base

from .attempts import Attempt
from .links import AccountLink
from .models import Kind, User
from .sessions import DAY_MS, IDLE_MS, LONGEST_MS, BrowserSession

GUEST_DAYS = 7
AT_ONCE = 1000  # others write in between


def sweep_guests(session: Session, most: int = AT_ONCE) -> int:
    """Those of a week ago to whom no row of any table leads, so many of them. Returns how many."""
    old = (User.kind == Kind.guest) & (User.created_ms < now_ms() - GUEST_DAYS * DAY_MS)
    some = select(User.id).where(old, *_owns_nothing()).limit(most)
    return session.execute(delete(User).where(User.id.in_(some))).rowcount  # type: ignore[attr-defined]


def sweep_what_is_over(session: Session) -> None:
    """Sessions, links and tries that count no more."""
    moment_ms = now_ms()
    over = or_(BrowserSession.seen_ms <= moment_ms - IDLE_MS, BrowserSession.created_ms <= moment_ms - LONGEST_MS)
    session.execute(delete(BrowserSession).where(over))
    AccountLink.sweep(session)
    Attempt.sweep(session)


def _owns_nothing() -> list[ColumnElement[bool]]:
    """Whatever table there will be: what counts is what refers to people."""
    leading_here = (
        column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if any(key.column is User.__table__.c.id for key in column.foreign_keys)
    )
    return [~exists().where(column == User.id) for column in leading_here]
