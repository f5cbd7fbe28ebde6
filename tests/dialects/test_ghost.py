"""Document 000: presets, jobs, words and codes, for a program that keeps no cookie."""

from __future__ import annotations

import io
import re
from typing import Any
from uuid import UUID

import pytest
import soundfile
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.dialects.failing import fail
from tests.documents.reading import missing, sections
from tests.working import Working

DOCUMENT = sections("000")
GHOST = "/api/v1/ghost"
ASKED = {"preset": "latin_rock", "prompt_extra": "with saxophone solo", "duration": 2.0}
PRINTED = re.compile(
    r"\(`(\w+)`\)\n- \*\*Style\*\*: ([^\n]+)\n- \*\*BPM\*\*: (\d+) *\n- \*\*Duration\*\*: (\d+)s\n"
    r"- \*\*Seed\*\*: (\d+)\n- \*\*Tags\*\*: ([^\n]+)"
)


@pytest.fixture
def program(app: Flask) -> FlaskClient:
    return app.test_client(use_cookies=False)


def ask(program: FlaskClient, **body: Any) -> TestResponse:
    return program.post(f"{GHOST}/job", json={**ASKED, **body})


def job_of(program: FlaskClient, **body: Any) -> str:
    answer = ask(program, **body)
    assert answer.status_code == 200, answer.text
    return str(answer.json["job_id"])


def test_presets_have_the_documented_fields(program: FlaskClient) -> None:
    answer = program.get(f"{GHOST}/presets").json
    assert missing(DOCUMENT["GET /api/v1/ghost/presets"].answer(), answer) == []
    assert answer["count"] == len(answer["presets"])


def test_the_five_presets_are_as_printed(program: FlaskClient, document_000: str) -> None:
    presets = program.get(f"{GHOST}/presets").json["presets"]
    printed = PRINTED.findall(document_000)
    assert len(printed) == 5
    for slug, style, bpm, seconds, seed, tags in printed:
        preset = presets[slug]
        assert preset["description"] == style
        assert (preset["suggested_bpm"], preset["suggested_duration"], preset["seed"]) == tuple(
            map(int, (bpm, seconds, seed))
        )
        assert preset["tags"] == tags.split(", ")
    example = DOCUMENT["GET /api/v1/ghost/presets"].answer()["presets"]["latin_rock"]
    assert presets["latin_rock"] == example


def test_a_job_goes_from_queued_over_running_to_done(program: FlaskClient, working: Working) -> None:
    accepted = ask(program)
    assert missing(DOCUMENT["POST /api/v1/ghost/job"].answer(), accepted.json) == []
    job_id = accepted.json["job_id"]
    assert job_id == str(UUID(job_id)) and accepted.json["ok"] is True
    shown = program.get(f"{GHOST}/jobs/{job_id}").json
    assert (shown["status"], shown["progress"], shown["output_url"]) == ("queued", "Job queued", None)
    working.begin(UUID(job_id).hex)
    assert program.get(f"{GHOST}/jobs/{job_id}").json["status"] == "running"
    working.finish(UUID(job_id).hex)
    done = program.get(f"{GHOST}/jobs/{job_id}").json
    assert missing(DOCUMENT["GET /api/v1/ghost/jobs/{job_id}"].answer(), done) == []
    sound = program.get(done["output_url"])
    assert sound.headers["Content-Type"] == "audio/wav"
    assert soundfile.info(io.BytesIO(sound.data)).duration == pytest.approx(2.0, abs=0.01)


def test_the_preset_gives_prompt_length_seed_and_tempo(program: FlaskClient) -> None:
    job_id = job_of(program, duration=None)
    job = program.get(f"/job/{UUID(job_id).hex}").json
    assert job["prompt"].startswith("latin rock with electric guitars") and job["prompt"].endswith(
        "with saxophone solo"
    )
    assert (job["duration"], job["seed"]) == (12, 42)


def test_a_job_tells_what_was_asked_for(program: FlaskClient) -> None:
    job_id = job_of(program)
    job = program.get(f"{GHOST}/jobs/{job_id}").json
    assert (job["preset"], job["prompt_extra"], job["duration"]) == ("latin_rock", "with saxophone solo", 2)


def test_ids_are_taken_with_and_without_dashes(program: FlaskClient) -> None:
    job_id = job_of(program)
    assert program.get(f"{GHOST}/jobs/{UUID(job_id).hex}").json["id"] == job_id


@pytest.mark.parametrize("preset", ["invalid_preset", None, ""])
def test_an_unknown_preset_is_400_with_the_documented_words(program: FlaskClient, preset: str | None) -> None:
    answer = ask(program, preset=preset)
    assert (answer.status_code, answer.json) == (400, {"detail": f"Preset '{preset or ''}' not found"})


@pytest.mark.parametrize("seconds", [0, 0.9, 30.1, -1, "long", True])
def test_a_length_outside_1_to_30_seconds_is_400(program: FlaskClient, seconds: Any) -> None:
    answer = ask(program, duration=seconds)
    assert (answer.status_code, list(answer.json)) == (400, ["detail"])


