"""Jobs and the queue as people and programs see them."""

from __future__ import annotations

import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from soundbox.accounts.tiers import TIERS
from soundbox.extensions import db
from soundbox.jobs import scheduler
from soundbox.jobs.claims import Claim
from soundbox.jobs.models import Job
from tests.jobs.conftest import job_now, move

HTML = {"Accept": "text/html"}
HTMX = {"HX-Request": "true"}
JSON = {"Accept": "application/json"}
LONG = "slow rain on a tin roof with distant thunder and one lonely dog"


def asked(client: FlaskClient, **body: object) -> str:
    answer = client.post("/generate", json={"prompt": LONG, "model": "audio", "duration": 2, **body})
    assert answer.status_code == 201, answer.text
    return str(answer.json["job_id"])


def started() -> Claim:
    with db.money() as session:
        claim = Claim.take(session, "w1", {"audio": 1, "music": 1}, ())
    assert claim is not None
    return claim


def ended(client: FlaskClient, **body: object) -> str:
    job_id = asked(client, **body)
    client.delete(f"/job/{job_id}")
    return job_id


def seen_in(page: str) -> str:
    found = re.search(r'hx-get="([^"]*seen=[^"]*)"', page)
    assert found is not None
    return found[1]


# Who may read.


@pytest.mark.parametrize(
    ("visibility", "readers"),
    [
        ("public", {"ada", "cleo", "dov", "guest"}),
        ("unlisted", {"ada", "cleo", "dov", "guest"}),
        ("private", {"ada", "cleo"}),
    ],
)
def test_who_holds_the_id_may_read_what_is_not_private(
    cast: dict[str, FlaskClient], nobody: FlaskClient, visibility: str, readers: set[str]
) -> None:
    job_id = asked(cast["ada"], visibility=visibility)
    people = {"guest": nobody, **cast}
    answers = {name: people[name].get(f"/job/{job_id}").status_code for name in ("ada", "cleo", "dov", "guest")}
    assert answers == {name: 200 if name in readers else 404 for name in answers}


def test_strangers_see_a_ticket_and_the_beginning_of_the_prompt(
    cast: dict[str, FlaskClient], nobody: FlaskClient
) -> None:
    job_id = asked(cast["ada"])
    for path in ("/api/queue", "/queue-status"):
        (row,) = nobody.get(path).json["jobs"]
        assert row["id"] == job_now(job_id).ticket and not row["mine"]
        assert row["prompt"] == "slow rain on a tin roof with distant th…" and len(row["prompt"]) == 40
    page = nobody.get("/queue").text
    assert job_id not in page and "lonely dog" not in page


def test_a_ticket_opens_nothing(cast: dict[str, FlaskClient], nobody: FlaskClient) -> None:
    ticket = job_now(asked(cast["ada"])).ticket
    assert nobody.get(f"/job/{ticket}").status_code == nobody.post(f"/api/queue/{ticket}/cancel").status_code == 404


def test_nobody_else_reads_the_words_of_a_private_job(cast: dict[str, FlaskClient], nobody: FlaskClient) -> None:
    asked(cast["ada"], prompt="my secret", visibility="private")
    assert [row["prompt"] for row in nobody.get("/api/queue").json["jobs"]] == ["Private"]
    assert "my secret" not in nobody.get("/queue").text
    assert "my secret" in cast["ada"].get("/queue").text


@pytest.mark.parametrize("person", ["ada", "cleo"])
def test_owners_and_admins_see_ids_and_whole_prompts(cast: dict[str, FlaskClient], person: str) -> None:
    job_id = asked(cast["ada"])
    (row,) = cast[person].get("/api/queue").json["jobs"]
    assert (row["id"], row["prompt"], row["mine"]) == (job_id, LONG, True)


def test_the_running_job_is_named_like_the_rows(cast: dict[str, FlaskClient], nobody: FlaskClient) -> None:
    job_id = asked(cast["ada"])
    started()
    assert cast["ada"].get("/api/queue").json["current_job"] == job_id
    assert nobody.get("/queue-status").json["current_job"] == job_now(job_id).ticket


# What a wait is told.


def test_a_waiting_job_says_where_it_stands_why_and_how_long(cast: dict[str, FlaskClient]) -> None:
    first, second = asked(cast["ben"], duration=10), asked(cast["ada"])
    job = cast["ada"].get(f"/job/{second}").json
    assert (job["position"], job["why"][0]) == (2, "1 is ahead of you.")
    assert job["eta_seconds"] == {"p50": 12.0, "p90": pytest.approx(42.6, abs=0.1)}
    assert job["at_most"] == 7 and (job["skip"]["available"], job["skip"]["cost"]) == (False, 1)
    assert "Creator: a head start of 30 min." in cast["ben"].get(f"/job/{first}").json["why"]


