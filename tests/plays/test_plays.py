"""A play is counted once for each listener and half hour, and never the maker's own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from soundbox.clock import now_ms
from soundbox.extensions import db
from soundbox.plays.models import WINDOW_MS, Play
from soundbox.tracks.models import Track
from tests.making import make_track


def test_the_same_listener_is_counted_once(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    track_id = make_track(public_app, maker="ada")
    assert hear(cast["ben"], track_id) == {"success": True, "counted": True, "plays": 1}
    assert hear(cast["ben"], track_id) == {"success": True, "counted": False, "plays": 1}
    assert hear(cast["dov"], track_id) == {"success": True, "counted": True, "plays": 2}
    assert cast["dov"].get(f"/api/library/{track_id}").json["plays"] == 2


def test_makers_do_not_count_themselves(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    track_id = make_track(public_app, maker="ada")
    assert hear(cast["ada"], track_id)["counted"] is False


def test_visitors_without_an_account_count_by_address_and_browser(public_app: Flask, cast: dict) -> None:
    track_id = make_track(public_app, maker="ada")
    counted = [
        hear(public_app.test_client(), track_id, address=address, browser=browser)["counted"]
        for address, browser in (("9.9.9.1", "fox"), ("9.9.9.1", "fox"), ("9.9.9.2", "fox"), ("9.9.9.1", "cat"))
    ]
    assert counted == [True, False, True, True]


def test_nobody_is_made_a_guest_by_listening(public_app: Flask, cast: dict) -> None:
    answer = public_app.test_client().post(f"/api/tracks/{make_track(public_app, maker='ada')}/plays")
    assert "Set-Cookie" not in answer.headers


def test_after_half_an_hour_it_is_a_play_again(open_app: Flask) -> None:
    track_id = make_track(open_app)
    with db.write() as session:
        track = session.scalars(select(Track).where(Track.id == track_id)).one()
        moments = [0, WINDOW_MS - 1, WINDOW_MS, 2 * WINDOW_MS - 1, 2 * WINDOW_MS]
        counted = [Play.count(session, track, "somebody", heard_ms=moment) for moment in moments]
    assert counted == [True, False, True, False, True]


def test_what_decides_nothing_any_more_is_forgotten(open_app: Flask) -> None:
    track_id = make_track(open_app)
    with db.write() as session:
        track = session.scalars(select(Track).where(Track.id == track_id)).one()
        Play.count(session, track, "long ago", heard_ms=now_ms() - WINDOW_MS)
        Play.count(session, track, "just now")
        assert Play.forget(session) == 1
        assert list(session.scalars(select(Play.listener))) == ["just now"]


def test_fifty_listeners_at_once_are_fifty_plays(open_app: Flask) -> None:
    track_id = make_track(open_app)

    def listen(number: int) -> None:
        with db.write() as session:
            track = session.scalars(select(Track).where(Track.id == track_id)).one()
            Play.count(session, track, f"listener {number % 25}")

    with ThreadPoolExecutor(16) as people:
        list(people.map(listen, range(50)))
    with db.read() as session:
        assert session.scalar(select(Track.plays)) == 25
        assert session.scalar(select(func.count()).select_from(Play)) == 25


@pytest.mark.parametrize("visibility", ["private"])
def test_what_is_not_theirs_to_hear_is_not_found(public_app: Flask, cast: dict, visibility: str) -> None:
    track_id = make_track(public_app, maker="ada", visibility=visibility)
    assert cast["ben"].post(f"/api/tracks/{track_id}/plays").status_code == 404
    assert cast["ben"].post("/api/tracks/nonsense/plays").status_code == 404


def test_a_track_with_plays_can_be_deleted(open_app: Flask, owner: FlaskClient) -> None:
    track_id = make_track(open_app)
    hear(owner, track_id)
    assert owner.delete(f"/api/library/{track_id}").status_code == 200


def hear(client: FlaskClient, track_id: str, address: str = "9.9.9.9", browser: str = "fox") -> dict:
    answer = client.post(
        f"/api/tracks/{track_id}/plays",
        headers={"User-Agent": browser},
        environ_base={**client.environ_base, "REMOTE_ADDR": address},
    )
    assert answer.status_code == 200, answer.text
    return answer.json
