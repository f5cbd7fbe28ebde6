"""Whoever changes the ledger behind its back is found, whatever was changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text, update

from soundbox.accounts.models import User
from soundbox.aura import chain, guards, ledger
from soundbox.aura.models import Account, Entry, Head
from soundbox.aura.verifying import Verification
from soundbox.extensions import db


@pytest.fixture
def books(own_tables: None) -> dict[str, int]:
    """Five entries of ada and ben; ada has a hold that is open."""
    with db.write() as session:
        people = {name: User.add_member(session, name).id for name in ("ada", "ben")}
    for number, name in enumerate(people):
        book(ledger.credit, people[name], 30, "purchase", "order", f"order:{number}")
    book(ledger.hold, people["ben"], 10, "job b")
    book(ledger.capture, "job b")
    book(ledger.hold, people["ada"], 3, "job a")
    return people


def book(verb: Callable[..., Any], *arguments: Any) -> None:
    with db.money() as session:
        verb(session, *arguments)


def verified() -> Verification:
    with db.snapshot() as session:
        return Verification.of(session)


def tamper(*statements: Any) -> None:
    """As somebody who owns the database would: without triggers, constraints and foreign keys."""
    with db.write() as session:
        if db.is_sqlite:
            for trigger in session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
                session.execute(text(f"DROP TRIGGER {trigger}"))
            session.execute(text("PRAGMA ignore_check_constraints = ON"))
        else:
            for table in ("aura_entries", "aura_accounts", "aura_head"):
                session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
            session.execute(text("ALTER TABLE aura_accounts DROP CONSTRAINT ck_aura_accounts_never_negative"))
        for statement in statements:
            session.execute(statement if not isinstance(statement, str) else text(statement))
        if db.is_sqlite:
            session.execute(text("PRAGMA ignore_check_constraints = OFF"))


def test_books_that_nobody_touched_are_in_order(books: dict[str, int]) -> None:
    found = verified()
    assert found.faults == []
    assert found.entries == 5 and found.open_holds == {"job a": 3}
    with db.read() as session:
        assert found.head == session.get_one(Head, 1).hash


def test_an_empty_ledger_is_in_order(own_tables: None) -> None:
    assert verified() == Verification()


@pytest.mark.parametrize(
    "change",
    [
        "amount = 31",
        "kind = 'grant'",
        "reference = 'other'",
        "key = 'other'",
        "created_ms = created_ms + 1",
        "debit = 'spent'",
        "hash = previous",
    ],
)
def test_a_row_that_was_changed_is_named(books: dict[str, int], change: str) -> None:
    tamper(f"UPDATE aura_entries SET {change} WHERE number = 2")
    assert any(fault.startswith("Entry 2 was changed") for fault in verified().faults)


def test_a_row_that_is_gone_is_named(books: dict[str, int]) -> None:
    tamper("DELETE FROM aura_entries WHERE number = 3")
    assert "Entry 3 is missing: 4 comes next." in verified().faults


def test_the_last_row_cannot_go_unnoticed(books: dict[str, int]) -> None:
    tamper("DELETE FROM aura_entries WHERE number = 5")
    assert "The last entry is 4, but the head of the chain says 5." in verified().faults


def test_two_rows_that_changed_places_are_named(books: dict[str, int]) -> None:
    tamper(*(f"UPDATE aura_entries SET number = {new} WHERE number = {old}" for old, new in ((2, 99), (3, 2), (99, 3))))
    faults = verified().faults
    assert any(fault.startswith("Entry 2 ") for fault in faults) and any(f.startswith("Entry 3 ") for f in faults)


def test_a_row_whose_hash_was_made_anew_breaks_the_chain_behind_it(books: dict[str, int]) -> None:
    with db.read() as session:
        entry = session.get_one(Entry, 2)
    entry.amount = 1000
    values = {"amount": 1000, "hash": chain.link(entry.previous, chain.digest(entry))}
    tamper(update(Entry).where(Entry.number == 2).values(**values))
    assert "Entry 3 does not follow the entry before it." in verified().faults


def test_a_chain_made_anew_to_its_end_has_another_head(books: dict[str, int]) -> None:
    """So whoever kept the head of a day knows."""
    kept = verified().head
    with db.read() as session:
        entries = [session.get_one(Entry, number) for number in range(2, 6)]
    entries[0].reference = "forged"
    statements = []
    for before, entry in zip([None, *entries], entries, strict=False):
        previous = before.hash if before else entry.previous
        entry.previous, entry.hash = previous, chain.link(previous, chain.digest(entry))
        values = {"reference": entry.reference, "previous": entry.previous, "hash": entry.hash}
        statements.append(update(Entry).where(Entry.number == entry.number).values(**values))
    tamper(*statements, update(Head).values(hash=entries[-1].hash))
    assert verified().faults == [] and verified().head != kept


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("balance = balance + 1", "says 28; its entries add up to 27."),
        ("balance = -5", "is negative."),
    ],
)
def test_a_wrong_balance_is_named(books: dict[str, int], change: str, fault: str) -> None:
    ada = with_account(books["ada"])
    tamper(f"UPDATE aura_accounts SET {change} WHERE name = '{ada}'")
    assert f"Account {ada} {fault}" in verified().faults


def test_an_account_that_is_given_to_somebody_else_is_named(books: dict[str, int]) -> None:
    ada = with_account(books["ada"])
    tamper(update(Account).where(Account.name == ada).values(user_id=books["ben"]))
    assert f"Account {ada} is given to somebody else." in verified().faults


def with_account(user_id: int) -> str:
    with db.read() as session:
        return Account.name_of(session, "user", user_id)


def test_a_hash_comes_from_what_the_docstring_says() -> None:
    """Anybody can compute it; this is how, without any of our code."""
    import hashlib
    import json

    entry = Entry(
        number=1,
        created_ms=1700000000000,
        debit="sales",
        credit="user:0123456789abcdef",
        amount=30,
        kind="purchase",
        reference="bestellung ü",
        key="order:1",
    )
    contents = '[1,1700000000000,"sales","user:0123456789abcdef",30,"purchase","bestellung \\u00fc","order:1"]'
    assert json.loads(contents)[6] == entry.reference
    digest = hashlib.sha256(contents.encode()).hexdigest()
    assert chain.digest(entry) == digest
    assert chain.link("0" * 64, digest) == hashlib.sha256(f"{'0' * 64}{digest}".encode()).hexdigest()


def test_the_guards_of_the_models_are_those_of_the_migration() -> None:
    from importlib import import_module

    migration = import_module("migrations.versions.0012_aura")
    assert (migration.ON_SQLITE, migration.ON_POSTGRESQL) == (guards.ON_SQLITE, guards.ON_POSTGRESQL)
