"""The ledger: Aura moves between two accounts, once, or not at all.

Every verb works inside the caller's transaction, which must be one of `db.money()`. Locks are taken in one order: jobs
first, then the head of the chain, then accounts. The head is held from the first movement to the end of the
transaction, so two of them never hold accounts that the other waits for, however many movements each makes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from soundbox.extensions import require_money

from . import chain
from .models import GRANTS, SALES, SPENT, Account, Entry, Head


class Insufficient(Exception):
    """The debited account has less than that. Nothing was moved."""


class KeyConflict(Exception):
    """This key has already moved something else."""


class Kind(StrEnum):
    """Why Aura moved."""

    purchase = "purchase"  # bought
    monthly = "monthly"  # came with the tier
    grant = "grant"  # given by the operator
    refund = "refund"  # the money went back, so the Aura does, too
    dispute = "dispute"  # the bank took the money back
    reinstate = "reinstate"  # ... and gave it again
    hold = "hold"  # set aside for a skip
    capture = "capture"  # the skip was worth it
    release = "release"  # it was not
    repay = "repay"  # what was owed
    forfeit = "forfeit"  # left behind with a deleted account


PAID_FOR = (Kind.purchase, Kind.refund, Kind.dispute, Kind.reinstate)


@dataclass(frozen=True)
class Movement:
    """`amount` Aura out of the account `debit` into the account `credit`. `key`: the same one moves only once."""

    debit: str
    credit: str
    amount: int
    kind: str
    reference: str
    key: str

    def made(self, entry: Entry) -> bool:
        """Is this the movement that the entry notes?"""
        return all(getattr(entry, name) == value for name, value in vars(self).items())


def post(session: Session, movement: Movement) -> Entry:
    """Note it and move the balances; with a key that is known, the entry it made before, and nothing moves.

    Raises `Insufficient`, `KeyConflict`, `LookupError` for an account that is nobody's, `ValueError` for a kind or an
    amount that does not exist.
    """
    head = _hold(session)
    if earlier := entry_with(session, movement.key):
        if not movement.made(earlier):
            raise KeyConflict(f"The key {movement.key!r} has moved something else before.")
        return earlier
    if movement.amount <= 0:
        raise ValueError(f"{movement.amount} Aura cannot be moved.")
    values = {**vars(movement), "kind": Kind(movement.kind).value}
    _move_balances(session, movement)
    entry = Entry(number=head.number + 1, created_ms=head.next_moment(), previous=head.hash, **values)
    entry.hash = chain.link(head.hash, chain.digest(entry))
    session.add(entry)
    session.flush()  # before the head moves: the database lets an entry only follow the head
    head.number, head.hash, head.created_ms = entry.number, entry.hash, entry.created_ms
    session.flush()
    return entry


def entry_with(session: Session, key: str) -> Entry | None:
    return session.scalar(select(Entry).where(Entry.key == key))


@dataclass(frozen=True)
class Purse:
    """What somebody can spend, what is set aside for skips that are not settled yet, and what they owe.

    While they owe anything, paid features are frozen.
    """

    balance: int = 0
    held: int = 0
    debt: int = 0


def accounts_of(session: Session, user_id: int | None) -> list[str]:
    return list(session.scalars(select(Account.name).where(Account.user_id == user_id))) if user_id else []


def purse(session: Session, user_id: int | None) -> Purse:
    """Of somebody unknown: empty."""
    if user_id is None:
        return Purse()
    mine = select(Account.name, Account.balance).where(Account.user_id == user_id)
    amounts = {name.partition(":")[0]: amount for name, amount in session.execute(mine)}
    return Purse(amounts.get("user", 0), amounts.get("held", 0), -amounts.get("debt", 0))


def balance(session: Session, user_id: int) -> int:
    return purse(session, user_id).balance


def held(session: Session, user_id: int) -> int:
    return purse(session, user_id).held


def debt(session: Session, user_id: int) -> int:
    return purse(session, user_id).debt


def credit(session: Session, user_id: int, amount: int, kind: str, reference: str, key: str) -> Entry:
    """Give somebody Aura. What they owe is paid from it first."""
    _hold(session)
    is_new = entry_with(session, key) is None
    mine = Account.name_of(session, "user", user_id)
    entry = post(session, Movement(_source(kind), mine, amount, kind, reference, key))
    if is_new and (owed := min(debt(session, user_id), amount)):
        theirs = Account.name_of(session, "debt", user_id)
        post(session, Movement(mine, theirs, owed, Kind.repay, reference, f"{key}:repay"))
    return entry


def take_back(session: Session, user_id: int, amount: int, kind: str, reference: str, key: str) -> list[Entry]:
    """Undo a `credit`. What is no longer there is booked to `debt:ID`. The one or two entries it made."""
    _hold(session)
    if earlier := [entry for entry in (entry_with(session, key), entry_with(session, _rest(key))) if entry]:
        if sum(entry.amount for entry in earlier) != amount or any(entry.kind != kind for entry in earlier):
            raise KeyConflict(f"The key {key!r} has taken back something else before.")
        return earlier
    there = min(balance(session, user_id), amount)
    parts = (("user", there, key), ("debt", amount - there, _rest(key)))
    return [
        post(session, Movement(Account.name_of(session, purpose, user_id), _source(kind), part, kind, reference, its))
        for purpose, part, its in parts
        if part > 0
    ]


def hold(session: Session, user_id: int, amount: int, reference: str) -> Entry:
    """Set Aura aside for something that may still fail. One `reference` holds once. Raises `Insufficient`."""
    mine, aside = (Account.name_of(session, purpose, user_id) for purpose in ("user", "held"))
    return post(session, Movement(mine, aside, amount, Kind.hold, reference, _held_by(reference)))


def capture(session: Session, reference: str) -> Entry | None:
    """What was held for it is spent. None: nothing is held for it (any more)."""
    return _settle(session, reference, Kind.capture)


def release(session: Session, reference: str) -> Entry | None:
    """What was held for it goes back in full. None: nothing is held for it (any more)."""
    return _settle(session, reference, Kind.release)


def hold_of(session: Session, reference: str) -> Entry | None:
    """The hold of this reference, as long as it is neither captured nor released."""
    if entry_with(session, _settled_by(reference)):
        return None
    return entry_with(session, _held_by(reference))


def _settle(session: Session, reference: str, kind: Kind) -> Entry | None:
    """Capture and release have one key, so that the database itself refuses a second end of one hold."""
    _hold(session)
    holding = hold_of(session, reference)
    if holding is None:
        return None
    goes_to = SPENT if kind is Kind.capture else holding.debit
    return post(session, Movement(holding.credit, goes_to, holding.amount, kind, reference, _settled_by(reference)))


def _hold(session: Session) -> Head:
    """The head of the chain, before anything is looked at: what is true then stays true until the end."""
    require_money(session)
    return Head.held(session)


def _move_balances(session: Session, movement: Movement) -> None:
    for name, change in ((movement.debit, -movement.amount), (movement.credit, movement.amount)):
        Account.open(session, name)
        moved = update(Account).where(Account.name == name).values(balance=Account.balance + change)
        if not Account.may_owe(name):
            moved = moved.where(Account.balance + change >= 0)
        result = session.execute(moved, execution_options={"synchronize_session": False})
        if result.rowcount != 1:  # type: ignore[attr-defined]
            raise Insufficient(f"{name} has less than {movement.amount} Aura.")


def _source(kind: str) -> str:
    return SALES if kind in PAID_FOR else GRANTS


def _rest(key: str) -> str:
    return f"{key}:debt"


def _held_by(reference: str) -> str:
    return f"hold:{reference}"


def _settled_by(reference: str) -> str:
    return f"settled:{reference}"
