"""Shared machinery, made here and bound in `create_app` or by a command."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from flask_limiter import ApplicationLimit, Limiter
from pydantic_core import from_json
from sqlalchemy import Engine, MetaData, create_engine, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.exc import DisconnectionError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Session

from .turn import Turn

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

UNBOUND = "The database is not bound yet: call db.bind(url) first."
MONEY = {"may_move_money": True}  # what a session of `money()` is known by
WAIT_FOR_THE_DISK = (  # where the server's own default would not
    "SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off'"
)
RESTED_SECONDS = 5.0
CHECKPOINT = "PRAGMA wal_checkpoint(PASSIVE)"
LONG_LOG_PAGES = 2_500  # 10 MB
SQLITES_OWN_PAGES = 10_000  # so long a log SQLite moves by itself, within whichever write made it so
IMMEDIATELY = {"soundbox_begin": "BEGIN IMMEDIATE"}  # on SQLite: takes the write lock at once
DEADLOCK = "40P01"  # in PostgreSQL's words
MOST_DEADLOCKS = 3
Result = TypeVar("Result")
# As many connections are kept as a site has threads by default: one more is made anew for each use.
POOL: dict[str, Any] = {
    "pool_size": 16,
    "max_overflow": 32,
    "hide_parameters": True,  # no error tells the log what a statement was given: addresses, hashes, prompts
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)


class Database:
    """One database, three doors: `read()` sees a snapshot, `write()` is a short transaction around one verb, `money()`
    is a write that survives a power cut; and `glance()`, for one query alone.

    On SQLite a write begins with BEGIN IMMEDIATE, when it is its turn: the default deferred BEGIN lets two transactions
    read, then both fail to become writers.
    """

    def __init__(self) -> None:
        self._engine: Engine | None = None
        self._glancing: Engine | None = None
        self._writing: Engine | None = None
        self._paying: Engine | None = None
        self._turn = Turn()

    def bind(self, url: str) -> None:
        self.close()
        self._engine = _sqlite(url) if url.startswith("sqlite") else _postgresql(url)
        if self.is_sqlite and (path := self._engine.url.database):
            self._turn.bind(Path(f"{path}-turn"))
        glance = {"soundbox_begin": ""} if self.is_sqlite else {"isolation_level": "AUTOCOMMIT"}
        self._glancing = self._engine.execution_options(**glance)
        self._writing = self._engine.execution_options(**IMMEDIATELY)
        payable = _sqlite(url, synchronous="FULL") if self.is_sqlite else self._engine
        self._paying = payable.execution_options(**IMMEDIATELY)

    @property
    def engine(self) -> Engine:
        if self._engine is None:
            raise RuntimeError(UNBOUND)
        return self._engine

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def read(self) -> Iterator[Session]:
        with Session(self.engine, expire_on_commit=False, autoflush=False) as session:
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """`read()` for many queries that must all see one moment, as SQLite's always do."""
        with self.read() as session:
            if not self.is_sqlite:
                session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            yield session

    @contextmanager
    def glance(self) -> Iterator[Session]:
        """For one query alone, as every request begins with: no transaction is begun and ended around it."""
        with Session(self._glancing, expire_on_commit=False, autoflush=False) as session:
            yield session

    def despite_deadlocks(self, verb: Callable[[], Result]) -> Result:
        """A verb that holds many rows, with its own `write`: PostgreSQL may end it to let somebody else go on."""
        for _ in range(MOST_DEADLOCKS):
            try:
                return verb()
            except OperationalError as error:
                if getattr(error.orig, "sqlstate", None) != DEADLOCK:
                    raise
        return verb()

    @contextmanager
    def write(self) -> Iterator[Session]:
        if not self.is_sqlite:
            with Session(self.engine, expire_on_commit=False) as session, session.begin():
                yield session
            return
        with self._turn, Session(self._writing, expire_on_commit=False) as session, session.begin():
            session.connection()  # takes SQLite's write lock now, not at the first change
            yield session

    @contextmanager
    def money(self) -> Iterator[Session]:
        """A write that moves Aura, and whatever must be true together with it: a job's place, its end, an order.

        What was bought must still be bought after a power cut, so this commit has reached the disk when it returns.
        SQLite's other connections write with synchronous=NORMAL, which may lose the last commits (never half of one);
        the setting belongs to a connection and cannot change inside a transaction, so this door has connections of
        its own. The ledger refuses to write through any other door.
        """
        if not self.is_sqlite:
            with Session(self.engine, expire_on_commit=False, info=MONEY) as session, session.begin():
                session.execute(text(WAIT_FOR_THE_DISK))
                yield session
            return
        with self._turn, Session(self._paying, expire_on_commit=False, info=MONEY) as session, session.begin():
            session.connection()
            yield session

    def checkpoint(self) -> None:
        """Move what SQLite's log holds into the database file, while others read and write.

        A log that has grown long must be moved to its end once while nobody adds to it, or it never begins anew: the
        writers wait for that last little.
        """
        if not self.is_sqlite:
            return
        with self.engine.connect().execution_options(soundbox_begin=None) as connection:
            _, pages, _ = connection.exec_driver_sql(CHECKPOINT).one()
            if pages > LONG_LOG_PAGES:
                with self._turn:
                    connection.exec_driver_sql(CHECKPOINT).one()

    def close(self) -> None:
        if self._engine is not None:
            self._engine.dispose()
            if self._paying is not None:
                self._paying.dispose()
            self._turn.close()
            self._engine = self._glancing = self._writing = self._paying = None


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


def _sqlite(url: str, synchronous: str = "NORMAL") -> Engine:
    connect = {"timeout": 30, "check_same_thread": False}
    engine = create_engine(url, connect_args=connect, json_serializer=_compact, json_deserializer=from_json, **POOL)
    engine.dialect.statement_compiler = _HintedCompiler
    pragmas = {"journal_mode": "WAL", "synchronous": synchronous, "foreign_keys": "ON"}
    pragmas["wal_autocheckpoint"] = str(SQLITES_OWN_PAGES)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver must not begin transactions by itself: `begin` below does
        for name, value in pragmas.items():
            connection.execute(f"PRAGMA {name}={value}")

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


def require_money(session: Session) -> None:
    """Raises `RuntimeError` unless this transaction is one of `Database.money()`."""
    if not session.info.get("may_move_money"):
        raise RuntimeError("Aura moves, and jobs end, only in a transaction of db.money().")


def principal_key() -> str:
    """Whom a rate limit counts: bound by accounts, so that limits follow people and not only addresses."""
    from flask import g, request

    return g.get("limit_key") or request.remote_addr or "nobody"


def _reads_a_minute() -> str:
    from flask import current_app

    return f"{current_app.config['SOUNDBOX'].reads_a_minute}/minute"


def _reads_freely() -> bool:
    """Where the operator set no limit."""
    from flask import current_app

    return not current_app.config["SOUNDBOX"].reads_a_minute


db = Database()
# Headers are `web/quotas.py`'s. Without its storage the limiter counts in memory until that is back.
limiter = Limiter(
    principal_key,
    headers_enabled=False,
    in_memory_fallback_enabled=True,
    application_limits=[
        ApplicationLimit(_reads_a_minute, scope="reads", methods=["GET", "HEAD"], exempt_when=_reads_freely)
    ],
)


@limiter.request_filter
def is_the_owner() -> bool:
    """Nobody is limited on an open instance, but for sessions that another document keeps apart and limits."""
    from flask import current_app, g

    return current_app.config["SOUNDBOX"].is_open and g.get("limit_key", "owner") == "owner"
