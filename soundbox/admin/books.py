"""The ledger of everybody, for those who answer for it: its sums, and finding an entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from soundbox.accounts.models import User
from soundbox.aura.models import GRANTS, HEAD_ID, SALES, SPENT, Account, Entry, Head

PER_PAGE = 50
PURPOSES = ("user", "held", "debt")
BEHIND_COLON = ";"  # the character after ":": names of a purpose lie between the two


@dataclass(frozen=True)
class Sums:
    """Aura. What was sold and granted, and what is owed, is held, spent, or with people: the `purses`."""

    sold: int
    granted: int
    spent: int
    held: int
    owed: int
    entries: int

    @property
    def purses(self) -> int:
        return self.sold + self.granted + self.owed - self.spent - self.held

    @classmethod
    def read(cls, session: Session) -> Sums:
        named = select(Account.name, Account.balance).where(Account.name.in_((SALES, GRANTS, SPENT)))
        balances = {row.name: row.balance for row in session.execute(named)}
        head = session.get(Head, HEAD_ID)
        return cls(
            sold=-balances.get(SALES, 0),
            granted=-balances.get(GRANTS, 0),
            spent=balances.get(SPENT, 0),
            held=_sum_of(session, "held"),
            owed=-_sum_of(session, "debt"),
            entries=head.number if head else 0,
        )


def find(session: Session, search: str, before: int | None, most: int = PER_PAGE + 1) -> Sequence[Entry]:
    """The newest first. By number, by an account or a person's name, by what it was for, or by its key."""
    query = select(Entry)
    if search:
        query = query.where(_about(session, search))
    if before is not None:
        query = query.where(Entry.number < before)
    return session.scalars(query.order_by(Entry.number.desc()).limit(most)).all()


def _about(session: Session, search: str) -> ColumnElement[bool]:
    if search.isdecimal() and len(search) < 19:
        return Entry.number == int(search)
    public_id = session.scalar(select(User.public_id).where(User.name == search.lower()))
    accounts = [f"{purpose}:{public_id}" for purpose in PURPOSES] if public_id else [search]
    return or_(Entry.debit.in_(accounts), Entry.credit.in_(accounts), Entry.reference == search, Entry.key == search)


def _sum_of(session: Session, purpose: str) -> int:
    """A range of the names, which are sorted."""
    mine = (Account.name > f"{purpose}:") & (Account.name < f"{purpose}{BEHIND_COLON}")
    return int(session.scalar(select(func.coalesce(func.sum(Account.balance), 0)).where(mine)) or 0)
