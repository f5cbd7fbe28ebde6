"""An instance that speaks every dialect, in both modes, on the database that each mostly has."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from soundbox.app import create_app
from soundbox.config import DIALECTS, Config
from tests.conftest import postgres_answers
from tests.documents.reading import FOLDER
from tests.working import Working


@pytest.fixture(params=["open", "accounts"])
def mode(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def database_url(mode: str, request: pytest.FixtureRequest) -> str:
    name = "postgres_url" if mode == "accounts" and postgres_answers() else "sqlite_url"
    return str(request.getfixturevalue(name))


@pytest.fixture
def app(mode: str, config: Config, database: None) -> Flask:
    given = {"worker": "none", "mode": mode, "dialects": ",".join(DIALECTS)}
    return create_app(Config.load(config.instance, database=config.database, **given))


@pytest.fixture
def working(app: Flask) -> Iterator[Working]:
    worker = Working(app)
    yield worker
    worker.stop()


@pytest.fixture(scope="session")
def document_000() -> str:
    (path,) = FOLDER.glob("000_*.txt")
    return path.read_text()
