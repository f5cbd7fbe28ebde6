"""Somebody takes along what accounts know of them, or leaves: then their name is all that is still taken."""

from __future__ import annotations

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from .archive import Archive, facts_of
from .audit import AuditEntry
from .identities import Identity
from .links import AccountLink
from .models import ApiToken, User
from .outbox import Letter
from .replays import Replay
from .second_factor import RecoveryCode, SecondFactor
from .sessions import BrowserSession
from .signals import deleting, exporting

NOT_TOLD = ("id", "user_id", "guest_hash", "password_hash", "token_hash", "secret_hash", "made_with", "sealed")

TOLD = (
    ("tokens", ApiToken),
    ("sessions", BrowserSession),
    ("links", AccountLink),
    ("identities", Identity),
    ("letters", Letter),
    ("admin-actions", AuditEntry),
)


@exporting.connect
def take_along(session: Session, user: User, archive: Archive) -> None:
    archive.add("profile", [facts_of(user, *NOT_TOLD)])
    factors = session.scalars(select(SecondFactor).where(SecondFactor.user_id == user.id))
    archive.add("second-factor", (facts_of(factor, *NOT_TOLD) for factor in factors))
    for name, table in TOLD:
        rows = session.scalars(select(table).where(table.user_id == user.id).order_by(table.id))
        archive.add(name, (facts_of(row, *NOT_TOLD) for row in rows))


@deleting.connect
def leave(session: Session, user: User, **_: object) -> None:
    session.execute(update(ApiToken).where(ApiToken.user_id == user.id).values(made_with=None))
    for table in (ApiToken, BrowserSession, AccountLink, SecondFactor, RecoveryCode, Identity, Letter):
        session.execute(delete(table).where(table.user_id == user.id))
    session.execute(delete(Replay).where(Replay.who == f"user:{user.id}"))
