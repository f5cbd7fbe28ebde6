"""The two ways in which every documented example must work."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from soundbox.accounts.models import ApiToken, User
from soundbox.app import create_app
from soundbox.config import Config
from soundbox.extensions import db
from tests.conftest import postgres_answers
from tests.making import make_track
from tests.working import Working


class Site:
    """An instance and somebody who uses it without cookies: by address alone, or by a token."""

    def __init__(self, app: Flask, token: str, maker: str | None) -> None:
        self.app, self.token, self.maker = app, token, maker
        self.client = app.test_client(use_cookies=False)
        self.working = Working(app)

    def ask(self, method: str, path: str, **rest: Any) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.token}", **rest.pop("headers", {})} if self.token else {}
        return self.client.open(path, method=method, headers=headers, **rest)

    def get(self, path: str) -> Any:
        answer = self.ask("GET", path)
        assert answer.status_code == 200, answer.text
        return answer.json

    def generate(self, **body: Any) -> str:
        answer = self.ask("POST", "/generate", json={"prompt": "thunder", "model": "audio", "duration": 1, **body})
        assert answer.status_code == 201, answer.text
        return str(answer.json["job_id"])

    def track(self, **facts: Any) -> str:
        return make_track(self.app, self.maker, **facts)


@pytest.fixture(params=["open", "accounts"])
def mode(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def database_url(mode: str, request: pytest.FixtureRequest) -> str:
    """Each mode on the database that it mostly has."""
    if mode == "accounts" and postgres_answers():
        url: str = request.getfixturevalue("postgres_url")
        return url
    return str(request.getfixturevalue("sqlite_url"))


@pytest.fixture
def site(mode: str, config: Config, database: None) -> Iterator[Site]:
    app = create_app(Config.load(config.instance, database=config.database, worker="none", mode=mode))
    if mode == "open":
        made = Site(app, "", None)
    else:
        with db.write() as session:
            made = Site(app, ApiToken.issue(session, User.add_member(session, "ada", "supporter")), "ada")
    yield made
    made.working.stop()
