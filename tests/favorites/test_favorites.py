"""Favorites: kept once, found again, and nobody else's."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from soundbox.extensions import db
from soundbox.favorites.models import Favorite
from soundbox.tracks.models import Track, Withheld
from soundbox.tracks.tallies import Tally
from tests.making import make_track

HTML = {"Accept": "text/html"}


def kept(client: FlaskClient, **query: object) -> list[str]:
    return [row["id"] for row in client.get("/api/favorites", query_string=query).json["items"]]


def test_a_favorite_is_kept_once_and_let_go(open_app: Flask, owner: FlaskClient) -> None:
    track_id = make_track(open_app)
    for _ in range(2):
        answer = owner.post(f"/api/favorites/{track_id}", json={})
        assert answer.json == {"success": True, "favorited": True, "favorites": 1}
    assert kept(owner) == [track_id]
    for _ in range(2):
        answer = owner.delete(f"/api/favorites/{track_id}")
        assert answer.json == {"success": True, "favorited": False, "favorites": 0}
    assert kept(owner) == []


def test_favorites_move_a_track_in_the_trend_and_are_counted(open_app: Flask, owner: FlaskClient) -> None:
    track_id = make_track(open_app)
    before = owner.get(f"/api/library/{track_id}").json["favorites"]
    for person in ("a", "b", "c"):
        owner.post(f"/api/favorites/{track_id}", json={"user_id": person})
    with db.read() as session:
        track = session.scalars(select(Track).where(Track.id == track_id)).one()
        assert (before, track.favorites, Tally.read(session, "favorites")["favorites"]) == (0, 3, 3)
        assert track.trend > track.created_ms / 45_000_000


def test_the_latest_stands_first_whatever_its_age(open_app: Flask, owner: FlaskClient) -> None:
    ids = [make_track(open_app) for _ in range(3)]
    with db.write() as session:
        for moment, track_id in enumerate((ids[2], ids[0], ids[1])):
            track = session.scalars(select(Track).where(Track.id == track_id)).one()
            Favorite.keep(session, track, track.user_id)
            session.get_one(Favorite, (track.user_id, track.number)).created_ms = moment
    assert kept(owner) == [ids[1], ids[0], ids[2]]
    assert kept(owner, page=2, per_page=2) == [ids[2]]
    pages = owner.get("/api/favorites?per_page=2").json
    assert (pages["total"], pages["page"], pages["pages"], pages["per_page"]) == (3, 1, 2, 2)


def test_favorites_can_be_of_one_kind(open_app: Flask, owner: FlaskClient) -> None:
    song, effect = make_track(open_app), make_track(open_app, kind="audio", prompt="rain")
    for track_id in (song, effect):
        owner.post(f"/api/favorites/{track_id}")
    assert kept(owner, model="music") == [song] and kept(owner, model="audio") == [effect]
    assert owner.get("/api/favorites?model=tuba").status_code == 400


def test_favorites_are_ones_own(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    track_id = make_track(public_app, "ada")
    cast["dov"].post(f"/api/favorites/{track_id}", json={"user_id": "ben"})
    assert kept(cast["dov"]) == [track_id] == kept(cast["dov"], user_id="ben")
    assert kept(cast["ben"]) == kept(cast["ben"], user_id="dov") == []


def test_an_open_instance_keeps_for_whom_a_program_names(open_app: Flask, owner: FlaskClient) -> None:
    track_id = make_track(open_app)
    owner.post(f"/api/favorites/{track_id}", json={"user_id": "user_abc123"})
    assert kept(owner, user_id="user_abc123") == [track_id] and kept(owner) == []
    asked = {"generation_ids": [track_id, "unknown"], "user_id": "user_abc123"}
    assert owner.post("/api/favorites/check", json=asked).json == {track_id: True, "unknown": False}
    owner.delete(f"/api/favorites/{track_id}", json={"user_id": "user_abc123"})
    assert owner.post("/api/favorites/check", json=asked).json == {track_id: False, "unknown": False}


def test_what_has_become_a_secret_is_not_shown_and_breaks_nothing(
    public_app: Flask, cast: dict[str, FlaskClient]
) -> None:
    ids = {name: make_track(public_app, "ada") for name in ("stays", "private", "withheld", "deleted", "unlisted")}
    for track_id in ids.values():
        for person in ("ada", "dov"):
            cast[person].post(f"/api/favorites/{track_id}")
    cast["ada"].patch(f"/api/library/{ids['private']}", json={"visibility": "private"})
    cast["ada"].patch(f"/api/library/{ids['unlisted']}", json={"visibility": "unlisted"})
    cast["ada"].delete(f"/api/library/{ids['deleted']}")
    with db.write() as session:
        session.scalars(select(Track).where(Track.id == ids["withheld"])).one().withhold(session, Withheld.operator)
    assert set(kept(cast["dov"])) == {ids["stays"], ids["unlisted"]}
    assert cast["dov"].get("/api/favorites").json["total"] == 2
    assert set(kept(cast["ada"])) == set(ids.values()) - {ids["deleted"]}
    with db.read() as session:
        assert Tally.read(session, "favorites") == {"favorites": 8}


def test_tracks_that_one_may_not_read_cannot_be_kept(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    private = make_track(public_app, "ada", visibility="private")
    answers = [cast["dov"].post(f"/api/favorites/{private}"), cast["dov"].delete("/api/favorites/unknown")]
    assert [(answer.status_code, answer.json["error"]) for answer in answers] == [(404, "Track not found")] * 2


def test_a_guest_keeps_too(public_app: Flask, cast: dict, nobody: FlaskClient) -> None:
    track_id = make_track(public_app, "ada")
    nobody.post(f"/api/favorites/{track_id}")
    assert kept(nobody) == [track_id]


def test_the_page_lists_them_or_says_how_to_begin(open_app: Flask, owner: FlaskClient) -> None:
    assert "No favorites yet" in owner.get("/favorites").text
    track_id = make_track(open_app, prompt="rain on tin")
    owner.post(f"/api/favorites/{track_id}")
    assert "rain on tin" in owner.get("/favorites").text
    assert "None of that kind" in owner.get("/favorites?model=tts").text


def test_keeping_is_a_page_a_fragment_and_json(open_app: Flask, owner: FlaskClient) -> None:
    track_id = make_track(open_app)
    path = f"/api/favorites/{track_id}"
    by_form = owner.post(path, data={"favorited": "true"}, headers={**HTML, "Referer": "http://localhost/library"})
    by_htmx = owner.post(path, data={"favorited": "false"}, headers={"HX-Request": "true"})
    by_program = owner.post(path, json={})
    assert (by_form.status_code, by_form.location) == (303, f"/library#keep-{track_id}")
    assert 'aria-pressed="false"' in by_htmx.text and "soundbox:favorited" in by_htmx.headers["HX-Trigger"]
    assert by_program.json["favorited"] is True


@pytest.mark.parametrize("path", ["/library", "/mine", "/favorites", "/tracks/{}"])
def test_lists_show_what_one_keeps(open_app: Flask, owner: FlaskClient, path: str) -> None:
    track_id = make_track(open_app)
    owner.post(f"/api/favorites/{track_id}")
    page = owner.get(path.format(track_id)).text
    (heart,) = (part for part in page.split("<button") if f'id="heart-{track_id}"' in part)
    assert 'aria-pressed="true"' in heart and f'data-like="{track_id}"' in heart


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_costs_the_same_queries_however_full(open_app: Flask, owner: FlaskClient, count: int) -> None:
    for _ in range(count):
        owner.post(f"/api/favorites/{make_track(open_app)}")
    seen: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *a: seen.append(a[2]))
    owner.get("/favorites?per_page=30")
    besides = ("FROM users", "FROM jobs")  # identity and header
    assert len([sql for sql in seen if sql.startswith("SELECT") and not any(one in sql for one in besides)]) == 4


@pytest.mark.parametrize("query", [{"page": 2**53, "per_page": 10**9}, {"page": 10**9}])
def test_no_page_is_too_far(open_app: Flask, owner: FlaskClient, query: dict) -> None:
    owner.post(f"/api/favorites/{make_track(open_app)}")
    assert kept(owner, **query) == []
