"""Hearing a sound while it is made, over HTTP: who may, what players get, and what they get before and after."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from soundbox.audio.cut import SEGMENT_FRAMES
from soundbox.audio.packed import timestamp
from soundbox.extensions import db
from soundbox.jobs.models import Job
from tests.jobs.conftest import job_now, move
from tests.jobs.growth import end, grow, media_of
from tests.jobs.test_routes import HTML, JSON, asked, started
from tests.making import make_track

PLAYLIST = "application/vnd.apple.mpegurl"


def playlist(client: FlaskClient, job_id: str):
    return client.get(f"/job/{job_id}/live.m3u8")


def segments(text: str) -> list[str]:
    return re.findall(r"^/job/.*\.aac$", text, re.MULTILINE)


def test_what_waits_or_has_just_begun_is_asked_for_again(owner: FlaskClient) -> None:
    job_id = asked(owner)
    for state in ("waiting", "running"):
        answer = playlist(owner, job_id)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1"), state
        assert answer.json["error"] == "Nothing of it can be heard yet"
        if state == "waiting":
            started()


def test_a_list_grows_and_its_segments_say_when_they_begin(open_app: Flask, owner: FlaskClient) -> None:
    job_id = asked(owner)
    started()
    content = grow(open_app, f"{job_id}.1.0", 1.5)
    first = playlist(owner, job_id)
    assert first.mimetype == PLAYLIST and first.headers["Cache-Control"] == "private, no-cache"
    lines = first.text.splitlines()
    assert lines[:2] == ["#EXTM3U", "#EXT-X-VERSION:3"]
    assert {"#EXT-X-PLAYLIST-TYPE:EVENT", "#EXT-X-MEDIA-SEQUENCE:0", "#EXT-X-TARGETDURATION:2"} <= set(lines)
    assert "#EXT-X-ENDLIST" not in lines and len(segments(first.text)) == 1

    grow(open_app, f"{job_id}.1.0", 1.0)
    grown = playlist(owner, job_id).text
    assert grown.startswith(first.text) and len(segments(grown)) == 2
    heard = owner.get(segments(grown)[0])
    assert heard.mimetype == "audio/aac" and "immutable" in heard.headers["Cache-Control"]
    assert (
        heard.data.startswith(timestamp(0))
        and heard.data[len(timestamp(0)) :] == content[: len(heard.data) - len(timestamp(0))]
    )
    assert owner.get(segments(grown)[1]).data.startswith(timestamp(SEGMENT_FRAMES))


def test_a_frame_that_is_half_written_is_not_heard(open_app: Flask, owner: FlaskClient) -> None:
    job_id = asked(owner)
    started()
    content = grow(open_app, f"{job_id}.1.0", 1.0)
    media_of(open_app).append(f"{job_id}.1.0", content[:100])
    assert len(segments(playlist(owner, job_id).text)) == 1


def test_a_whole_sound_has_a_list_that_ends_with_what_is_left(open_app: Flask, owner: FlaskClient) -> None:
    job_id = asked(owner)
    started()
    grow(open_app, f"{job_id}.1.0", 1.5)
    end(open_app, f"{job_id}.1.0")
    text = playlist(owner, job_id).text
    assert text.endswith("#EXT-X-ENDLIST\n") and len(segments(text)) == 2
    assert re.findall(r"#EXTINF:([\d.]+)", text) == ["2.00533", "1.00267"]


def test_a_finished_sound_stays_under_the_same_address_when_its_parts_are_gone(
    open_app: Flask, owner: FlaskClient
) -> None:
    track = make_track(open_app)
    _pretend_made(owner, track)
    text = playlist(owner, track).text
    assert f"/audio/{track}.mp3" in text and text.endswith("#EXT-X-ENDLIST\n")
    assert "#EXTINF:2.00000" in text


def _pretend_made(client: FlaskClient, track_id: str) -> None:
    job_id = asked(client)
    with db.write() as session:
        session.execute(update(Job).where(Job.id == job_id).values(id=track_id, status="completed"))


@pytest.mark.parametrize("how", ["cancelled", "failed"])
def test_what_ended_without_a_sound_says_so(owner: FlaskClient, how: str) -> None:
    job_id = asked(owner)
    claim = started()
    if how == "failed":
        move(claim, "fail", "Out of breath.")
    else:
        owner.delete(f"/job/{job_id}")
    assert playlist(owner, job_id).status_code == 410
    assert job_now(job_id).status == how


def test_a_private_sound_is_heard_by_those_who_may_see_its_job(
    public_app: Flask, cast: dict[str, FlaskClient], nobody: FlaskClient
) -> None:
    job_id = asked(cast["ada"], visibility="private")
    started()
    grow(public_app, f"{job_id}.1.0", 1.0)
    part = segments(playlist(cast["ada"], job_id).text)[0]
    for name, client in {**cast, "a visitor": nobody}.items():
        expected = 200 if name in ("ada", "cleo") else 404
        assert playlist(client, job_id).status_code == expected, name
        assert client.get(part).status_code == expected, name


@pytest.mark.parametrize("name", ["1-0-9.aac", "2-0-0.aac", "1-1-0.aac", "1-0-0.mp3", "nonsense", "1-0--1.aac"])
def test_nothing_else_can_be_asked_for(open_app: Flask, owner: FlaskClient, name: str) -> None:
    job_id = asked(owner)
    started()
    grow(open_app, f"{job_id}.1.0", 1.0)
    assert owner.get(f"/job/{job_id}/live/{name}").status_code == 404
    assert owner.get(f"/job/{job_id}/live/1-0-0.aac").status_code == 200


def test_the_job_says_where_it_can_be_heard_once_it_can(open_app: Flask, owner: FlaskClient) -> None:
    job_id = asked(owner)
    started()
    page = owner.get(f"/job/{job_id}", headers=HTML).text
    assert "playlist_url" not in owner.get(f"/job/{job_id}", headers=JSON).json
    assert "Listen while it is made" not in page
    seen = re.search(r"seen=(\w+)", page)
    assert seen
    grow(open_app, f"{job_id}.1.0", 1.0)
    assert owner.get(f"/job/{job_id}", headers=JSON).json["playlist_url"] == f"/job/{job_id}/live.m3u8"
    again = owner.get(f"/job/{job_id}?seen={seen[1]}", headers={"HX-Request": "true"})
    assert again.status_code == 200 and "Listen while it is made" in again.text


def test_in_the_public_queue_nobody_else_is_shown_the_way_to_it(
    public_app: Flask, cast: dict[str, FlaskClient]
) -> None:
    job_id = asked(cast["ada"])
    started()
    grow(public_app, f"{job_id}.1.0", 1.0)
    assert "live.m3u8" in cast["ada"].get("/create", headers=HTML).text
    assert "live.m3u8" not in cast["dov"].get("/queue", headers=HTML).text