def test_the_page_says_it_in_words(cast: dict[str, FlaskClient]) -> None:
    asked(cast["ben"], duration=10)
    page = cast["ada"].get(f"/job/{asked(cast['ada'])}", headers=HTML).text
    assert "1 ahead of it" in page and "No worker is running" in page
    assert "At the latest after 7 others, about " in page  # one came before, and one start in four goes by waiting


def test_a_running_job_says_how_far_it_is(owner: FlaskClient) -> None:
    job_id, claim = asked(owner), started()
    with db.write() as session:
        session.get_one(Job, claim.id).progress_pct = 45
        session.get_one(Job, claim.id).progress = "drop 4 of 9"
    job = owner.get(f"/job/{job_id}").json
    assert (job["progress"], job["doing"], job["position"]) == ("Generating audio... 45%", "drop 4 of 9", 0)
    assert "why" not in job and "at_most" not in job
    assert "drop 4 of 9" in owner.get(f"/job/{job_id}", headers=HTML).text


def test_a_failed_job_says_why_and_what_to_do(owner: FlaskClient) -> None:
    job_id = asked(owner)
    move(started(), "fail", "The disk is full.")
    assert owner.get(f"/job/{job_id}").json["error"] == "The disk is full."
    page = owner.get(f"/job/{job_id}", headers=HTML).text
    assert "The disk is full." in page and "Try again" in page


def test_a_completed_job_whose_track_was_deleted_can_still_be_read(owner: FlaskClient) -> None:
    job_id = asked(owner)
    move(started(), "finish", engine="test", took_ms=10)
    assert owner.get(f"/job/{job_id}").json["status"] == "completed"
    assert "deleted since" in owner.get(f"/job/{job_id}", headers=HTML).text


# Polling.


@pytest.mark.parametrize("path", ["/job/{job_id}", "/queue"])
def test_a_poll_that_would_show_nothing_new_is_answered_with_nothing(owner: FlaskClient, path: str) -> None:
    job_id = asked(owner)
    fragment = owner.get(path.format(job_id=job_id), headers=HTMX)
    again = seen_in(fragment.text)
    assert fragment.status_code == 200 and "<html" not in fragment.text
    assert (owner.get(again, headers=HTMX).status_code, owner.get(again, headers=HTMX).text) == (204, "")
    assert owner.get(again, headers=HTML).status_code == 200
    started()
    assert owner.get(again, headers=HTMX).status_code == 200


def test_a_job_that_has_ended_is_asked_for_no_more(owner: FlaskClient) -> None:
    assert "seen=" not in owner.get(f"/job/{ended(owner)}", headers=HTMX).text


# Ending a job: one view, three answers.


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/api/queue/{}/cancel"), ("DELETE", "/job/{}"), ("POST", "/job/{}/stop")],
)
def test_a_waiting_job_is_cancelled_as_page_fragment_and_json(owner: FlaskClient, method: str, path: str) -> None:
    ids = [asked(owner) for _ in range(3)]
    page, fragment, plain = (
        owner.open(path.format(job_id), method=method, headers=headers)
        for job_id, headers in zip(ids, (HTML, HTMX, {}), strict=True)
    )
    assert (page.status_code, page.headers["Location"]) == (303, f"/job/{ids[0]}")
    assert fragment.status_code == 200 and f'id="job-{ids[1]}"' in fragment.text and "<html" not in fragment.text
    assert (plain.status_code, plain.json) == (200, {"success": True, "message": "Job cancelled"})
    assert [job_now(job_id).status for job_id in ids] == ["cancelled"] * 3


def test_a_plain_form_is_told_once_that_it_worked(owner: FlaskClient) -> None:
    first = owner.post(f"/job/{asked(owner)}/stop", headers=HTML, follow_redirects=True)
    assert "Cancelled." in first.text
    assert 'class="flash' not in owner.get("/queue").text


def test_a_program_is_told_nothing_twice(owner: FlaskClient) -> None:
    answer = owner.delete(f"/job/{asked(owner)}")
    assert "Set-Cookie" not in answer.headers and "Cancelled." not in owner.get("/queue").text


