"""What every test may ask for: a database of each kind, an instance folder, a client."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import psycopg
import pytest
import redis
from flask import Flask
from flask.testing import FlaskClient

from soundbox.accounts.models import ApiToken, User
from soundbox.app import create_app
from soundbox.config import Config
from soundbox.extensions import Base, db

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
def postgres_url() -> Iterator[str]:
    """A schema of its own for this run, removed afterwards."""
    if not postgres_answers():
        lacking(f"no PostgreSQL answers at {POSTGRES}; set SOUNDBOX_TEST_POSTGRES")
    schema = f"test_{uuid.uuid4().hex[:12]}"
    plain = POSTGRES.replace("+psycopg", "")
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}")
    yield f"{POSTGRES}{'&' if '?' in POSTGRES else '?'}options=-csearch_path%3D{schema}"
    db.close()
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f"DROP SCHEMA {schema} CASCADE")


@pytest.fixture
def redis_url() -> str:
    """Where a Redis answers; what tests count there lies under keys of their own instance."""
    try:
        redis.Redis.from_url(REDIS, socket_connect_timeout=3).ping()
    except redis.RedisError:
        lacking(f"no Redis answers at {REDIS}; set SOUNDBOX_TEST_REDIS")
    return REDIS


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'soundbox.sqlite3'}"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def database(database_url: str) -> Iterator[None]:
    """The bound `db` with empty tables."""
    db.bind(database_url)
    Base.metadata.drop_all(db.engine)
    Base.metadata.create_all(db.engine)
    yield
    Base.metadata.drop_all(db.engine)
    db.close()


@pytest.fixture
def config(tmp_path: Path, database_url: str) -> Config:
    return Config.load(tmp_path / "instance", database=database_url, worker="none")


@pytest.fixture
def open_app(config: Config, database: None) -> Flask:
    """The site of one person: every caller is the owner."""
    return create_app(config)


@pytest.fixture
def public_app(config: Config, database: None) -> Flask:
    """The public site: people are members or guests."""
    return create_app(Config.load(config.instance, database=config.database, worker="none", mode="accounts"))


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
