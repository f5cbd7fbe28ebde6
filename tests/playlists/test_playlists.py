"""Making, filling and ordering playlists over HTTP."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from soundbox.accounts.models import User
from soundbox.extensions import db
from soundbox.playlists import models
from soundbox.playlists.models import Playlist, PlaylistEntry
from soundbox.tracks.models import Track, Withheld
from tests.making import make_track
from tests.playlists.filling import make_playlist, status, tracks_on

HTML = {"Accept": "text/html"}


def names(client: FlaskClient, **query: object) -> list[str]:
    return [item["name"] for item in client.get("/api/playlists", query_string=query).json["items"]]


def test_a_playlist_is_made_renamed_described_and_deleted(owner: FlaskClient) -> None:
    made = owner.post("/api/playlists", json={"name": "  Slow evenings "})
    playlist_id = made.json["id"]
    assert (made.status_code, made.location) == (201, f"/playlists/{playlist_id}")
    assert (made.json["name"], made.json["visibility"], made.json["mine"]) == ("Slow evenings", "private", True)
    changed = owner.patch(f"/api/playlists/{playlist_id}", json={"name": "Mornings", "description": "with tea"}).json
    assert (changed["name"], changed["description"]) == ("Mornings", "with tea")
    assert owner.delete(f"/api/playlists/{playlist_id}").json["success"] is True
    assert status(owner, "GET", f"/api/playlists/{playlist_id}") == 404


@pytest.mark.parametrize("body", [{}, {"name": " "}, {"name": "x" * 101}, {"name": "a", "visibility": "some"}])
def test_a_bad_playlist_is_refused(owner: FlaskClient, body: dict) -> None:
    assert owner.post("/api/playlists", json=body).status_code == 400
    assert names(owner, mine=1) == []


def test_tracks_stand_in_the_order_they_were_added(open_app: Flask, owner: FlaskClient) -> None:
    first, second, third = (make_track(open_app) for _ in range(3))
    playlist_id = make_playlist(owner, second, first)
    assert tracks_on(owner, playlist_id) == [second, first]
    owner.post(f"/api/playlists/{playlist_id}/tracks/{third}", json={"position": 1})
    assert tracks_on(owner, playlist_id) == [third, second, first]


def test_a_track_is_on_a_playlist_once(open_app: Flask, owner: FlaskClient) -> None:
    track_id = make_track(open_app)
    playlist_id = make_playlist(owner, track_id)
    again = owner.post(f"/api/playlists/{playlist_id}/tracks/{track_id}").json
    assert (again["success"], again["added"], again["playlist"]["track_count"]) == (True, False, 1)


def test_what_was_taken_off_can_be_put_back_in_its_place(open_app: Flask, owner: FlaskClient) -> None:
    tracks = [make_track(open_app) for _ in range(3)]
    playlist_id = make_playlist(owner, *tracks)
    gone = owner.delete(f"/api/playlists/{playlist_id}/tracks/{tracks[1]}").json
    assert gone == {"success": True, "removed": True, "position": 2}
    assert tracks_on(owner, playlist_id) == [tracks[0], tracks[2]]
    owner.post(f"/api/playlists/{playlist_id}/tracks/{tracks[1]}", json={"position": gone["position"]})
    assert tracks_on(owner, playlist_id) == tracks


def test_taking_off_what_is_not_there_is_no_fault(open_app: Flask, owner: FlaskClient) -> None:
    gone = owner.delete(f"/api/playlists/{make_playlist(owner)}/tracks/{make_track(open_app)}").json
    assert gone == {"success": True, "removed": False, "position": None}


def test_the_whole_order_is_sent_at_once(open_app: Flask, owner: FlaskClient) -> None:
    first, second, third = (make_track(open_app) for _ in range(3))
    playlist_id = make_playlist(owner, first, second, third)
    answer = owner.put(f"/api/playlists/{playlist_id}/order", json={"order": [third, first, second]})
    assert answer.json == {"success": True, "order": [third, first, second]}
    assert tracks_on(owner, playlist_id) == [third, first, second]


def test_a_long_playlist_comes_in_pages_and_a_page_is_put_in_order_alone(open_app: Flask, owner: FlaskClient) -> None:
    tracks = [make_track(open_app) for _ in range(5)]
    path = f"/api/playlists/{make_playlist(owner, *tracks)}"
    second = owner.get(f"{path}?page=2&per_page=2").json
    assert (second["pages"], second["track_count"]) == (3, 5)
    assert [(row["position"], row["id"]) for row in second["tracks"]] == [(3, tracks[2]), (4, tracks[3])]
    owner.put(f"{path}/order", json={"order": [tracks[3], tracks[2]]})
    assert [row["id"] for row in owner.get(path).json["tracks"]] == [*tracks[:2], tracks[3], tracks[2], tracks[4]]


def test_a_page_of_a_long_playlist_knows_where_all_of_it_is(open_app: Flask, owner: FlaskClient) -> None:
    playlist_id = make_playlist(owner, *(make_track(open_app, seconds=2.5) for _ in range(3)))
    path = f"/playlists/{playlist_id}"
    whole, part = (owner.get(f"{path}{query}", headers={"Accept": "text/html"}).text for query in ("", "?per_page=2"))
    assert 'data-rest=""' in whole and f'data-rest="/api/playlists/{playlist_id}?per_page=1000"' in part
    assert "Download 3 files" in whole and "Download 3 files" in part
    assert (whole.count("data-take-off"), part.count("data-take-off")) == (3, 2)


MOVES = 'form="order"'  # what belongs to it: the buttons of each row


def test_whoever_cannot_change_a_playlist_can_put_its_tracks_on_their_own(public_app: Flask, cast: dict) -> None:
    track_id = make_track(public_app, "ada")
    path = f"/playlists/{make_playlist(cast['ada'], track_id, visibility='public')}"
    pages = {name: cast[name].get(path, headers={"Accept": "text/html"}).text for name in ("ada", "dov")}
    offer = f'href="/tracks/{track_id}/playlists"'
    assert offer in pages["dov"] and MOVES not in pages["dov"]
    assert MOVES in pages["ada"]


def test_what_came_and_went_meanwhile_is_neither_lost_nor_doubled(open_app: Flask, owner: FlaskClient) -> None:
    first, gone, third, new = (make_track(open_app) for _ in range(4))
    playlist_id = make_playlist(owner, first, third, new)
    owner.put(f"/api/playlists/{playlist_id}/order", json={"order": [third, gone, first]})
    assert tracks_on(owner, playlist_id) == [third, first, new]


@pytest.mark.parametrize(("move", "expected"), [("up", "bac"), ("down", "acb")])
def test_a_form_moves_one_track_one_place(open_app: Flask, owner: FlaskClient, move: str, expected: str) -> None:
    tracks = {letter: make_track(open_app) for letter in "abc"}
    playlist_id = make_playlist(owner, *tracks.values())
    answer = owner.post(f"/playlists/{playlist_id}/order", data={move: tracks["b"]}, headers=HTML)
    assert (answer.status_code, answer.location) == (303, f"/playlists/{playlist_id}")
    assert tracks_on(owner, playlist_id) == [tracks[letter] for letter in expected]


@pytest.mark.parametrize("body", [{}, {"order": "a,a"}, {"order": ["a", "a"]}, {"order": 5}, {"order": [""] * 1001}])
def test_an_order_without_sense_is_refused(owner: FlaskClient, body: dict) -> None:
    assert owner.put(f"/api/playlists/{make_playlist(owner)}/order", json=body).status_code == 400


def test_a_private_playlist_opens_for_its_owner_and_admins_only(public_app: Flask, cast: dict) -> None:
    track_id = make_track(public_app, "ada")
    playlist_id = make_playlist(cast["ada"], track_id)
    for method, path in (
        ("GET", "/api/playlists/{}"),
        ("GET", "/playlists/{}"),
        ("GET", "/api/playlists/{}/pack"),
        ("GET", "/api/playlists/{}/pack.zip"),
        ("PATCH", "/api/playlists/{}"),
        ("DELETE", "/api/playlists/{}"),
        ("POST", "/api/playlists/{}/duplicate"),
        ("POST", f"/api/playlists/{{}}/tracks/{track_id}"),
        ("DELETE", f"/api/playlists/{{}}/tracks/{track_id}"),
    ):
        assert status(cast["dov"], method, path.format(playlist_id)) == 404, path
    assert status(cast["dov"], "PUT", f"/api/playlists/{playlist_id}/order", json={"order": []}) == 404
    assert tracks_on(cast["cleo"], playlist_id) == tracks_on(cast["ada"], playlist_id) == [track_id]


def test_others_may_look_at_an_open_playlist_and_change_nothing(public_app: Flask, cast: dict) -> None:
    track_id = make_track(public_app, "ada")
    playlist_id = make_playlist(cast["ada"], track_id, visibility="unlisted")
    assert tracks_on(cast["dov"], playlist_id) == [track_id]
    path = f"/api/playlists/{playlist_id}"
    assert status(cast["dov"], "PATCH", path, json={"name": "mine"}) == 403
    assert status(cast["dov"], "DELETE", path) == 403
    assert status(cast["dov"], "POST", f"{path}/tracks/{track_id}") == 403
    assert status(cast["dov"], "DELETE", f"{path}/tracks/{track_id}") == 403
    assert status(cast["dov"], "PUT", f"{path}/order", json={"order": [track_id]}) == 403
    assert tracks_on(cast["ada"], playlist_id) == [track_id]


def test_members_fill_a_collaborative_playlist_and_remove_what_is_their_own(
    public_app: Flask, cast: dict, nobody: FlaskClient
) -> None:
    first, second = make_track(public_app, "ada"), make_track(public_app, "ada")
    playlist_id = make_playlist(cast["ada"], first, visibility="unlisted", collaborative=True)
    path = f"/api/playlists/{playlist_id}"
    assert status(nobody, "POST", f"{path}/tracks/{second}") == 403
    assert cast["dov"].post(f"{path}/tracks/{second}").json["added"]
    assert cast["dov"].put(f"{path}/order", json={"order": [second, first]}).json["order"] == [second, first]
    assert status(cast["dov"], "DELETE", f"{path}/tracks/{first}") == 403
    assert status(cast["dov"], "PATCH", path, json={"name": "mine"}) == 403
    assert status(cast["dov"], "DELETE", f"{path}/tracks/{second}") == 200
    cast["dov"].post(f"{path}/tracks/{second}")
    assert status(cast["ada"], "DELETE", f"{path}/tracks/{second}") == 200
    assert tracks_on(cast["ada"], playlist_id) == [first]


def test_guests_own_playlists_too(public_app: Flask, nobody: FlaskClient, cast: dict) -> None:
    track_id = make_track(public_app, "ada")
    made = nobody.post("/api/playlists", json={"name": "Mine", "track": track_id}).json
    assert (made["mine"], made["track_count"], made["has_track"]) == (True, 1, True)
    assert tracks_on(nobody, made["id"]) == [track_id]
    assert status(cast["dov"], "GET", f"/api/playlists/{made['id']}") == 404


def test_reading_makes_nobody(public_app: Flask, nobody: FlaskClient) -> None:
    assert names(nobody, mine=1) == []
    with db.read() as session:
        assert session.scalar(select(User.id)) is None


def test_on_an_open_instance_user_id_names_whose_it_is(owner: FlaskClient) -> None:
    make_playlist(owner, name="Of Bo", user_id="bo")
    make_playlist(owner, name="Of the owner")
    assert names(owner, mine=1, user_id="bo") == ["Of Bo"]
    assert names(owner, mine=1) == ["Of the owner"]


def test_a_token_without_the_power_changes_nothing(public_app: Flask, cast: dict) -> None:
    from soundbox.accounts.models import ApiToken

    with db.write() as session:
        token = ApiToken.issue(session, session.scalars(select(User).where(User.name == "ada")).one(), ("read",))
    headers = {"Authorization": f"Bearer {token}"}
    assert cast["ada"].post("/api/playlists", json={"name": "a"}, headers=headers).status_code == 403


def test_the_public_shelf_shows_what_is_public_and_not_empty(public_app: Flask, cast: dict) -> None:
    track_id = make_track(public_app, "ada")
    for visibility in ("public", "unlisted", "private"):
        make_playlist(cast["ada"], track_id, name=visibility, visibility=visibility)
    make_playlist(cast["ada"], name="empty", visibility="public")
    assert names(cast["dov"]) == names(cast["ada"]) == names(cast["cleo"]) == ["public"]
    assert names(cast["ada"], mine=1) == ["empty", "private", "unlisted", "public"]
    assert names(cast["dov"], mine=1) == []


def test_the_public_shelf_is_sorted_searched_and_paged(open_app: Flask, owner: FlaskClient) -> None:
    first, second = make_track(open_app), make_track(open_app)
    make_playlist(owner, first, second, name="Lo-fi evenings", visibility="public")
    make_playlist(owner, first, name="Rain", visibility="public")
    assert names(owner) == ["Rain", "Lo-fi evenings"]
    assert names(owner, sort="tracks") == ["Lo-fi evenings", "Rain"]
    assert names(owner, search="lofi eve") == ["Lo-fi evenings"]
    assert names(owner, search="?!") == []
    assert names(owner, per_page=1, page=2) == ["Lo-fi evenings"]
    assert owner.get("/api/playlists?sort=loudest").status_code == 400


def test_a_hidden_track_is_on_no_list_of_others_and_its_order_is_kept(public_app: Flask, cast: dict) -> None:
    first, hidden, last = (make_track(public_app, "ada") for _ in range(3))
    playlist_id = make_playlist(cast["ben"], first, hidden, last, visibility="unlisted")
    cast["ada"].patch(f"/api/library/{hidden}", json={"visibility": "private"})
    assert tracks_on(cast["ben"], playlist_id) == tracks_on(cast["dov"], playlist_id) == [first, last]
    assert tracks_on(cast["ada"], playlist_id) == [first, hidden, last]
    assert cast["dov"].get(f"/api/playlists/{playlist_id}").json["track_count"] == 2
    cast["ben"].put(f"/api/playlists/{playlist_id}/order", json={"order": [last, first]})
    cast["ada"].patch(f"/api/library/{hidden}", json={"visibility": "public"})
    assert tracks_on(cast["dov"], playlist_id) == [last, hidden, first]


def test_a_withheld_track_is_on_no_list_of_others(public_app: Flask, cast: dict) -> None:
    track_id = make_track(public_app, "ada")
    playlist_id = make_playlist(cast["ben"], track_id, visibility="public")
    with db.write() as session:
        session.scalars(select(Track).where(Track.id == track_id)).one().withhold(session, Withheld.reports)
    assert tracks_on(cast["ben"], playlist_id) == tracks_on(cast["dov"], playlist_id) == []
    assert cast["dov"].get("/api/playlists").json["items"][0]["cover"] == []
    assert tracks_on(cast["ada"], playlist_id) == [track_id]


def test_an_unlisted_track_is_shown_to_strangers_by_link_and_never_on_a_public_list(
    public_app: Flask, cast: dict
) -> None:
    track_id = make_track(public_app, "ada", visibility="unlisted")
    playlist_id = make_playlist(cast["ben"], track_id, visibility="unlisted")
    assert tracks_on(cast["dov"], playlist_id) == [track_id]
    cast["ben"].patch(f"/api/playlists/{playlist_id}", json={"visibility": "public"})
    assert tracks_on(cast["dov"], playlist_id) == []
    assert tracks_on(cast["ben"], playlist_id) == [track_id]


def test_a_private_track_of_another_cannot_be_added(public_app: Flask, cast: dict) -> None:
    track_id = make_track(public_app, "ada", visibility="private")
    playlist_id = make_playlist(cast["dov"])
    assert status(cast["dov"], "POST", f"/api/playlists/{playlist_id}/tracks/{track_id}") == 404
    assert status(cast["dov"], "GET", f"/tracks/{track_id}/playlists") == 404


def test_a_deleted_track_leaves_every_playlist_and_every_count(open_app: Flask, owner: FlaskClient) -> None:
    first, gone, last, new = (make_track(open_app) for _ in range(4))
    playlist_id = make_playlist(owner, first, gone, last)
    owner.delete(f"/api/library/{gone}")
    assert tracks_on(owner, playlist_id) == [first, last]
    assert stored(playlist_id) == (2, [1, 3])
    owner.post(f"/api/playlists/{playlist_id}/tracks/{new}")
    assert stored(playlist_id) == (3, [1, 2, 3])


def test_a_copy_is_private_ones_own_and_has_what_one_may_see(public_app: Flask, cast: dict) -> None:
    seen, hidden = make_track(public_app, "ada"), make_track(public_app, "ada", visibility="private")
    playlist_id = make_playlist(cast["ada"], hidden, seen, visibility="public", description="with tea")
    copy = cast["dov"].post(f"/api/playlists/{playlist_id}/duplicate")
    assert (copy.status_code, copy.json["name"]) == (201, "Slow evenings (copy)")
    assert (copy.json["visibility"], copy.json["mine"], copy.json["description"]) == ("private", True, "with tea")
    assert tracks_on(cast["dov"], copy.json["id"]) == [seen]


def test_there_is_a_limit_of_tracks(open_app: Flask, owner: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "MOST_TRACKS", 2)
    playlist_id = make_playlist(owner, make_track(open_app), make_track(open_app))
    answer = owner.post(f"/api/playlists/{playlist_id}/tracks/{make_track(open_app)}")
    assert (answer.status_code, answer.json) == (400, {"error": "A playlist holds at most 2 tracks"})


def test_there_is_a_limit_of_playlists(owner: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "MOST_PLAYLISTS", 2)
    playlist_id, _ = (make_playlist(owner) for _ in range(2))
    assert owner.post("/api/playlists", json={"name": "one more"}).status_code == 400
    assert owner.post(f"/api/playlists/{playlist_id}/duplicate").status_code == 400


def test_choosing_tells_which_have_the_track_and_which_of_others_one_fills(public_app: Flask, cast: dict) -> None:
    track_id = make_track(public_app, "ada")
    make_playlist(cast["dov"], name="Empty")
    make_playlist(cast["dov"], track_id, name="Has it")
    together = make_playlist(cast["ada"], name="Together", visibility="unlisted", collaborative=True)
    cast["dov"].post(f"/api/playlists/{together}/tracks/{track_id}")
    json = {"Accept": "application/json"}
    items = cast["dov"].get(f"/tracks/{track_id}/playlists", headers=json).json["items"]
    assert {item["name"]: item["has_track"] for item in items} == {"Together": True, "Has it": True, "Empty": False}
    assert cast["ben"].get(f"/tracks/{track_id}/playlists", headers=json).json["items"] == []


def test_a_track_is_added_by_its_address(open_app: Flask, owner: FlaskClient) -> None:
    track_id = make_track(open_app)
    playlist_id = make_playlist(owner)
    address = f"https://example.org/tracks/{track_id}"
    answer = owner.post(f"/playlists/{playlist_id}/add", data={"track": address}, headers=HTML)
    assert (answer.status_code, answer.location) == (303, f"/playlists/{playlist_id}")
    assert tracks_on(owner, playlist_id) == [track_id]
    assert owner.post(f"/playlists/{playlist_id}/add", data={"track": "what?"}).status_code == 404


def test_every_change_is_a_plain_form_too(open_app: Flask, owner: FlaskClient) -> None:
    track_id = make_track(open_app)
    made = owner.post("/api/playlists", data={"name": "By form", "visibility": "public"}, headers=HTML)
    assert made.status_code == 303
    page = made.location
    added = owner.post(f"/api{page}/tracks/{track_id}", data={}, headers=HTML)
    assert (added.status_code, added.location) == (303, f"/tracks/{track_id}")
    assert "Added to By form." in owner.get(f"/tracks/{track_id}").text
    edited = owner.post(f"{page}/edit", data={"name": "Renamed", "collaborative": "on"}, headers=HTML)
    assert (edited.status_code, edited.location) == (303, page)
    assert owner.get(f"/api{page}").json["collaborative"] is True
    assert owner.post(f"{page}/tracks/{track_id}/remove", headers=HTML).status_code == 303
    assert owner.post(f"{page}/delete", headers=HTML).location == "/playlists"


@pytest.mark.parametrize("count", [1, 30])
def test_pages_cost_the_same_queries_however_full(open_app: Flask, owner: FlaskClient, count: int) -> None:
    tracks = [make_track(open_app) for _ in range(count)]
    playlist_id = make_playlist(owner, *tracks, visibility="public")
    for number in range(count):
        make_playlist(owner, tracks[0], name=f"list {number}", visibility="public")
    seen: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *a: seen.append(a[2]))
    for path in (f"/playlists/{playlist_id}", "/playlists", f"/tracks/{tracks[0]}/playlists"):
        seen.clear()
        assert owner.get(path).status_code == 200
        queries = [one for one in seen if one.startswith("SELECT") and "FROM users" not in one]
        assert len(queries) <= 6, path  # the header asks one of them


def test_what_people_type_is_shown_as_text(open_app: Flask, owner: FlaskClient) -> None:
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    track_id = make_track(open_app, prompt=evil)
    playlist_id = make_playlist(owner, track_id, name=evil, description=evil, visibility="public")
    for path in ("/playlists", f"/playlists/{playlist_id}", f"/tracks/{track_id}/playlists", f"/packs?search={evil}"):
        page = owner.get(path, headers=HTML).text
        assert "<script>alert" not in page and "<img src=x" not in page


def stored(playlist_id: str) -> tuple[int, list[int]]:
    """The count that is kept, and the positions."""
    with db.read() as session:
        playlist = session.scalars(select(Playlist).where(Playlist.id == playlist_id)).one()
        of_it = PlaylistEntry.playlist_number == playlist.number
        return playlist.track_count, list(
            session.scalars(select(PlaylistEntry.position).where(of_it).order_by("position"))
        )
