"""Many rows at once, by the fastest way each database has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy.orm import Session

from soundbox.extensions import db

CACHE_KB = 512_000  # while rows come in, the leaves of every index are wanted again and again
SAMPLED_ROWS = 1000  # of each index, for ANALYZE on SQLite


def insert_rows(session: Session, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Rows as the database stores them: JSON is text already. COPY on PostgreSQL."""
    names = ", ".join(f'"{column}"' for column in columns)
    driver: Any = session.connection().connection.driver_connection
    if is_sqlite(session):
        places = ", ".join("?" * len(columns))
        driver.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)  # noqa: S608 - names of our own
        return
    with driver.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def next_numbers(session: Session, count: int) -> Sequence[int]:
    """Numbers for so many tracks, in ascending order; nobody else gets them."""
    if is_sqlite(session):
        first = session.connection().exec_driver_sql("SELECT coalesce(max(number), 0) + 1 FROM tracks").scalar_one()
        return range(first, first + count)
    drawn = session.connection().exec_driver_sql(
        "SELECT nextval(pg_get_serial_sequence('tracks', 'number')) FROM generate_series(1, %s)", (count,)
    )
    return sorted(drawn.scalars())


@contextmanager
def bulk_load() -> Iterator[None]:
    """Around all of it: the text index of PostgreSQL gathers new words and sorts them in together; in the end the
    planners learn what there is."""
    _set_fast_update("on")
    try:
        yield
    finally:
        _set_fast_update("off")
        _learn()


def _learn() -> None:
    """VACUUM also notes which pages everybody may see: only then does PostgreSQL read lists from indexes alone."""
    if db.is_sqlite:
        with db.write() as session:
            session.connection().exec_driver_sql(f"PRAGMA analysis_limit = {SAMPLED_ROWS}")
            session.connection().exec_driver_sql("ANALYZE")
        return
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM (ANALYZE) tracks, track_texts, track_categories, tallies, users")


def _set_fast_update(switch: str) -> None:
    if not db.is_sqlite:
        with db.write() as session:
            session.connection().exec_driver_sql(f"ALTER INDEX track_words SET (fastupdate = {switch})")


def enlarge_cache(session: Session) -> None:
    if is_sqlite(session):
        session.connection().exec_driver_sql(f"PRAGMA cache_size = -{CACHE_KB}")


def is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"
