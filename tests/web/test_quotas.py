"""How much somebody may still ask for, and that every answer says so."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from soundbox.app import create_app
from soundbox.config import Config
from soundbox.extensions import limiter
from tests.conftest import member

NO_JOB = f"/api/queue/{'f' * 32}/cancel"
COUNTED = {"memory": "memory://", "redis": None}


@pytest.fixture(params=COUNTED)
def counted_at(request: pytest.FixtureRequest) -> str:
    return COUNTED[request.param] or request.getfixturevalue("redis_url")


@pytest.fixture
def site(config: Config, database: None, counted_at: str) -> Flask:
    """Where anybody may read three times a minute."""
    given = {"database": config.database, "worker": "none", "mode": "accounts"}
    return create_app(Config.load(config.instance, **given, reads_a_minute=3, rate_limit_storage=counted_at))


def left(answer) -> dict[str, int]:
    return {name: int(count) for name, count in re.findall(r'"([^"]+)";r=(\d+)', answer.headers["RateLimit"])}


def test_reads_count_down_and_are_refused_in_words(site: Flask) -> None:
    client = site.test_client()
    answers = [client.get("/queue-status") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert [left(answer) for answer in answers] == [{"reads/minute": n} for n in (2, 1, 0, 0)]
    assert answers[0].headers["RateLimit-Policy"] == '"reads/minute";q=3;w=60'
    assert answers[3].json == {"error": "Rate limit exceeded"}
    assert 0 < int(answers[3].headers["Retry-After"]) <= 60
    assert re.fullmatch(r'"reads/minute";r=2;t=\d+', answers[0].headers["RateLimit"])


def test_people_are_counted_and_not_their_addresses(site: Flask) -> None:
    ada, ben = member(site, "ada", "free"), member(site, "ben", "free")
    assert [ada.get("/queue-status").status_code for _ in range(4)][-1] == 429
    assert ben.get("/queue-status").status_code == 200
    assert site.test_client().get("/queue-status").status_code == 200


def test_what_is_alive_and_what_never_changes_is_read_freely(site: Flask) -> None:
    client = site.test_client()
    for path, status in (("/health", 200), ("/audio/nothing.wav", 404), ("/static/icons/mark.svg", 200)):
        assert {client.get(path).status_code for _ in range(5)} == {status}


def test_each_limit_has_its_name_and_window(nobody: FlaskClient) -> None:
    answer = nobody.post(NO_JOB)
    assert answer.headers["RateLimit-Policy"] == '"jobs.cancel/hour";q=60;w=3600'
    assert left(answer) == {"jobs.cancel/hour": 59}


def test_a_reader_has_1200_a_minute(nobody: FlaskClient) -> None:
    assert "q=1200;w=60" in nobody.get("/queue-status").headers["RateLimit-Policy"]


def test_the_owner_of_an_open_instance_is_told_of_no_limits(owner: FlaskClient) -> None:
    assert "RateLimit" not in owner.get("/queue-status").headers and "RateLimit" not in owner.post(NO_JOB).headers


def test_without_its_redis_the_limits_are_counted_in_memory(
    config: Config, database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limiter, "_storage_dead", False)  # what it finds out here is not true of other tests
    nowhere = {"mode": "accounts", "reads_a_minute": 3, "rate_limit_storage": "redis://127.0.0.1:1"}
    client = create_app(Config.load(config.instance, database=config.database, worker="none", **nowhere)).test_client()
    assert [client.get("/queue-status").status_code for _ in range(4)] == [200, 200, 200, 429]


def test_two_processes_share_what_redis_counts(config: Config, database: None, redis_url: str) -> None:
    given = {"mode": "accounts", "reads_a_minute": 3, "rate_limit_storage": redis_url}
    for statuses in ([200, 200], [200, 429]):
        app = create_app(Config.load(config.instance, database=config.database, worker="none", **given))
        assert [app.test_client().get("/queue-status").status_code for _ in range(2)] == statuses
    limiter.reset()
