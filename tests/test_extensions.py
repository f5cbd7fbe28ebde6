"""The doors of the database."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from soundbox import extensions
from soundbox.extensions import Database

END_THE_OTHERS = """
    SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
    WHERE application_name = 'rested' AND pid <> pg_backend_pid()
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