@pytest.mark.parametrize(("method", "path"), [("DELETE", "/job/{}"), ("POST", "/job/{}/stop")])
def test_a_running_job_can_be_stopped(owner: FlaskClient, method: str, path: str) -> None:
    job_id, claim = asked(owner), started()
    answer = owner.open(path.format(job_id), method=method)
    assert (answer.status_code, job_now(job_id).status) == (200, "cancelled")
    assert move(claim, "finish", engine="test", took_ms=10) is False


@pytest.mark.parametrize(
    ("person", "state", "method", "path", "status", "error"),
    [
        ("ada", "running", "POST", "/api/queue/{}/cancel", 400, "Cannot cancel a job that is already processing"),
        ("ada", "ended", "POST", "/api/queue/{}/cancel", 400, "Job is not in queue"),
        ("ada", "ended", "DELETE", "/job/{}", 400, "Job is not in queue"),
        ("ada", "unknown", "POST", "/api/queue/{}/cancel", 404, "Job not found"),
        ("ada", "unknown", "DELETE", "/job/{}", 404, "Job not found"),
        ("ada", "unknown", "GET", "/job/{}", 404, "Job not found"),
        ("dov", "waiting", "POST", "/api/queue/{}/cancel", 403, "Not authorized to cancel this job"),
        ("dov", "waiting", "DELETE", "/job/{}", 403, "Not authorized to cancel this job"),
        ("dov", "ended", "DELETE", "/job/{}", 403, "Not authorized to cancel this job"),
        ("guest", "waiting", "POST", "/job/{}/stop", 403, "Not authorized to cancel this job"),
        ("dov", "private", "DELETE", "/job/{}", 404, "Job not found"),
        ("cleo", "running", "POST", "/api/queue/{}/cancel", 400, "Cannot cancel a job that is already processing"),
    ],
)
def test_the_refusals_of_ending_a_job(
    cast: dict[str, FlaskClient],
    nobody: FlaskClient,
    person: str,
    state: str,
    method: str,
    path: str,
    status: int,
    error: str,
) -> None:
    if state == "ended":
        job_id = ended(cast["ada"])
    else:
        job_id = asked(cast["ada"], visibility="private" if state == "private" else "public")
    if state == "running":
        started()
    before = job_now(job_id).status
    client = {"guest": nobody, **cast}[person]
    answer = client.open(path.format("f" * 32 if state == "unknown" else job_id), method=method)
    assert (answer.status_code, answer.json) == (status, {"error": error})
    assert job_now(job_id).status == before


def test_a_job_that_starts_meanwhile_is_not_said_to_be_cancelled(open_app: Flask, owner: FlaskClient) -> None:
    job_id, arrived = asked(owner), threading.Event()
    with ThreadPoolExecutor(1) as other:
        with db.money() as session:
            assert Claim.take(session, "w1", {"audio": 1}, ()) is not None
            event.listen(db.engine, "before_cursor_execute", lambda *a: "UPDATE" in a[2] and arrived.set())
            answer = other.submit(open_app.test_client().post, f"/api/queue/{job_id}/cancel")
            assert db.is_sqlite or arrived.wait(10)  # on SQLite it waits before its first statement
        assert answer.result().status_code == 400
    assert job_now(job_id).status == "processing"


def test_an_admin_may_end_anybodys_job(cast: dict[str, FlaskClient]) -> None:
    job_id = asked(cast["ada"], visibility="private")
    assert cast["cleo"].post(f"/api/queue/{job_id}/cancel").status_code == 200


def test_a_body_is_not_needed_to_cancel_and_an_odd_one_is_heard_out(owner: FlaskClient) -> None:
    for body in ({}, {"json": {"user_id": "user_abc123"}}, {"json": {"user_id": None}}, {"data": {"user_id": "x"}}):
        assert owner.post(f"/api/queue/{asked(owner)}/cancel", **body).status_code == 200


