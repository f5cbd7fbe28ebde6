"""Running the queue over HTTP: everybody is told, and the log knows who did it."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from soundbox.extensions import db
from soundbox.jobs.claims import Claim
from tests.accounts.people import RAIN
from tests.admin.acting import HTML, JSON, noted

PAUSE = {"halt": "paused", "reason": "A disk is changed"}
DRAIN = {"halt": "draining", "reason": "A new machine comes"}


def asked(client: FlaskClient, **body: Any) -> str:
    job_id: str = client.post("/generate", json={**RAIN, **body}).json["job_id"]
    return job_id


def run(admin: FlaskClient, verb: str, **body: Any) -> TestResponse:
    return admin.post(f"/admin/queue/{verb}", json=body, headers=JSON)


def seen(admin: FlaskClient) -> dict[str, Any]:
    found: dict[str, Any] = admin.get("/admin/queue", headers=JSON).json
    return found


def fail_next() -> str:
    with db.money() as session:
        claim = Claim.take(session, "w1", {"audio": 1}, ())
        assert claim is not None
        claim.fail(session, "The engine stopped")
    return claim.id


@pytest.mark.parametrize("verb", ["halt", "move", "retry", "cancel"])
def test_only_admins_run_the_queue(cast: dict[str, FlaskClient], nobody: FlaskClient, verb: str) -> None:
    job_id = asked(cast["ada"])
    for client in (cast["ada"], nobody):
        assert client.get("/admin/queue").status_code == 403
        assert run(client, verb, job=job_id, **PAUSE).status_code == 403
    assert cast["ada"].get(f"/job/{job_id}").json["status"] == "queued" and noted() == []


def test_everybody_is_told_of_a_pause(cast: dict[str, FlaskClient], nobody: FlaskClient) -> None:
    job_id = asked(cast["ada"])
    assert run(cast["cleo"], "halt", **PAUSE).status_code == 200
    words = "The queue is paused: nothing new starts until it is let go on. A disk is changed."
    for path in ("/queue", "/create"):
        assert words in nobody.get(path, headers=HTML).text
    assert words in cast["ada"].get(f"/job/{job_id}", headers=HTML).text
    assert nobody.get("/status").json["worker"] == words
    assert noted() == [("cleo", "queue.pause", {"before": "", "reason": "A disk is changed"})]
    run(cast["cleo"], "halt")
    assert words not in nobody.get("/queue", headers=HTML).text
    assert noted()[-1] == ("cleo", "queue.resume", {"before": "paused", "reason": ""})


def test_a_draining_queue_says_so_where_one_asks(cast: dict[str, FlaskClient]) -> None:
    run(cast["cleo"], "halt", **DRAIN)
    answer = cast["ada"].post("/generate", json=RAIN)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "600")
    assert answer.json["error"] == "Queue is closed for now. A new machine comes"
    assert "The queue takes nothing new" in cast["ada"].get("/create", headers=HTML).text


def test_a_job_is_moved_and_the_rest_starts_later(cast: dict[str, FlaskClient]) -> None:
    first, second = asked(cast["ben"]), asked(cast["ada"])
    moved = run(cast["cleo"], "move", job=second).json
    assert moved["position"] == 1 and "starts one later" in moved["message"]
    assert cast["ben"].get(f"/job/{first}").json["position"] == 2
    assert run(cast["cleo"], "move", job=second, behind=first).json["position"] == 2
    assert [job["id"] for job in seen(cast["cleo"])["jobs"]] == [first, second]
    assert [(action, detail["behind"]) for _, action, detail in noted()] == [("job.move", ""), ("job.move", first)]


def test_what_failed_is_listed_and_tried_again(cast: dict[str, FlaskClient]) -> None:
    job_id = asked(cast["ada"])
    assert fail_next() == job_id
    [row] = seen(cast["cleo"])["failed"]
    assert (row["id"], row["error"], row["person"]) == (job_id, "The engine stopped", "ada")
    assert "The engine stopped" in cast["cleo"].get("/admin/queue", headers=HTML).text
    assert run(cast["cleo"], "retry", job=job_id).json["position"] == 1
    assert cast["ada"].get(f"/job/{job_id}").json["status"] == "queued"
    assert run(cast["cleo"], "retry", job=job_id).status_code == 400
    assert [(action, detail["error"]) for _, action, detail in noted()] == [("job.retry", "The engine stopped")]


def test_a_job_is_cancelled_once(cast: dict[str, FlaskClient]) -> None:
    job_id = asked(cast["ada"])
    assert run(cast["cleo"], "cancel", job=job_id).status_code == 200
    assert run(cast["cleo"], "cancel", job=job_id).status_code == 400
    assert cast["ada"].get(f"/job/{job_id}").json["error"] == "Cancelled"


def test_the_page_offers_what_can_be_done(cast: dict[str, FlaskClient]) -> None:
    asked(cast["ben"])
    asked(cast["ada"])
    page = cast["cleo"].get("/admin/queue", headers=HTML).text
    assert page.count("To the front") == 1 and page.count("Cancel <span") == 2
    assert "Pause: nothing starts" in page and "one start in four" in page
    answer = cast["cleo"].post("/admin/queue/halt", data=PAUSE, headers=HTML)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/admin/queue")
    assert "Let it go on" in cast["cleo"].get("/admin/queue", headers=HTML).text


def test_an_unknown_job_is_not_found(cast: dict[str, FlaskClient]) -> None:
    assert run(cast["cleo"], "move", job="0" * 32).status_code == 404


def test_one_s_own_machine_is_run_by_its_owner(owner: FlaskClient) -> None:
    assert run(owner, "halt", **PAUSE).status_code == 200
    page = owner.get("/admin/queue", headers=HTML).text
    assert "The queue is paused" in page and "/admin/people" not in page
