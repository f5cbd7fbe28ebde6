"""What one may know before one asks."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from soundbox.accounts.models import User
from soundbox.app import create_app
from soundbox.config import Config
from soundbox.extensions import db
from soundbox.jobs.models import Job

RAIN = {"prompt": "slow rain on a tin roof", "model": "audio", "duration": 2}
DRY = "/generate?dry_run=1"
HTML = {"Accept": "text/html"}
HTMX = {"HX-Request": "true"}


def stored(table: type) -> int:
    with db.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_quote_equals_what_happens_then_and_stores_nothing(cast: dict[str, FlaskClient]) -> None:
    cast["ben"].post("/generate", json={**RAIN, "takes": 3})
    cast["ada"].post("/generate", json=RAIN)
    before = stored(Job)
    quote = cast["dov"].post(DRY, json=RAIN).json
    assert stored(Job) == before
    job = cast["dov"].get(f"/job/{cast['dov'].post('/generate', json=RAIN).json['job_id']}").json
    told = ("position", "priority", "why", "at_most")
    assert {name: quote[name] for name in told} == {name: job[name] for name in told}
    assert quote["eta_seconds"]["p50"] == pytest.approx(job["eta_seconds"]["p50"], abs=0.2)
    assert quote["skip"]["cost"] == 1 and quote["dry_run"]


def test_a_quote_makes_no_guest(public_app: Flask, nobody: FlaskClient) -> None:
    answer = nobody.post(DRY, json=RAIN)
    assert answer.status_code == 200 and "Set-Cookie" not in answer.headers
    assert stored(User) == 0
    assert answer.json["limits"] == {
        "tier": "free",
        "waiting": 0,
        "most_waiting": 2,
        "this_hour": 0,
        "most_an_hour": 3,
        "next_place_seconds": None,
        "longest_seconds": 30,
    }


@pytest.mark.parametrize(
    ("before", "body", "status", "error"),
    [
        (0, {"prompt": ""}, 400, "Prompt is required"),
        (0, {"duration": 31}, 400, "Duration exceeds your tier limit"),
        (2, {}, 429, "Rate limit exceeded: free may have 2 jobs waiting, and has 2"),
        (0, {"model": "nope"}, 400, "Unknown model 'nope'"),
    ],
)
def test_what_would_be_refused_is_refused_in_the_same_words(
    cast: dict[str, FlaskClient], before: int, body: dict, status: int, error: str
) -> None:
    for _ in range(before):
        cast["ada"].post("/generate", json=RAIN)
    quoted, real = (cast["ada"].post(path, json={**RAIN, **body}) for path in (DRY, "/generate"))
    assert (quoted.status_code, quoted.json) == (real.status_code, real.json) == (status, {"error": error})
    assert quoted.headers.get("Retry-After") == real.headers.get("Retry-After")


def test_where_guests_are_switched_off_they_get_no_quote(config: Config, database: None) -> None:
    members_only = Config.load(config.instance, database=config.database, worker="none", mode="accounts", guests=False)
    answer = create_app(members_only).test_client().post(DRY, json=RAIN)
    assert (answer.status_code, answer.json) == (401, {"error": "Authentication required"})


def test_the_limits_of_a_tier_are_told_in_headers(cast: dict[str, FlaskClient]) -> None:
    answer = cast["ada"].post("/generate", json=RAIN)
    assert answer.headers["RateLimit-Policy"] == '"waiting";q=2, "jobs/hour";q=3;w=3600'
    first, second = answer.headers["RateLimit"].split(", ")
    assert first == '"waiting";r=1' and second.startswith('"jobs/hour";r=2;t=3')
    cast["ada"].post("/generate", json=RAIN)
    refused = cast["ada"].post("/generate", json=RAIN)
    assert refused.status_code == 429 and '"waiting";r=0' in refused.headers["RateLimit"]


def test_admins_and_owners_are_told_of_no_limits(cast: dict[str, FlaskClient]) -> None:
    assert "RateLimit" not in cast["cleo"].post("/generate", json=RAIN).headers


def test_the_form_tells_what_is_left_before_one_asks(cast: dict[str, FlaskClient]) -> None:
    page = cast["ada"].get("/create", headers=HTML).text
    assert "0 of 2" in page and "0 of 3" in page and "You would be next" in page and "comes free" not in page
    assert "<strong>supporter</strong> ($5 a month): 5 waiting, 15 an hour, 60 s each, 10 min head start" in page
    assert 'max="30"' in page
    cast["ada"].post("/generate", json=RAIN)
    page = cast["ada"].get("/create", headers=HTML).text
    assert "1 of 2" in page and "1 of 3" in page and "comes free in 60 min" in page


def test_the_quote_follows_the_form(cast: dict[str, FlaskClient]) -> None:
    cast["ben"].post("/generate", json=RAIN)
    data = {"prompt": "any", "model": "audio", "duration": "10", "takes": "1"}
    answer = cast["ada"].post(DRY, data=data, headers=HTMX)
    assert answer.status_code == 200 and "<html" not in answer.text and "<form" not in answer.text
    assert "1 would be ahead of you" in answer.text and "Never more than 7 go first." in answer.text
    too_long = cast["ada"].post(DRY, data={**data, "duration": "999"}, headers=HTMX)
    assert too_long.status_code == 200 and "Duration exceeds your tier limit" in too_long.text


def test_the_form_says_that_a_full_budget_would_be_refused(cast: dict[str, FlaskClient]) -> None:
    for _ in range(2):
        cast["ada"].post("/generate", json=RAIN)
    page = cast["ada"].get("/create", headers=HTML).text
    assert "Not now: Rate limit exceeded: free may have 2 jobs waiting, and has 2." in page


def test_a_form_that_was_taken_says_so_to_the_rest_of_the_page(owner: FlaskClient) -> None:
    assert owner.post("/generate", data=RAIN, headers=HTMX).headers["HX-Trigger"] == "asked"


def test_an_open_instance_speaks_of_no_limits_tiers_or_prices(owner: FlaskClient) -> None:
    owner.post("/generate", json=RAIN)
    page = owner.get("/create", headers=HTML).text
    assert "1 would be ahead of you" in page
    assert not any(word in page for word in ("Aura", "this hour", "a month", "head start"))
