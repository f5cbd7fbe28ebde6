"""No list, search, count or pick reads the table of tracks from one end to the other."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from soundbox.bench.library import all_reads
from soundbox.clock import now_ms
from soundbox.deploy import bulk, seeding
from soundbox.extensions import db
from soundbox.tracks import totals
from tests.making import make_track

TRACKS = 3000
WIDE = ("tracks", "track_texts")


@pytest.fixture
def library(open_app: Flask) -> None:
    made = [make_track(open_app), make_track(open_app, prompt="rain", kind="audio", seconds=30.0)]
    with bulk.bulk_load():
        seeding._add_copies(made, [1], TRACKS, random.Random(1), now_ms() - seeding.A_YEAR_MS)


@pytest.mark.parametrize("few", [0, 500, TRACKS])
def test_no_read_scans_the_tracks(library: None, monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    """With sequential scans switched off on PostgreSQL, whose own choice for so small a table they would be: what is
    left to it must be an index."""
    monkeypatch.setattr(totals, "FEW", few)
    monkeypatch.setattr(totals, "FEW_CARRIED", few // 4)
    with db.read() as session:
        reads = list(all_reads(session))
        for name, read in reads:
            for statement, parameters in statements_of(session, read):
                assert not scans(session, statement, parameters), f"{name}: {statement}"


def statements_of(session: Session, read: Callable[[Session], Any]) -> list[tuple[str, Any]]:
    seen: list[tuple[str, Any]] = []

    def keep(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        seen.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", keep)
    try:
        read(session)
    finally:
        event.remove(db.engine, "before_cursor_execute", keep)
    return [(statement, parameters) for statement, parameters in seen if statement.startswith("SELECT")]


def scans(session: Session, statement: str, parameters: Any) -> list[str]:
    if db.is_sqlite:
        return [line for line in plan(session, "EXPLAIN QUERY PLAN", statement, parameters) if reads_all(line)]
    session.connection().exec_driver_sql("SET LOCAL enable_seqscan = off")
    lines = plan(session, "EXPLAIN", statement, parameters)
    return [line for line in lines if any(f"Seq Scan on {table}" in line for table in WIDE)]


def reads_all(line: str) -> bool:
    """A walk along an index is a scan as well, but one that stops when the page is full."""
    return any(line.startswith(f"SCAN {table}") and "INDEX" not in line for table in WIDE)


def plan(session: Session, how: str, statement: str, parameters: Any) -> Iterator[str]:
    rows = session.connection().exec_driver_sql(f"{how} {statement}", parameters)
    return (str(row[-1]).strip() for row in rows.all())