def test_an_unknown_job_is_404_with_the_documented_words(program: FlaskClient) -> None:
    for job_id in ("123e4567-e89b-12d3-a456-426614174000", "nonsense"):
        answer = program.get(f"{GHOST}/jobs/{job_id}")
        assert (answer.status_code, answer.json) == (404, {"detail": "Job not found"})


def test_a_waiting_job_is_deleted_and_a_running_one_is_not(app: Flask, working: Working) -> None:
    program = app.test_client()  # who deletes must be known, so this one keeps its cookie
    waiting, running = job_of(program), job_of(program)
    deleted = program.delete(f"{GHOST}/jobs/{waiting}")
    assert deleted.json == {"ok": True, "message": f"Job {waiting[:8]}... deleted"}
    assert program.get(f"{GHOST}/jobs/{waiting}").status_code == 404
    working.begin(UUID(running).hex)
    answer = program.delete(f"{GHOST}/jobs/{running}")
    assert (answer.status_code, answer.json) == (400, {"detail": "Cannot delete a running job"})
    working.finish(UUID(running).hex)
    url = program.get(f"{GHOST}/jobs/{running}").json["output_url"]
    assert program.delete(f"{GHOST}/jobs/{running}").status_code == 200
    assert (program.get(f"{GHOST}/jobs/{running}").status_code, program.get(url).status_code) == (404, 404)


def test_a_failed_job_says_why_and_is_gone_once_it_is_deleted(app: Flask) -> None:
    program = app.test_client()
    job_id = job_of(program)
    fail(job_id, "Model loading failed: insufficient memory")
    shown = program.get(f"{GHOST}/jobs/{job_id}").json
    assert (shown["status"], shown["error_message"]) == ("error", "Model loading failed: insufficient memory")
    assert program.get(f"{GHOST}/stats").json["status_breakdown"]["error"] == 1
    assert program.delete(f"{GHOST}/jobs/{job_id}").status_code == 200
    assert program.get(f"{GHOST}/jobs/{job_id}").status_code == 404


def test_the_list_is_ones_own_newest_first_and_can_be_narrowed(app: Flask, working: Working) -> None:
    program = app.test_client()
    first = job_of(program)
    working.finish(UUID(first).hex)
    second, third = job_of(program), job_of(program)
    listed = program.get(f"{GHOST}/jobs").json
    done = {**listed, "jobs": listed["jobs"][-1:]}
    assert missing(DOCUMENT["GET /api/v1/ghost/jobs?limit=50&status=done"].answer(), done) == []
    assert [job["id"] for job in listed["jobs"]] == [third, second, first]
    assert (listed["count"], listed["total_count"]) == (3, 3)
    narrowed = program.get(f"{GHOST}/jobs?status=done&limit=1").json
    assert ([job["id"] for job in narrowed["jobs"]], narrowed["count"], narrowed["total_count"]) == ([first], 1, 3)
    assert program.get(f"{GHOST}/jobs?status=started").status_code == 400


def test_stats_count_ones_own(app: Flask, working: Working) -> None:
    program = app.test_client()
    working.finish(UUID(job_of(program)).hex)
    job_of(program)
    stats = program.get(f"{GHOST}/stats").json
    assert missing(DOCUMENT["GET /api/v1/ghost/stats"].answer(), stats) == []
    assert (stats["total_jobs"], stats["status_breakdown"]) == (2, {"done": 1, "running": 0, "queued": 1, "error": 0})
    assert {"latin_rock", "trap_808", "ambient_cinematique"} <= set(stats["available_presets"])


def test_one_job_tells_one_story_through_every_door(app: Flask, working: Working) -> None:
    program = app.test_client()
    hex_id = UUID(job_of(program)).hex
    for state, ours, theirs in (
        ("wait", "queued", "queued"),
        ("begin", "processing", "running"),
        ("finish", "completed", "done"),
    ):
        if state != "wait":
            getattr(working, state)(hex_id)
        assert program.get(f"/job/{hex_id}").json["status"] == ours
        assert program.get(f"{GHOST}/jobs/{hex_id}").json["status"] == theirs
        page = program.get(f"/job/{hex_id}", headers={"Accept": "text/html"})
        assert page.status_code == 200 and "with saxophone solo" in page.text


def test_strangers_in_public_may_read_by_id_and_delete_nothing(public_app: Flask) -> None:
    maker, stranger = (public_app.test_client() for _ in range(2))
    job_id = job_of(maker)
    assert stranger.get(f"{GHOST}/jobs/{job_id}").status_code == 200
    answer = stranger.delete(f"{GHOST}/jobs/{job_id}")
    assert (answer.status_code, answer.json) == (403, {"detail": "Not authorized to delete this job"})
    assert stranger.get(f"{GHOST}/jobs").json["total_count"] == 0
