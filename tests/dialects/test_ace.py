"""Document 001: every field, word, code and limit, for a program that keeps its cookie."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
import soundfile
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from soundbox.app import create_app
from soundbox.config import Config
from tests.dialects.failing import fail
from tests.documents.reading import missing
from tests.working import Working

ASKED = {"prompt": "A cheerful acoustic guitar melody", "duration": 30, "genre": "folk"}
MICROSECONDS = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}")


def ask(session: FlaskClient, **body: Any) -> TestResponse:
    return session.post("/api/generate", json={**ASKED, **body})


def job_of(session: FlaskClient, **body: Any) -> str:
    answer = ask(session, **body)
    assert answer.status_code == 202, answer.text
    return str(answer.json["job_id"])


@pytest.fixture
def session(app: Flask) -> FlaskClient:
    return app.test_client()


def test_a_request_is_accepted_with_the_documented_fields_and_a_cookie(session: FlaskClient) -> None:
    answer = ask(session)
    assert answer.status_code == 202
    assert missing({"job_id": "xYz123AbC456", "status": "queued", "estimated_wait": 30}, answer.json) == []
    assert answer.json["status"] == "queued" and answer.json["estimated_wait"] >= 0
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("session_id=") and "HttpOnly" in cookie and "Secure" not in cookie


def test_a_job_goes_from_queued_over_started_to_finished(session: FlaskClient, working: Working) -> None:
    job_id = job_of(session)
    queued = session.get(f"/api/jobs/{job_id}").json
    assert (queued["status"], "audio_url" in queued) == ("queued", False)
    assert all(MICROSECONDS.fullmatch(queued[name]) for name in ("created_at", "enqueued_at"))
    working.begin(job_id)
    assert session.get(f"/api/jobs/{job_id}").json["status"] == "started"
    working.finish(job_id)
    ended = session.get(f"/api/jobs/{job_id}").json
    assert (ended["status"], ended["audio_url"]) == ("finished", f"/api/audio/{job_id}")


def test_the_sound_is_a_stereo_wav_of_the_asked_length_at_48_khz(session: FlaskClient, working: Working) -> None:
    job_id = job_of(session)
    assert session.get(f"/api/audio/{job_id}").status_code == 404
    working.finish(job_id)
    answer = session.get(f"/api/audio/{job_id}")
    samples, rate = soundfile.read(io.BytesIO(answer.data))
    assert answer.headers["Content-Type"] == "audio/wav"
    assert (rate, samples.shape) == (48_000, (30 * 48_000, 2))


def test_a_failed_job_says_why(session: FlaskClient) -> None:
    job_id = job_of(session)
    fail(job_id, "The GPU ran out of memory")
    shown = session.get(f"/api/jobs/{job_id}").json
    assert (shown["status"], shown["error"], "audio_url" in shown) == ("failed", "The GPU ran out of memory", False)
    assert session.get(f"/api/audio/{job_id}").status_code == 404


def test_one_job_tells_one_story_through_every_door(session: FlaskClient, working: Working) -> None:
    job_id = job_of(session)
    told = {"begin": ("processing", "running", "started"), "finish": ("completed", "done", "finished")}
    for step, words in told.items():
        getattr(working, step)(job_id)
        paths = (f"/job/{job_id}", f"/api/v1/ghost/jobs/{job_id}", f"/api/jobs/{job_id}")
        assert tuple(session.get(path).json["status"] for path in paths) == words
        assert session.get(f"/job/{job_id}", headers={"Accept": "text/html"}).status_code == 200


def test_another_session_is_refused_and_an_unknown_job_not_found(app: Flask, session: FlaskClient) -> None:
    job_id, stranger = job_of(session), app.test_client()
    for path in (f"/api/jobs/{job_id}", f"/api/audio/{job_id}"):
        assert stranger.get(path).status_code == 403
    assert stranger.delete(f"/api/jobs/{job_id}").status_code == 403
    for path in ("/api/jobs/xYz123AbC456", "/api/audio/xYz123AbC456"):
        assert (session.get(path).status_code, session.get(path).json) == (404, {"detail": "Job not found"})
    assert session.delete("/api/jobs/xYz123AbC456").status_code == 404


def test_a_queued_job_is_cancelled_and_a_started_or_ended_one_is_not(session: FlaskClient, working: Working) -> None:
    first, second = job_of(session), job_of(session)
    assert (session.delete(f"/api/jobs/{second}").status_code, session.delete(f"/api/jobs/{second}").status_code) == (
        204,
        409,
    )
    cancelled = session.get(f"/api/jobs/{second}").json
    assert (cancelled["status"], cancelled["error"]) == ("failed", "Cancelled")
    working.begin(first)
    assert session.delete(f"/api/jobs/{first}").status_code == 409
    working.finish(first)
    assert session.delete(f"/api/jobs/{first}").status_code == 409


@pytest.mark.parametrize(
    "body",
    [
        {"prompt": ""},
        {"prompt": "   "},
        {"prompt": "a" * 501},
        {"prompt": 5},
        {"duration": 45},
        {"duration": "long"},
        {"duration": 30.5},
        {"duration": True},
    ],
    ids=str,
)
def test_a_body_that_breaks_the_rules_is_422_with_a_sentence(session: FlaskClient, body: dict[str, Any]) -> None:
    answer = ask(session, **body)
    assert answer.status_code == 422
    assert list(answer.json) == ["detail"] and len(answer.json["detail"]) > 10


@pytest.mark.parametrize("kind", ["application/json", "text/plain", ""])
@pytest.mark.parametrize("text", ["{", "[]", ""])
def test_what_is_no_json_object_is_422(session: FlaskClient, kind: str, text: str) -> None:
    answer = session.post("/api/generate", data=text, headers={"Content-Type": kind} if kind else {})
    assert (answer.status_code, list(answer.json)) == (422, ["detail"])


def test_a_prompt_of_500_characters_is_taken_whatever_the_genre(session: FlaskClient) -> None:
    assert ask(session, prompt="a" * 500, genre="jazz").status_code == 202


def test_a_session_asks_five_times_a_minute(app: Flask, session: FlaskClient) -> None:
    assert [ask(session).status_code for _ in range(6)] == [202] * 5 + [429]
    answer = ask(session)
    assert list(answer.json) == ["detail"] and int(answer.headers["Retry-After"]) > 0
    assert ask(app.test_client()).status_code == 202


def test_whoever_drops_the_cookie_is_still_counted_by_address(app: Flask) -> None:
    answers = [ask(app.test_client(), prompt="").status_code for _ in range(31)]
    assert answers == [422] * 30 + [429]


def test_wrong_methods_and_paths_speak_the_same_way(session: FlaskClient) -> None:
    for answer in (session.get("/api/generate"), session.post("/api/jobs/xYz123AbC456"), session.get("/api/jobs/a/b")):
        assert answer.status_code in (404, 405) and list(answer.json) == ["detail"]


def test_a_browser_gets_the_same_words(session: FlaskClient) -> None:
    answer = session.get("/api/jobs/xYz123AbC456", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.json) == (404, {"detail": "Job not found"})


def test_health_is_as_documented(session: FlaskClient) -> None:
    assert missing({"status": "healthy", "version": "1.0.0"}, session.get("/health").json) == []
    assert session.get("/health").json["status"] == "healthy"


def test_in_accounts_mode_the_door_is_shut_unless_it_is_named(config: Config, database: None) -> None:
    app = create_app(Config.load(config.instance, database=config.database, worker="none", mode="accounts"))
    answer = app.test_client().post("/api/generate", json=ASKED)
    assert (answer.status_code, answer.json) == (404, {"error": "Not found"})


PAGE = "https://studio.example.org"


@pytest.fixture
def called_from_a_page(mode: str, config: Config, database: None) -> FlaskClient:
    given = {"worker": "none", "mode": mode, "dialects": "ace", "cors_origins": PAGE}
    return create_app(Config.load(config.instance, database=config.database, **given)).test_client()


def test_pages_of_a_configured_origin_may_call_it_with_their_cookie(called_from_a_page: FlaskClient) -> None:
    from_there = {"Origin": PAGE, "Sec-Fetch-Site": "cross-site"}
    before = called_from_a_page.options(
        "/api/generate", headers={**from_there, "Access-Control-Request-Method": "POST"}
    )
    answer = called_from_a_page.post("/api/generate", json=ASKED, headers=from_there, base_url="https://localhost")
    for allowed in (before, answer):
        assert allowed.headers["Access-Control-Allow-Origin"] == PAGE
        assert allowed.headers["Access-Control-Allow-Credentials"] == "true"
    assert answer.status_code == 202
    assert "Secure" in answer.headers["Set-Cookie"] and "SameSite=None" in answer.headers["Set-Cookie"]


def test_pages_of_any_other_origin_may_not(called_from_a_page: FlaskClient) -> None:
    from_elsewhere = {"Origin": "https://elsewhere.example.org", "Sec-Fetch-Site": "cross-site"}
    answer = called_from_a_page.post("/api/generate", json=ASKED, headers=from_elsewhere)
    assert (answer.status_code, list(answer.json)) == (403, ["detail"])
    assert "Access-Control-Allow-Origin" not in answer.headers
