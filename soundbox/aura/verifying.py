"""Is the ledger what it says it is: recomputed from its first entry, and compared with all that stands beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from soundbox.accounts.models import User

from . import chain
from .models import HEAD_ID, Account, Entry, Head

BATCH = 1000
COLUMNS = (
    *(Entry.number, Entry.debit, Entry.credit, Entry.amount, Entry.kind, Entry.reference),
    *(Entry.key, Entry.created_ms, Entry.previous, Entry.hash),
)


@dataclass
class Verification:
    """What was found. `faults`: sentences, each of which names the entry or the account; none: all is well.

    `open_holds`: Aura that is held and not settled, by what it is held for.
    """

    entries: int = 0
    head: str = chain.BEFORE_THE_FIRST
    faults: list[str] = field(default_factory=list)
    open_holds: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, session: Session) -> Verification:
        """In the caller's transaction, which must see one moment: `db.snapshot()`."""
        found = cls()
        sums: Counter[str] = Counter()
        held: Counter[str] = Counter()
        found._walk(session, sums, held)
        found._compare_head(session)
        found._compare_accounts(session, sums, held)
        return found

    def _walk(self, session: Session, sums: Counter[str], held: Counter[str]) -> None:
        """Every entry in order: its number, its time, its hash; and what all of them add up to."""
        last_ms = 0
        for entry in session.execute(select(*COLUMNS).order_by(Entry.number).execution_options(yield_per=BATCH)):
            expected = self.entries + 1
            if entry.number != expected:
                self._fault(f"Entry {expected} is missing: {entry.number} comes next.")
            if entry.previous != self.head:
                self._fault(f"Entry {entry.number} does not follow the entry before it.")
            if entry.hash != chain.link(entry.previous, chain.digest(entry)):
                self._fault(f"Entry {entry.number} was changed: its contents do not give its hash.")
            if entry.created_ms < last_ms:
                self._fault(f"Entry {entry.number} is older than the entry before it.")
            self.entries, self.head, last_ms = entry.number, entry.hash, entry.created_ms
            sums[entry.debit] -= entry.amount
            sums[entry.credit] += entry.amount
            self._follow_hold(entry, held)

    def _follow_hold(self, entry: Any, held: Counter[str]) -> None:
        """A hold is open until an entry settles it, which moves as much out of the same account."""
        if entry.kind == "hold":
            self.open_holds[entry.reference] = entry.amount
            held[entry.credit] += entry.amount
        elif entry.kind in ("capture", "release"):
            if self.open_holds.pop(entry.reference, None) != entry.amount:
                self._fault(f"Entry {entry.number} settles what was not held.")
            held[entry.debit] -= entry.amount

    def _compare_head(self, session: Session) -> None:
        head = session.get(Head, HEAD_ID)
        number, last_hash = (head.number, head.hash) if head else (0, chain.BEFORE_THE_FIRST)
        if (number, last_hash) != (self.entries, self.head):
            self._fault(f"The last entry is {self.entries}, but the head of the chain says {number}.")

    def _compare_accounts(self, session: Session, sums: Counter[str], held: Counter[str]) -> None:
        accounts = {account.name: account for account in session.scalars(select(Account).order_by(Account.name))}
        for name, account in accounts.items():
            if account.balance != sums[name]:
                self._fault(f"Account {name} says {account.balance}; its entries add up to {sums[name]}.")
            if account.balance < 0 and not Account.may_owe(name):
                self._fault(f"Account {name} is negative.")
            if name.startswith("held:") and account.balance != held[name]:
                self._fault(f"Account {name} says {account.balance}; what is held adds up to {held[name]}.")
        for name in sorted(sums.keys() - accounts.keys()):
            self._fault(f"Account {name} is missing.")
        for sentence in _strangers(session):
            self._fault(sentence)

    def _fault(self, sentence: str) -> None:
        self.faults.append(sentence)


def _strangers(session: Session) -> Iterator[str]:
    """An account belongs to the person whose public id it bears."""
    owned = select(Account.name, User.public_id).join(User, User.id == Account.user_id)
    for name, public_id in session.execute(owned):
        if name.partition(":")[2] != public_id:
            yield f"Account {name} is given to somebody else."