def test_members_cancel_60_times_an_hour(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    answers = [cast["ada"].post(f"/api/queue/{'f' * 32}/cancel") for _ in range(61)]
    assert {answer.status_code for answer in answers[:60]} == {404}
    assert (answers[60].status_code, answers[60].json) == (429, {"error": "Rate limit exceeded"})
    assert int(answers[60].headers["Retry-After"]) > 0
    assert cast["dov"].post(f"/api/queue/{'f' * 32}/cancel").status_code == 404


def test_the_owner_of_an_open_instance_has_no_limit(owner: FlaskClient) -> None:
    answers = {owner.post(f"/api/queue/{'f' * 32}/cancel").status_code for _ in range(61)}
    assert answers == {404}


# The queue.


def test_an_empty_queue_says_so(owner: FlaskClient) -> None:
    assert owner.get("/api/queue").json == {"jobs": [], "current_job": None, "total": 0}
    assert owner.get("/queue-status").json == {"queue_length": 0, "current_job": None, "jobs": []}
    page = owner.get("/queue").text
    assert "Nobody is waiting" in page and "/create" in page and "No worker is running" in page


def test_the_queue_stands_in_the_order_of_starts(cast: dict[str, FlaskClient]) -> None:
    asked(cast["ada"], prompt="free")
    asked(cast["ben"], prompt="creator")
    started()
    asked(cast["ben"], prompt="creator again")
    rows = cast["cleo"].get("/queue", headers=JSON).json["jobs"]
    assert [(row["prompt"], row["position"]) for row in rows] == [("creator", 0), ("creator again", 1), ("free", 2)]


def test_words_in_the_queue_are_only_text(owner: FlaskClient) -> None:
    job_id = asked(owner, prompt="<script>alert(1)</script>\"'><img src=x>")
    for path in ("/queue", f"/job/{job_id}", "/create"):
        page = owner.get(path, headers=HTML).text
        assert "<script>alert" not in page and "<img src=x" not in page


@pytest.mark.parametrize("count", [1, 30])
def test_the_queue_costs_the_same_queries_however_long(open_app: Flask, owner: FlaskClient, count: int) -> None:
    for _ in range(count):
        asked(owner)
    seen: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *a: seen.append(a[2]))
    owner.get("/api/queue")
    assert len([statement for statement in seen if statement.startswith("SELECT")]) <= 8


def test_an_admin_may_cancel_what_is_not_called_theirs(cast: dict[str, FlaskClient]) -> None:
    asked(cast["ada"])
    page = cast["cleo"].get("/queue", headers=HTML).text
    assert "Cancel" in page and ">yours<" not in page


# What the queue tells.


def test_the_queue_tells_turns_reasons_times_and_the_guarantee_of_ones_own(cast: dict[str, FlaskClient]) -> None:
    asked(cast["ada"], prompt="free")
    asked(cast["ben"], prompt="creator", duration=10)
    first, second = cast["ada"].get("/api/queue").json["jobs"]
    assert (first["prompt"], first["why"]) == ("creator", ["Next to start.", "Creator: a head start of 30 min."])
    assert (second["why"], second["at_most"]) == (["1 is ahead of you."], 3)
    assert second["guarantee"].startswith("At the latest after 3 others, about ")
    assert second["eta_seconds"]["p50"] == pytest.approx(12, abs=0.1)
    assert (first["at_most"], first["guarantee"]) == (None, "")  # somebody else's
    page = cast["ada"].get("/queue", headers=HTML).text
    assert "At the latest after 3 others" in page and ">creator</span>" in page


def test_the_picture_is_told_in_words_too(cast: dict[str, FlaskClient]) -> None:
    assert "<svg viewBox" not in cast["ada"].get("/queue", headers=HTML).text
    asked(cast["ada"])
    asked(cast["ben"]), asked(cast["ben"])
    page = cast["ada"].get("/queue", headers=HTML).text
    assert 'aria-label="3 wait, 1 of them yours, 2 start before somebody who came earlier."' in page
    assert page.count("<path d=") == 3 and 'style="' not in page


def test_an_open_queue_speaks_of_no_tiers(owner: FlaskClient) -> None:
    asked(owner), asked(owner)
    page = owner.get("/queue", headers=HTML).text
    assert not any(word in page for word in ("tier", "head start", "creator", "Aura", "<svg viewBox"))


def test_the_rules_are_published_from_the_constants_that_decide(nobody: FlaskClient) -> None:
    policy = nobody.get("/api/queue/policy").json
    assert policy["starts_a_row"] == scheduler.PATIENCE_STARTS + 1 == 4
    assert {tier["name"]: tier["head_start_minutes"] for tier in policy["tiers"]} == {
        name: tier.head_start_minutes for name, tier in TIERS.items()
    }
    assert policy["skip"]["prices"][0] == {"max_duration": 10, "cost": 1, "label": "Short SFX"}
    assert policy["spacing"] == {"factor": 4, "shortest_seconds": 60, "longest_seconds": 600}
    assert "one goes to whoever has waited longest" in policy["words"]


def test_an_open_instance_publishes_no_tiers_and_prices(owner: FlaskClient) -> None:
    policy = owner.get("/api/queue/policy").json
    assert (policy["tiers"], policy["skip"], policy["reads_a_minute"]) == ([], None, None)
