"""The ledger: what moves, what is refused, and by whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from soundbox.accounts.models import User
from soundbox.aura import ledger
from soundbox.aura.ledger import Insufficient, KeyConflict, Movement
from soundbox.aura.models import Account, Entry, Head
from soundbox.extensions import db


@pytest.fixture
def ada(database: None) -> int:
    return member("ada")


def member(name: str) -> int:
    with db.write() as session:
        return User.add_member(session, name).id


def book(verb: Callable[..., Any], *arguments: Any) -> Any:
    """One verb in a transaction of its own."""
    with db.money() as session:
        return verb(session, *arguments)


def credit(user_id: int, amount: int, key: str = "order:1", kind: str = "purchase") -> Entry:
    return book(ledger.credit, user_id, amount, kind, "order 1", key)


def state(user_id: int) -> tuple[int, int, int]:
    """What somebody has, has set aside, and owes."""
    with db.read() as session:
        return tuple(verb(session, user_id) for verb in (ledger.balance, ledger.held, ledger.debt))


def balances() -> dict[str, int]:
    with db.read() as session:
        return {
            name.partition(":")[0]: amount for name, amount in session.execute(select(Account.name, Account.balance))
        }


def test_what_is_bought_is_there_and_comes_from_the_sales(ada: int) -> None:
    entry = credit(ada, 30)
    assert (entry.number, entry.debit, entry.amount, entry.kind) == (1, "sales", 30, "purchase")
    assert state(ada) == (30, 0, 0)
    assert balances() == {"sales": -30, "user": 30}


def test_what_is_given_comes_from_the_grants(ada: int) -> None:
    credit(ada, 5, kind="grant")
    assert balances() == {"grants": -5, "user": 5}


def test_the_same_key_moves_once(ada: int) -> None:
    assert credit(ada, 30).number == credit(ada, 30).number == 1
    assert state(ada) == (30, 0, 0)


def test_a_key_that_moved_something_else_is_refused(ada: int) -> None:
    credit(ada, 30)
    with pytest.raises(KeyConflict):
        credit(ada, 31)
    assert state(ada) == (30, 0, 0)


def test_a_hold_that_is_captured_is_spent_once(ada: int) -> None:
    credit(ada, 30)
    book(ledger.hold, ada, 3, "job")
    assert state(ada) == (27, 3, 0)
    assert book(ledger.capture, "job").credit == "spent"
    assert book(ledger.capture, "job") is None
    assert book(ledger.release, "job") is None
    assert state(ada) == (27, 0, 0)


def test_a_hold_that_is_released_is_given_back_once(ada: int) -> None:
    credit(ada, 30)
    book(ledger.hold, ada, 3, "job")
    book(ledger.release, "job")
    assert book(ledger.release, "job") is None
    assert book(ledger.capture, "job") is None
    assert state(ada) == (30, 0, 0)


def test_what_was_never_held_has_no_end(ada: int) -> None:
    assert book(ledger.release, "job") is None


def test_more_than_there_is_cannot_be_held(ada: int) -> None:
    credit(ada, 2)
    with pytest.raises(Insufficient):
        book(ledger.hold, ada, 3, "job")
    assert state(ada) == (2, 0, 0)
    with db.read() as session:
        assert session.get_one(Head, 1).number == 1


def test_what_is_taken_back_after_it_was_spent_is_owed_and_paid_first_from_what_comes(ada: int) -> None:
    credit(ada, 30)
    book(ledger.hold, ada, 10, "job")
    book(ledger.capture, "job")
    for _ in range(2):  # Stripe may say it twice
        entries = book(ledger.take_back, ada, 30, "dispute", "order 1", "dispute:1")
        assert [entry.amount for entry in entries] == [20, 10]
        assert state(ada) == (0, 0, 10)
    for _ in range(2):
        credit(ada, 4, "order:2")
        assert state(ada) == (0, 0, 6)
    credit(ada, 30, "order:3")
    assert state(ada) == (24, 0, 0)


def test_other_contents_under_a_key_that_took_back_are_refused(ada: int) -> None:
    credit(ada, 30)
    book(ledger.take_back, ada, 10, "refund", "order 1", "refund:1")
    with pytest.raises(KeyConflict):
        book(ledger.take_back, ada, 11, "refund", "order 1", "refund:1")
    assert state(ada) == (20, 0, 0)


@pytest.mark.parametrize("amount", [0, -1])
def test_nothing_is_no_movement(ada: int, amount: int) -> None:
    with pytest.raises(ValueError, match="cannot be moved"):
        credit(ada, amount)


def test_an_unknown_kind_is_refused(ada: int) -> None:
    with pytest.raises(ValueError, match="gift"):
        credit(ada, 1, kind="gift")


@pytest.mark.parametrize("name", ["user:nobody", "tips", "bank:ada"])
def test_an_account_that_is_nobodys_is_not_opened(ada: int, name: str) -> None:
    with pytest.raises(LookupError):
        book(ledger.post, Movement("grants", name, 1, "grant", "", "key"))


def test_aura_moves_through_no_other_door(ada: int) -> None:
    with pytest.raises(RuntimeError, match=r"db\.money"), db.write() as session:
        ledger.credit(session, ada, 1, "grant", "", "key")


def test_money_is_on_disk_when_the_transaction_ends(database: None) -> None:
    asked = "PRAGMA synchronous" if db.is_sqlite else "SHOW synchronous_commit"
    with db.money() as session:
        assert session.scalar(text(asked)) == (2 if db.is_sqlite else "on")  # 2: FULL
    if db.is_sqlite:
        with db.write() as session:
            assert session.scalar(text(asked)) == 1


def test_entries_never_go_back_in_time(ada: int, monkeypatch: pytest.MonkeyPatch) -> None:
    first = credit(ada, 1, "a")
    monkeypatch.setattr("soundbox.aura.models.now_ms", lambda: first.created_ms - 5000)
    assert credit(ada, 1, "b").created_ms == first.created_ms


REFUSED = {
    "an entry is changed": "UPDATE aura_entries SET amount = 1000",
    "an entry is deleted": "DELETE FROM aura_entries",
    "an entry is put in place of another": (
        "INSERT INTO aura_entries SELECT number, debit, credit, 99, kind, reference, key, created_ms, previous, hash "
        "FROM aura_entries WHERE number = 1"
    ),
    "an entry skips a number": (
        "INSERT INTO aura_entries SELECT 9, debit, credit, 99, kind, reference, 'new', created_ms, hash, hash "
        "FROM aura_entries WHERE number = 1"
    ),
    "an entry follows another hash than the last": (
        "INSERT INTO aura_entries SELECT 2, debit, credit, 99, kind, reference, 'new', created_ms, previous, hash "
        "FROM aura_entries WHERE number = 1"
    ),
    "an entry of nothing": (
        "INSERT INTO aura_entries SELECT 2, debit, credit, 0, kind, reference, 'new', created_ms, hash, hash "
        "FROM aura_entries WHERE number = 1"
    ),
    "an entry to itself": (
        "INSERT INTO aura_entries SELECT 2, debit, debit, 9, kind, reference, 'new', created_ms, hash, hash "
        "FROM aura_entries WHERE number = 1"
    ),
    "a balance below nothing": "UPDATE aura_accounts SET balance = -1 WHERE name LIKE 'user:%'",
    "a spent balance below nothing": "UPDATE aura_accounts SET balance = -1 WHERE name = 'spent'",
    "an account is deleted": "DELETE FROM aura_accounts",
    "an account is renamed": "UPDATE aura_accounts SET name = 'user:other' WHERE name LIKE 'user:%'",
    "the head is deleted": "DELETE FROM aura_head",
}
ON_SQLITE = {"replaced": REFUSED["an entry is put in place of another"].replace("INSERT", "INSERT OR REPLACE")}
ON_POSTGRESQL = {
    f"{table} is emptied": f"TRUNCATE {table} CASCADE" for table in ("aura_entries", "aura_accounts", "aura_head")
}


@pytest.mark.parametrize("statement", [*REFUSED.values(), *ON_SQLITE.values(), *ON_POSTGRESQL.values()])
def test_the_database_itself_refuses(ada: int, statement: str) -> None:
    if statement in (ON_POSTGRESQL if db.is_sqlite else ON_SQLITE).values():
        return  # words of the other database
    credit(ada, 30)
    book(ledger.hold, ada, 1, "job")
    book(ledger.capture, "job")
    before = everything()
    with pytest.raises(DBAPIError), db.write() as session:
        session.execute(text(statement))
    assert everything() == before


def everything() -> list[tuple[Any, ...]]:
    tables = ("aura_entries", "aura_accounts", "aura_head")
    with db.read() as session:
        return [tuple(row) for table in tables for row in session.execute(text(f"SELECT * FROM {table} ORDER BY 1"))]


def test_an_account_is_a_persons_by_the_id_that_nobody_else_ever_gets(ada: int) -> None:
    credit(ada, 30)
    with db.read() as session:
        account = session.scalars(select(Account).where(Account.user_id == ada)).one()
        assert account.name == f"user:{session.get_one(User, ada).public_id}"
