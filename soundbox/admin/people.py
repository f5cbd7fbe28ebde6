"""Finding people: by name, public id or e-mail, by tier and kind; pages that are as fast at a million as at ten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from soundbox.accounts.models import User
from soundbox.web.errors import Refusal

PER_PAGE = 50
LAST_CHARACTER = "\U0010ffff"


@dataclass(frozen=True)
class Found:
    """The newest first. `before`: what the next page begins below, None at the end."""

    people: Sequence[User]
    before: int | None


def find(
    session: Session, search: str = "", tier: str = "", kind: str = "", state: str = "", before: int | None = None
) -> Found:
    clauses: list[ColumnElement[bool]] = []
    if search:
        clauses.append(_called(search.lower()))
    if tier:
        clauses.append(User.tier == tier)
    if kind:
        clauses.append(User.kind == kind)
    if state:
        clauses.append(STATES[state])
    if before is not None:
        clauses.append(User.id < before)
    rows = session.scalars(select(User).where(*clauses).order_by(User.id.desc()).limit(PER_PAGE + 1)).all()
    people = rows[:PER_PAGE]
    return Found(people, people[-1].id if len(rows) > PER_PAGE else None)


STATES: dict[str, ColumnElement[bool]] = {
    "admin": User.is_admin.is_(True),
    "suspended": User.suspended_ms.is_not(None),
}


def _called(search: str) -> ColumnElement[bool]:
    """An address in full, a public id in full, or how a name begins: a range of its index."""
    if "@" in search:
        return User.email == search
    begins = (User.name >= search) & (User.name < search + LAST_CHARACTER)
    return or_(begins, User.public_id == search)


def person(session: Session, public_id: str, *, lock: bool = False) -> User:
    """Raises `Refusal` 404. Locked, they cannot sign in meanwhile; what refers to them does not wait."""
    query: Any = select(User).where(User.public_id == public_id)
    user: User | None = session.scalar(query.with_for_update(key_share=True) if lock else query)
    if user is None:
        raise Refusal(404, "Person not found", advice="Search for the name.")
    return user
