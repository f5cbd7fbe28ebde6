"""The API as a page: its curl lines run as printed, once what stands in braces is filled in."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.serving import make_server

from soundbox.docs.openapi import operations
from soundbox.extensions import db
from soundbox.jobs.models import Job, State
from tests.documents.reading import Call
from tests.jobs.growth import FIRST_PART, grow
from tests.live.stations import segment_on_air
from tests.making import make_track

CODE = re.compile(r"<code>(curl .*?)</code>", re.DOTALL)


@pytest.fixture
def address(open_app: Flask) -> Iterator[str]:
    """The site on a port of its own."""
    server = make_server("127.0.0.1", 0, open_app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


APART = (
    "/stream.mp3'",  # endless, and off here; tests/live/test_stream.py listens to it
    *(
        "/api/jobs/{job_id}'",
        "/api/audio/{job_id}'",
    ),  # of a session, whose cookie tests/dialects/test_programs.py keeps
)


def lines(client: FlaskClient, address: str) -> list[str]:
    page = client.get("/docs", base_url=address).text
    return [html.unescape(line) for line in CODE.findall(page)]


def filled(line: str, app: Flask, client: FlaskClient) -> str:
    """With a job that waits and a track of its own, so that the lines may end and delete them."""
    track_id = make_track(app)
    job_id = asked(client) if "job_id}" in line else ""  # or there would be more than may wait
    playlist_id = client.post("/api/playlists", json={"name": "Slow evenings", "track": track_id}).json["id"]
    line = line.replace("{playlist_id}", playlist_id).replace("{model}", "music")
    if "{preset}" in line:
        preset = client.post("/api/presets", json={"name": "Bells", "prompt_base": "slow bells"}).json["slug"]
        line = line.replace("{preset}", preset)
    if "{search_id}" in line:
        search_id = client.post("/api/searches", json={"name": "Rain", "query": "search=rain"}).json["id"]
        line = line.replace("{search_id}", search_id)
    if "{deleted_id}" in line:
        undo = client.delete(f"/api/playlists/{playlist_id}").json["undo_url"]
        line = line.replace("{deleted_id}", undo.rpartition("/")[-1])
    if "{webhook_id}" in line:
        for known in client.get("/api/webhooks").json["webhooks"]:
            client.delete(f"/api/webhooks/{known['id']}")
        webhook_id = client.post("/api/webhooks", json={"url": "https://example.com/hook"}).json["id"]
        line = line.replace("{webhook_id}", webhook_id)
    if "{slug}" in line:
        slug = client.post("/api/stations", json={"name": "Rain"}).json["slug"]
        line = line.replace("{slug}", slug)
        if "{segment}" in line:
            line = line.replace("{segment}", segment_on_air(client, slug))
    if "/live" in line and job_id:
        grow(app, f"{job_id}.0.0")
        line = line.replace("{part}", FIRST_PART)
    if "{failed_job_id}" in line:
        line = line.replace("{failed_job_id}", failed(job_id))
    line = line.replace("{name}", "owner").replace("{form}", "atom").replace("{list_form}", "m3u")
    line = line.replace("{voice}", "de")
    line = line.replace("{url}", f"{line.split('/oembed')[0].split(chr(39))[-1]}/tracks/{track_id}")
    file = f"{track_id}.{'png' if '/spectrogram/' in line else 'wav'}"
    sound = app.extensions["soundbox_media"].path(f"{track_id}.1.wav")
    return (
        line.replace("{sound}", str(sound))
        .replace("{track_id}", track_id)
        .replace("{job_id}", job_id)
        .replace("{file}", file)
    )


def asked(client: FlaskClient) -> str:
    answer = client.post("/generate", json={"prompt": "rain", "model": "audio", "duration": 1})
    return str(answer.json["job_id"])


def failed(job_id: str) -> str:
    with db.write() as session:
        session.execute(update(Job).where(Job.id == job_id).values(status=State.failed))
    return job_id


def test_every_operation_has_its_line(open_app: Flask, owner: FlaskClient) -> None:
    calls = [Call.parse(line, "http://localhost") for line in lines(owner, "http://localhost")]
    promised = [(operation.method.upper(), operation.path) for operation in operations(open_app)]
    assert sorted((call.method, call.path.partition("?")[0]) for call in calls) == sorted(promised)


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_every_line_runs_as_printed(open_app: Flask, owner: FlaskClient, address: str) -> None:
    failed = {}
    for line in [line for line in lines(owner, address) if not line.endswith(APART)]:
        command = f"{filled(line, open_app, owner)} --silent --show-error --fail-with-body --max-time 20"
        done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, check=False)
        if done.returncode:
            failed[line] = (done.stdout + done.stderr)[:200]
    assert failed == {}


def test_a_field_is_told_with_its_type_and_meaning(owner: FlaskClient) -> None:
    page = owner.get("/docs").text
    assert "Seconds, from 0.5 to the limit of your tier" in page and "Rate limit exceeded" in page


def test_the_page_is_the_document_for_programs(owner: FlaskClient) -> None:
    assert owner.get("/docs", headers={"Accept": "application/json"}).json == owner.get("/openapi.json").json


def test_every_shape_that_an_answer_names_is_told_once(owner: FlaskClient) -> None:
    page = owner.get("/docs").text
    told = re.findall(r'<article class="endpoint" id="(\w+)"', page)
    named = set(re.findall(r'<code>[^<]*<a href="#(\w+)"', page))
    assert "TrackAnswer" in named <= set(told)
    assert len(told) == len(set(told))
