"""`soundbox aura verify` and `soundbox user add --aura`."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select, text

from soundbox.accounts.models import User
from soundbox.aura import ledger
from soundbox.aura.models import Entry
from soundbox.cli import main
from soundbox.extensions import Base, db


@pytest.fixture
def instance(tmp_path: Path, blank_url: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """With nothing in its database; the commands bring the schema."""
    monkeypatch.setenv("SOUNDBOX_DATABASE", blank_url)
    db.bind(blank_url)
    empty()
    yield tmp_path / "instance"
    db.bind(blank_url)
    empty()
    db.close()


def empty() -> None:
    Base.metadata.drop_all(db.engine)
    with db.write() as session:
        session.execute(text("DROP TABLE IF EXISTS alembic_version"))


def run(instance: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--instance", str(instance)])


def test_a_member_begins_with_the_aura_that_is_given(instance: Path) -> None:
    made = run(instance, "user", "add", "ada", "--tier", "supporter", "--aura", "40")
    assert made.exit_code == 0 and made.stdout.splitlines()[-1].startswith("sbx_")
    with db.read() as session:
        assert ledger.balance(session, User.named(session, "ada").id) == 40
        assert session.scalars(select(Entry.kind)).all() == ["grant"]


def test_without_a_word_nothing_is_given(instance: Path) -> None:
    run(instance, "user", "add", "ada")
    with db.read() as session:
        assert session.scalar(select(Entry)) is None


def test_less_than_nothing_cannot_be_given(instance: Path) -> None:
    assert run(instance, "user", "add", "ada", "--aura", "-1").exit_code == 2


def test_a_ledger_in_order_exits_0_and_says_its_head(instance: Path) -> None:
    run(instance, "user", "add", "ada", "--aura", "40")
    checked = run(instance, "aura", "verify")
    with db.read() as session:
        head = session.scalars(select(Entry.hash)).one()
    assert checked.exit_code == 0
    assert checked.stdout == f"1 entries, 0 Aura held for 0 jobs, head {head}\nThe ledger is in order.\n"


def test_a_fault_exits_1_and_says_which_entry(instance: Path) -> None:
    run(instance, "user", "add", "ada", "--aura", "40")
    with db.write() as session:
        off = "DROP TRIGGER aura_entries_keep" + ("" if db.is_sqlite else " ON aura_entries")
        session.execute(text(off))
        session.execute(text("UPDATE aura_entries SET amount = 41"))
    checked = run(instance, "aura", "verify")
    assert checked.exit_code == 1
    assert "Entry 1 was changed" in checked.stdout and "add up to 41" in checked.stdout


def test_aura_that_is_held_for_no_job_is_a_fault(instance: Path) -> None:
    run(instance, "user", "add", "ada", "--aura", "40")
    with db.money() as session:
        ledger.hold(session, User.named(session, "ada").id, 3, "a job that is not there")
    checked = run(instance, "aura", "verify")
    assert (
        checked.exit_code == 1 and "3 Aura are held for a job that is not there, which has no skip." in checked.stdout
    )
