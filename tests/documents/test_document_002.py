"""Document 002, the API reference: its own examples, sent as printed; every field of its answers is there."""

from __future__ import annotations

import json

import pytest

from soundbox.engines.models import PROCEDURAL_VERSION
from tests.documents.conftest import Site
from tests.documents.reading import missing, sections

DOCUMENT = sections("002")


def test_generate_answers_as_documented(site: Site) -> None:
    section = DOCUMENT["POST /generate"]
    answer = site.ask("POST", "/generate", json=section.body)
    assert answer.status_code == 201
    assert missing(section.answer(), answer.json) == []
    assert answer.json["success"] is True and answer.json["position"] == 1


def test_a_job_tells_what_is_documented_from_its_start_to_its_end(site: Site) -> None:
    section = DOCUMENT["GET /job/{job_id}"]
    job_id = site.generate(model="music", duration=12)
    site.working.begin(job_id)
    running = site.get(f"/job/{job_id}")
    site.working.finish(job_id)
    ended = site.get(f"/job/{job_id}")
    assert missing(section.answer("in progress"), running) == []
    assert missing(section.answer("completed"), ended) == []
    assert (running["status"], running["position"], running["retry_count"]) == ("processing", 0, 0)
    assert {**section.answer("completed"), **ended} == ended
    assert (ended["filename"], ended["spectrogram"]) == (f"{job_id}.wav", f"{job_id}.png")


def test_a_failed_job_says_why(site: Site) -> None:
    short = site.track(engine_version=PROCEDURAL_VERSION, seconds=0.5)
    job_id = site.generate(model="music", parent=short, relation="extend")
    site.working.finish(job_id)
    failed = site.get(f"/job/{job_id}")
    assert missing(DOCUMENT["GET /job/{job_id}"].answer("failed"), failed) == []
    assert failed["status"] == "failed" and "too short to be extended" in failed["error"]


def test_the_queue_is_listed_in_both_ways(site: Site) -> None:
    running = site.generate(model="music", duration=12)
    site.working.begin(running)
    waiting = site.generate()
    short, full = site.get("/queue-status"), site.get("/api/queue")
    assert missing(DOCUMENT["GET /queue-status"].answer(), short) == []
    assert missing(DOCUMENT["GET /api/queue"].answer(), full) == []
    assert [(row["id"], row["status"], row["position"]) for row in short["jobs"]] == [
        (running, "processing", 0),
        (waiting, "queued", 1),
    ]
    assert (short["current_job"], short["queue_length"]) == (full["current_job"], full["total"]) == (running, 2)


def test_a_queued_job_is_cancelled_as_documented(site: Site) -> None:
    section, job_id = DOCUMENT["POST /api/queue/{job_id}/cancel"], site.generate()
    answer = site.ask("POST", f"/api/queue/{job_id}/cancel", json=section.body)
    assert (answer.status_code, answer.json) == (200, section.answer())
    assert site.get(f"/job/{job_id}")["error"] == "Cancelled"


def test_status_has_every_field(site: Site) -> None:
    documented, answer = DOCUMENT["GET /status"].answer(), site.get("/status")
    del documented["estimated_wait"]  # one number here, a map in 003, which is newer
    assert missing(documented, answer) == []
    assert set(answer["models"].values()) <= {"pending", "loading", "ready", "unloaded", "error"}


def test_library_rows_are_as_documented(site: Site) -> None:
    track_id = site.track(prompt="peaceful ambient melody")
    page, row = site.get("/api/library"), site.get(f"/api/library/{track_id}")
    assert missing(DOCUMENT["GET /api/library"].answer(), page) == []
    assert missing(DOCUMENT["GET /api/library/{gen_id}"].answer(), row) == []
    documented = DOCUMENT["GET /api/library/{gen_id}"].answer()
    shared = ("prompt", "model", "is_loop", "quality_score")
    assert {name: row[name] for name in shared} == {name: documented[name] for name in shared}
    assert set(json.loads(row["category"])) == set(json.loads(documented["category"]))
    assert len(row["created_at"]) == len(documented["created_at"])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("page=1&per_page=1&model=audio", ["rain"]),
        ("search=melody&sort=popular", ["peaceful ambient melody"]),
        ("sort=rating&category=ambient", ["peaceful ambient melody"]),
        ("sort=recent&user_id=user_abc123", []),
    ],
)
def test_every_documented_parameter_of_the_library_is_heard(site: Site, query: str, found: list[str]) -> None:
    site.track(prompt="peaceful ambient melody")
    site.track(prompt="rain", kind="audio")
    assert [row["prompt"] for row in site.get(f"/api/library?{query}")["items"]] == found


@pytest.mark.parametrize("path", ["/api/library/counts", "/api/stats"])
def test_counts_are_as_documented(site: Site, path: str) -> None:
    site.track()
    assert missing(DOCUMENT[f"GET {path}"].answer(), site.get(path)) == []


def test_categories_are_as_documented(site: Site) -> None:
    documented = DOCUMENT["GET /api/categories/{model}"].answer()["categories"]
    assert documented.items() <= site.get("/api/categories/music")["categories"].items()
    site.track(prompt="peaceful ambient melody")
    assert site.get("/api/library/category-counts?model=music") == {"peaceful": 1, "ambient": 1}


def test_history_rows_are_as_documented(site: Site) -> None:
    site.track()
    site.track(prompt="rain", kind="audio")
    rows = site.get("/history?model=music")
    documented = DOCUMENT["GET /history"].answer()
    assert len(rows) == 1 and missing(documented, rows) == []
    assert len(rows[0]["created"]) == len(documented[0]["created"])


def test_files_come_in_their_types_and_under_a_clean_name(site: Site) -> None:
    track_id = site.track(prompt="peaceful ambient melody")
    sound = site.ask("GET", f"/audio/{track_id}.wav")
    picture = site.ask("GET", f"/spectrogram/{track_id}.png")
    download = site.ask("GET", f"/download/{track_id}.wav")
    assert (sound.content_type, picture.content_type) == ("audio/wav", "image/png")
    assert f"peaceful-ambient-melody_{track_id[-6:]}.wav" in download.headers["Content-Disposition"]


def test_a_spectrogram_is_made_on_demand(site: Site) -> None:
    answer = site.get(f"/generate-spectrogram/{site.track()}.wav")
    assert missing(DOCUMENT["GET /generate-spectrogram/{audio_filename}"].answer(), answer) == []
    assert site.ask("GET", f"/generate-spectrogram/{'0' * 32}.wav").status_code == 404


def test_a_random_prompt_is_given(site: Site) -> None:
    section = DOCUMENT["POST /random-prompt"]
    answer = site.ask("POST", "/random-prompt", json=section.body)
    assert answer.status_code == 200
    assert missing(section.answer(), answer.json) == [] and answer.json["prompt"]


def test_errors_have_the_documented_shape(site: Site) -> None:
    answer = site.ask("POST", "/generate", json={})
    documented = DOCUMENT["GET /api/stats"].answer("errors")  # the document's last section has no heading of its own
    assert missing(documented, answer.json) == [] and list(answer.json) == list(documented)
