"""Document 003, the generation API: its curl lines, sent as printed; every field of its answers is there."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from soundbox.app import create_app
from soundbox.config import Config
from soundbox.engines.models import PROCEDURAL_VERSION
from tests.conftest import member
from tests.documents.conftest import Site
from tests.documents.reading import Call, Section, missing, sections

DOCUMENT = sections("003")
JOB = DOCUMENT["GET /job/{job_id}"]
CANCEL = DOCUMENT["POST /api/queue/{job_id}/cancel"]
ISO_Z = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def send(site: Site, call: Call, job_id: str = "") -> TestResponse:
    """As a shell would: $TOKEN filled in, and the documents' made-up id replaced by a real one."""
    headers = {name: value.replace("$TOKEN", site.token) for name, value in call.headers.items()}
    path = re.sub(r"a1b2c3d4e5f6|abc123", job_id, call.path)
    return site.client.open(path, method=call.method, headers=headers, data=call.data)


def sent(site: Site, section: Section, job_id: str = "") -> Any:
    (call,) = section.calls
    answer = send(site, call, job_id)
    assert answer.status_code == 200, answer.text
    return answer.json


def test_the_curl_line_of_generate_makes_a_job(site: Site) -> None:
    section = DOCUMENT["POST /generate"]
    answer = send(site, section.calls[0])
    assert answer.status_code == 201
    assert missing(section.answer("Success"), answer.json) == []
    assert (answer.json["status"], answer.json["message"]) == ("queued", "Job queued at position 1")
    assert answer.json["priority"] == ("supporter" if site.token else "admin")
    assert answer.headers["Location"] == f"/job/{answer.json['job_id']}"


def test_a_job_tells_what_is_documented_from_its_start_to_its_end(site: Site) -> None:
    body = {**json.loads(DOCUMENT["POST /generate"].calls[0].data or ""), "duration": 12}
    job_id = site.generate(**body)
    queued = sent(site, JOB, job_id)
    site.working.begin(job_id)
    running = sent(site, JOB, job_id)
    site.working.finish(job_id)
    ended = sent(site, JOB, job_id)
    assert missing(JOB.answer("Queued"), queued) == []
    assert (queued["status"], queued["progress"], queued["position"]) == ("queued", "Waiting in queue...", 1)
    assert missing(JOB.answer("Processing"), running) == []
    assert running["progress"] == f"Generating audio... {running['progress_pct']}%"
    assert missing(JOB.answer("Completed"), ended) == []
    assert (ended["status"], ended["generation_id"]) == ("completed", job_id)
    assert (ended["audio_url"], ended["spectrogram_url"]) == (f"/audio/{job_id}.wav", f"/spectrogram/{job_id}.png")
    assert all(ISO_Z.fullmatch(time) for time in (queued["created"], ended["completed"]))


def test_what_a_completed_job_names_can_be_fetched_by_anybody(site: Site) -> None:
    job_id = site.generate()
    site.working.finish(job_id)
    ended = sent(site, JOB, job_id)
    sound, picture = site.client.get(ended["audio_url"]), site.client.get(ended["spectrogram_url"])
    assert (sound.status_code, sound.content_type) == (200, "audio/wav")
    assert (picture.status_code, picture.content_type) == (200, "image/png")


def test_a_failed_job_says_why(site: Site) -> None:
    short = site.track(engine_version=PROCEDURAL_VERSION, seconds=0.5)
    job_id = site.generate(model="music", parent=short, relation="extend")
    site.working.finish(job_id)
    failed = sent(site, JOB, job_id)
    assert missing(JOB.answer("Failed"), failed) == []
    assert failed["status"] == "failed" and "too short to be extended" in failed["error"]


def test_queue_status_needs_nobody(site: Site) -> None:
    running = site.generate(model="music", duration=12)
    site.working.begin(running)
    answer = sent(site, DOCUMENT["GET /queue-status"])
    assert missing(DOCUMENT["GET /queue-status"].answer(), answer) == []


def test_the_detailed_queue_needs_nobody(site: Site) -> None:
    running = site.generate(model="music", duration=12)
    site.working.begin(running)
    answer = site.client.get("/api/queue").json
    assert missing(DOCUMENT["GET /api/queue"].answer(), answer) == []
    assert ISO_Z.fullmatch(answer["jobs"][0]["created"])


def test_the_curl_line_of_cancel_cancels(site: Site) -> None:
    job_id = site.generate()
    assert sent(site, CANCEL, job_id) == CANCEL.answer("Success")
    assert sent(site, JOB, job_id)["status"] == "failed"


def test_cancel_refuses_as_documented(site: Site) -> None:
    running, ended = site.generate(model="music", duration=12), site.generate()
    site.ask("DELETE", f"/job/{ended}")
    site.working.begin(running)
    answers = [send(site, CANCEL.calls[0], job_id) for job_id in (running, ended, "f" * 32)]
    refusals = [(answer.status_code, answer.json["error"]) for answer in answers]
    assert refusals == [refusal for refusal in CANCEL.refusals if refusal[0] != 403]


def test_a_running_job_is_stopped_and_nothing_comes_of_it(site: Site) -> None:
    job_id = site.generate(model="music", duration=30)
    site.working.begin(job_id)
    answer = site.ask("DELETE", f"/job/{job_id}")
    site.working.let_go()
    stopped = sent(site, JOB, job_id)
    assert (answer.status_code, answer.json) == (200, CANCEL.answer("Success"))
    assert missing(JOB.answer("Failed"), stopped) == []
    assert (stopped["status"], stopped["error"], site.get("/api/library")["total"]) == ("failed", "Cancelled", 0)


@pytest.mark.parametrize(("status", "words"), DOCUMENT["POST /generate"].refusals)
def test_generate_refuses_as_documented(config: Config, database: None, status: int, words: str) -> None:
    app = create_app(
        Config.load(config.instance, database=config.database, mode="accounts", guests=False, queue_limit=3)
    )
    person = {"Authentication required": app.test_client(), "Rate limit exceeded": member(app, "dov", "free")}
    client = person.get(words) or member(app, "ada", "supporter")
    odd = {"Prompt is required": {"prompt": ""}, "Duration exceeds your tier limit": {"duration": 61}}
    body = {"prompt": "rain", "model": "audio", **odd.get(words, {})}
    answers = [client.post("/generate", json=body) for _ in range(4)]
    assert answers[-1].status_code == status and answers[-1].json["error"].startswith(words)
    assert ("Retry-After" in answers[-1].headers) == (status in (429, 503))


def test_a_stranger_cannot_cancel(cast: dict[str, FlaskClient]) -> None:
    job_id = cast["ada"].post("/generate", json={"prompt": "rain"}).json["job_id"]
    answer = cast["dov"].post(f"/api/queue/{job_id}/cancel")
    assert (answer.status_code, answer.json["error"]) in CANCEL.refusals


def test_status_has_every_field(site: Site) -> None:
    site.generate(model="music")
    site.generate(model="audio")
    documented, answer = DOCUMENT["GET /status"].answer(), site.client.get("/status").json
    documented["estimated_wait"] = {model: float(wait) for model, wait in documented["estimated_wait"].items()}
    assert missing(documented, answer) == []
    assert answer["queue_by_model"] == {"music": 1, "audio": 1} and answer["queue_length"] == 2
