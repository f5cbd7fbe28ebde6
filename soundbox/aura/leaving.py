"""Somebody takes their entries along, or leaves: the ledger keeps every movement, and nothing leads from it to them."""

from __future__ import annotations

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from soundbox.accounts.archive import Archive, facts_of
from soundbox.accounts.models import User
from soundbox.accounts.signals import deleting, exporting

from . import ledger
from .models import SPENT, Account, Entry


@exporting.connect
def take_along(session: Session, user: User, archive: Archive) -> None:
    mine = select(Account.name).where(Account.user_id == user.id)
    entries = select(Entry).where(or_(Entry.debit.in_(mine), Entry.credit.in_(mine))).order_by(Entry.number)
    archive.add("aura", (facts_of(entry) for entry in session.scalars(entries)))


@deleting.connect
def leave(session: Session, user: User, **_: object) -> None:
    """What they had is spent. What they owe stays on a row that is nobody's."""
    left = ledger.balance(session, user.id)
    if left:
        mine, reason = Account.name_of(session, "user", user.id), f"account:{user.public_id}"
        ledger.post(session, ledger.Movement(mine, SPENT, left, ledger.Kind.forfeit, reason, f"forfeit:{reason}"))
    session.execute(update(Account).where(Account.user_id == user.id).values(user_id=None))
