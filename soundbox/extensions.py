"""Shared machinery, made here and bound in `create_app` or by a command."""

from __future__ import annotations

import fcntl
import json
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask_limiter import Limiter
from pydantic_core import from_json
from sqlalchemy import Engine, MetaData, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import DeclarativeBase, Session

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

RESTED_SECONDS = 5.0
# As many connections are kept as a site has threads by default: one more is made anew for each use.
POOL: dict[str, Any] = {"pool_size": 16, "max_overflow": 32}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)


class Turn:
    """Whose turn it is to write: one thread of one process of all that share a file.

    SQLite itself makes writers wait by looking again after ever longer pauses, up to 100 ms; here the system wakes the
    next one. It is only for speed: whoever does not take a turn still meets SQLite's own lock.
    """

    def __init__(self) -> None:
        self._threads = threading.Lock()
        self._file: int | None = None

    def bind(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def __enter__(self) -> None:
        self._threads.acquire()
        try:
            if self._file is not None:
                fcntl.lockf(self._file, fcntl.LOCK_EX)
        except BaseException:
            self._threads.release()
            raise

    def __exit__(self, *_: object) -> None:
        try:
            if self._file is not None:
                fcntl.lockf(self._file, fcntl.LOCK_UN)
        finally:
            self._threads.release()


class Database:
    """One database, two doors: `read()` sees a snapshot, `write()` is a short transaction around one verb; and
    `glance()`, for one query alone.

    On SQLite a write begins with BEGIN IMMEDIATE, when it is its turn: the default deferred BEGIN lets two transactions
    read, then both fail to become writers.
    """

    def __init__(self) -> None:
        self._engine: Engine | None = None
        self._glancing: Engine | None = None
        self._writing: Engine | None = None
        self._turn = Turn()

    def bind(self, url: str) -> None:
        self.close()
        self._engine = _sqlite(url) if url.startswith("sqlite") else _postgresql(url)
        if self.is_sqlite and (path := self._engine.url.database):
            self._turn.bind(Path(f"{path}-turn"))
        glance = {"soundbox_begin": ""} if self.is_sqlite else {"isolation_level": "AUTOCOMMIT"}
        self._glancing = self._engine.execution_options(**glance)
        self._writing = self._engine.execution_options(soundbox_begin="BEGIN IMMEDIATE")

    @property
    def engine(self) -> Engine:
        if self._engine is None:
            raise RuntimeError("The database is not bound yet: call db.bind(url) first.")
        return self._engine

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def read(self) -> Iterator[Session]:
        with Session(self.engine, expire_on_commit=False, autoflush=False) as session:
            yield session

    @contextmanager
    def glance(self) -> Iterator[Session]:
        """For one query alone, as every request begins with: no transaction is begun and ended around it."""
        with Session(self._glancing, expire_on_commit=False, autoflush=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        if not self.is_sqlite:
            with Session(self.engine, expire_on_commit=False) as session, session.begin():
                yield session
            return
        with self._turn, Session(self._writing, expire_on_commit=False) as session, session.begin():
            session.connection()  # takes SQLite's write lock now, not at the first change
            yield session

    def checkpoint(self) -> None:
        """Move what SQLite's log holds into the database file, without making anybody wait."""
        if self.is_sqlite:
            with self.engine.connect().execution_options(soundbox_begin=None) as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")

    def close(self) -> None:
        if self._engine is not None:
            self._engine.dispose()
            self._turn.close()
            self._engine = self._glancing = self._writing = None


def _postgresql(url: str) -> Engine:
    """Connections that nobody used for a while are tried before they are used; asking each time costs two journeys."""
    engine = create_engine(url, json_serializer=_compact, json_deserializer=from_json, **POOL)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        """No compiling: it takes longer than any of our queries."""
        connection.autocommit = True
        connection.execute("SET jit = off")
        connection.autocommit = False

    @event.listens_for(engine, "checkin")
    def remember(_connection: Any, record: Any) -> None:
        record.info["returned"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def try_rested(connection: Any, record: Any, _proxy: Any) -> None:
        if time.monotonic() - record.info.get("returned", time.monotonic()) > RESTED_SECONDS:
            try:
                engine.dialect.do_ping(connection)
            except engine.dialect.loaded_dbapi.Error as error:
                raise DisconnectionError from error  # the pool makes a new one and goes on

    return engine


class _HintedCompiler(SQLiteCompiler):
    """`Select.with_hint(table, "INDEXED BY ...", "sqlite")`, which SQLAlchemy leaves out on SQLite."""

    def get_from_hint_text(self, table: Any, text: str | None) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        return text


def _sqlite(url: str) -> Engine:
    connect = {"timeout": 30, "check_same_thread": False}
    engine = create_engine(url, connect_args=connect, json_serializer=_compact, json_deserializer=from_json, **POOL)
    engine.dialect.statement_compiler = _HintedCompiler

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver must not begin transactions by itself: `begin` below does
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "wal_autocheckpoint=10000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        statement = connection.get_execution_options().get("soundbox_begin", "BEGIN")
        if statement:
            connection.exec_driver_sql(statement)

    return engine


def _compact(value: Any) -> str:
    """JSON as columns hold it: without blanks two tracks fit into a page where one did."""
    return json.dumps(value, separators=(",", ":"))


def insert_new(session: Session, table: type[Base], **values: Any) -> None:
    """Add a row unless a unique one of its kind is there. On PostgreSQL this waits for whoever inserts the same now."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    session.execute(insert(table).values(**values).on_conflict_do_nothing())


def principal_key() -> str:
    """Whom a rate limit counts: bound by accounts, so that limits follow people and not only addresses."""
    from flask import g, request

    return g.get("limit_key") or request.remote_addr or "nobody"


db = Database()
limiter = Limiter(principal_key, headers_enabled=True)
