"""The doors of the database."""

from __future__ import annotations

import fcntl
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text

from soundbox import extensions
from soundbox.extensions import Database
from soundbox.turn import Turn

END_THE_OTHERS = """
    SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
    WHERE application_name = 'rested' AND pid <> pg_backend_pid()
"""


HOLDER = """
import pathlib, sys
from soundbox.turn import Turn
turn = Turn()
turn.bind(pathlib.Path(sys.argv[1]))
with turn:
    print("mine", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def rested(postgres_url: str) -> Database:
    database = Database()
    database.bind(f"{postgres_url}&application_name=rested")
    return database


def test_a_connection_that_died_while_it_rested_is_replaced(
    rested: Database, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extensions, "RESTED_SECONDS", -1.0)
    with rested.read() as session:
        before = session.scalar(text("SELECT pg_backend_pid()"))
    other = Database()
    other.bind(postgres_url)
    with other.read() as session:
        assert session.scalar(text(END_THE_OTHERS)) == 1
    with rested.read() as session:
        assert session.scalar(text("SELECT pg_backend_pid()")) != before
    other.close()
    rested.close()


def test_a_glance_begins_no_transaction(database: None) -> None:
    moment = "SELECT count(*) FROM users"
    with extensions.db.glance() as session:
        connection = session.connection().connection.dbapi_connection
        session.scalar(text(moment))
        is_idle = not connection.in_transaction if extensions.db.is_sqlite else connection.info.transaction_status == 0
        assert is_idle
    with extensions.db.write() as session:
        session.execute(text("DELETE FROM users"))
    with extensions.db.read() as session:
        assert session.scalar(text(moment)) == 0


def test_a_writer_waits_its_turn_and_a_killed_one_gives_it_away(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(tmp_path / "turn")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "mine\n"
        turn, written = Turn(), threading.Event()
        turn.bind(tmp_path / "turn")

        def write() -> None:
            with turn:
                written.set()

        writer = threading.Thread(target=write)
        writer.start()
        with pytest.raises(BlockingIOError), (tmp_path / "turn").open("r+b") as file:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        assert not written.is_set()
        holder.kill()
        writer.join(timeout=30)
    assert written.is_set()
    turn.close()


def test_sqlites_log_begins_anew_though_somebody_wrote_while_it_was_moved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extensions, "LONG_LOG_PAGES", 10)
    database = Database()
    database.bind(f"sqlite:///{tmp_path / 'one.sqlite3'}")

    def write(times: int) -> None:
        for _ in range(times):
            with database.write() as session:
                session.execute(text("INSERT INTO notes VALUES (zeroblob(8000))"))

    with database.write() as session:
        session.execute(text("CREATE TABLE notes (text BLOB)"))
    write(10)
    moved: list[str] = []

    @event.listens_for(database.engine, "after_cursor_execute")
    def somebody_writes(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement == extensions.CHECKPOINT:
            moved.append(statement)
            if len(moved) == 1:
                write(3)

    database.checkpoint()
    write(1)
    with database.engine.connect().execution_options(soundbox_begin="") as connection:
        pages = connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)").one()[1]
    assert pages < 10
    database.close()
