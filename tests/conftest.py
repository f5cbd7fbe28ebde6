"""What every test may ask for: a database of each kind, an instance folder, a client."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import psycopg
import pytest
import redis
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import make_url

from soundbox.accounts.models import ApiToken, User
from soundbox.app import create_app
from soundbox.config import DIALECTS, Config
from soundbox.extensions import Base, db
from tests.sparing import make_sites_fast

make_sites_fast()
POSTGRES = os.environ.get("SOUNDBOX_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1:5432/test")
REDIS = os.environ.get("SOUNDBOX_TEST_REDIS", "redis://127.0.0.1:6379")


def lacking(reason: str) -> NoReturn:
    """This machine cannot run the test: it is skipped, or fails where everything is demanded."""
    if os.environ.get("SOUNDBOX_TEST_DEMAND") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def postgres_answers() -> bool:
    try:
        psycopg.connect(POSTGRES.replace("+psycopg", ""), connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


@pytest.fixture(scope="session")
def blank_postgres_url() -> Iterator[str]:
    """A schema of its own for this run, removed afterwards."""
    if not postgres_answers():
        lacking(f"no PostgreSQL answers at {POSTGRES}; set SOUNDBOX_TEST_POSTGRES")
    with schema() as url:
        yield url


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The same, with every table in it: making them takes longer than most tests."""
    if not postgres_answers():
        lacking(f"no PostgreSQL answers at {POSTGRES}; set SOUNDBOX_TEST_POSTGRES")
    with schema() as url:
        db.bind(url)
        Base.metadata.create_all(db.engine)
        db.close()
        yield url


@contextmanager
def schema() -> Iterator[str]:
    name, plain = f"test_{uuid.uuid4().hex[:12]}", POSTGRES.replace("+psycopg", "")
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
    yield f"{POSTGRES}{'&' if '?' in POSTGRES else '?'}options=-csearch_path%3D{name}"
    db.close()
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f"DROP SCHEMA {name} CASCADE")


@pytest.fixture
def redis_url() -> str:
    """Where a Redis answers; what tests count there lies under keys of their own instance."""
    try:
        redis.Redis.from_url(REDIS, socket_connect_timeout=3).ping()
    except redis.RedisError:
        lacking(f"no Redis answers at {REDIS}; set SOUNDBOX_TEST_REDIS")
    return REDIS


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with every table in it, to be copied."""
    path = tmp_path_factory.mktemp("empty") / "soundbox.sqlite3"
    db.bind(f"sqlite:///{path}")
    Base.metadata.create_all(db.engine)
    db.close()
    return path


@pytest.fixture(scope="session")
def sqlite_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Of one file after the other."""
    return f"sqlite:///{tmp_path_factory.mktemp('database') / 'soundbox.sqlite3'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    if request.param == "sqlite":
        return str(request.getfixturevalue("sqlite_url"))
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def blank_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'soundbox.sqlite3'}"
    url: str = request.getfixturevalue("blank_postgres_url")
    return url


@pytest.fixture
def database(database_url: str, request: pytest.FixtureRequest) -> Iterator[None]:
    """The bound `db` with empty tables."""
    if database_url.startswith("sqlite"):
        replace_sqlite(Path(make_url(database_url).database or ""), request.getfixturevalue("empty_sqlite"))
    db.bind(database_url)
    if not db.is_sqlite:
        empty_tables()
    yield
    db.close()


def replace_sqlite(path: Path, empty: Path) -> None:
    for old in path.parent.glob(f"{path.name}*"):  # its log and its locks go with it
        old.unlink()
    shutil.copy(empty, path)


@pytest.fixture
def own_tables(blank_url: str) -> Iterator[None]:
    """The bound `db` with tables of this test alone, which may spoil them."""
    db.bind(blank_url)
    Base.metadata.create_all(db.engine)
    yield
    Base.metadata.drop_all(db.engine)
    db.close()


def empty_tables() -> None:
    """Rows go and numbers begin anew, on PostgreSQL; past the guards of what is otherwise only added to."""
    deletes = "; ".join(f"DELETE FROM {table.name}" for table in Base.metadata.sorted_tables)
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"SET session_replication_role = replica; {deletes}")
        connection.exec_driver_sql("SET session_replication_role = origin")
        connection.exec_driver_sql(BEGIN_ANEW)
        for table in connection.exec_driver_sql(GROWN).scalars().all():
            connection.exec_driver_sql(f"VACUUM {table}")


BEGIN_ANEW = """
    SELECT setval(oid::regclass, 1, false) FROM pg_class
    WHERE relkind = 'S' AND relnamespace = current_schema()::regnamespace
"""
GROWN = """
    SELECT relname FROM pg_class
    WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace AND pg_relation_size(oid) > 1000000
"""


@pytest.fixture
def config(tmp_path: Path, database_url: str) -> Config:
    return Config.load(tmp_path / "instance", database=database_url, worker="none")


@pytest.fixture
def open_app(config: Config, database: None) -> Flask:
    """The site of one person: every caller is the owner."""
    return create_app(config)


@pytest.fixture
def public_app(config: Config, database: None) -> Flask:
    """The public site: people are members or guests, and every dialect is spoken."""
    given = {"worker": "none", "mode": "accounts", "dialects": ",".join(DIALECTS)}
    return create_app(Config.load(config.instance, database=config.database, **given))


@pytest.fixture
def owner(open_app: Flask) -> FlaskClient:
    return open_app.test_client()


@pytest.fixture
def nobody(public_app: Flask) -> FlaskClient:
    """A visitor without account and cookie."""
    return public_app.test_client()


@pytest.fixture
def cast(public_app: Flask) -> dict[str, FlaskClient]:
    """ada (free), ben (creator), cleo (admin), dov (a free stranger), each with a bearer token."""
    return {name: member(public_app, name, tier, is_admin=name == "cleo") for name, tier in CAST.items()}


CAST = {"ada": "free", "ben": "creator", "cleo": "free", "dov": "free"}


def member(app: Flask, name: str, tier: str, *, is_admin: bool = False) -> FlaskClient:
    with db.write() as session:
        token = ApiToken.issue(session, User.add_member(session, name, tier, is_admin=is_admin))
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return client
