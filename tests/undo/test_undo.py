"""What somebody deleted of theirs can be had back as it was, for an hour, by nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from soundbox.extensions import db
from soundbox.playlists.models import PlaylistEntry
from soundbox.presets.models import MOST_PRESETS
from soundbox.undo.models import LASTS_MS, Deleted
from tests.making import make_track
from tests.playlists.filling import make_playlist, tracks_on

HTML = {"Accept": "text/html"}
MADE = {
    "playlists": {"name": "Slow evenings", "description": "For the train", "visibility": "public"},
    "stations": {"name": "Rain", "description": "Wet", "prompt": "rain", "query": "search=rain&loop=1"},
    "presets": {"name": "Night train", "prompt_base": "fast train", "seed": 7, "tags": ["dark"], "shared": True},
}
CHANGES = ("updated_at",)  # having it back is a change, too


def made(client: FlaskClient, sort: str, **facts: object) -> str:
    """The address of a new one for programs."""
    answer = client.post(f"/api/{sort}", json={**MADE[sort], **facts})
    assert answer.status_code == 201, answer.text
    return f"/api/{sort}/{answer.json.get('slug') or answer.json['id']}"


def undo_url(client: FlaskClient, address: str) -> str:
    answer = client.delete(address)
    assert answer.status_code == 200 and client.get(address).status_code == 404
    url: str = answer.json["undo_url"]
    return url


def told(client: FlaskClient, address: str) -> dict[str, Any]:
    return {name: value for name, value in client.get(address).json.items() if name not in CHANGES}


def kept() -> int:
    with db.read() as session:
        return session.scalar(select(func.count()).select_from(Deleted)) or 0


@pytest.mark.parametrize("sort", MADE)
def test_it_is_back_as_it_was_at_its_address(cast: dict[str, FlaskClient], sort: str) -> None:
    ada = cast["ada"]
    address = made(ada, sort)
    before = told(ada, address)
    answer = ada.post(undo_url(ada, address))
    assert answer.json == {"success": True, "page_url": address.removeprefix("/api")}
    assert told(ada, address) == before
    assert kept() == 0


def test_a_playlist_has_its_tracks_again_but_for_those_that_are_gone(
    public_app: Flask, cast: dict[str, FlaskClient]
) -> None:
    ada, ben = cast["ada"], cast["ben"]
    first, second, third = (make_track(public_app, "ada") for _ in range(3))
    playlist_id = make_playlist(ada, third, first, visibility="public", collaborative=True)
    assert ben.post(f"/api/playlists/{playlist_id}/tracks/{second}").json["added"]
    url = undo_url(ada, f"/api/playlists/{playlist_id}")
    ada.delete(f"/api/library/{first}")
    assert ada.post(url).status_code == 200
    assert tracks_on(ada, playlist_id) == [third, second]
    with db.read() as session:
        assert len(set(session.scalars(select(PlaylistEntry.added_by)))) == 2  # ben's is still ben's
    assert ada.delete(f"/api/playlists/{playlist_id}/tracks/{third}").json["position"] == 1


def test_a_station_on_the_wall_is_on_the_wall_again(cast: dict[str, FlaskClient]) -> None:
    ada, cleo = cast["ada"], cast["cleo"]
    address = made(ada, "stations")
    cleo.patch(address, json={"is_hidden": False})
    ada.post(undo_url(ada, address))
    assert cast["dov"].get(address).status_code == 200


def test_nobody_else_has_it_back(cast: dict[str, FlaskClient], nobody: FlaskClient) -> None:
    url = undo_url(cast["ada"], made(cast["ada"], "presets"))
    for other in (cast["ben"], cast["cleo"], nobody):
        assert other.post(url).status_code == 404
    assert cast["ada"].post(url).status_code == 200


def test_it_is_had_back_once(cast: dict[str, FlaskClient]) -> None:
    url = undo_url(cast["ada"], made(cast["ada"], "presets"))
    assert [cast["ada"].post(url).status_code for _ in range(2)] == [200, 404]


def test_what_an_admin_deleted_of_others_stays_deleted(cast: dict[str, FlaskClient]) -> None:
    for sort in MADE:
        assert cast["cleo"].delete(made(cast["ada"], sort)).json == {"success": True, "undo_url": None}
    assert kept() == 0


def test_after_an_hour_it_is_gone(cast: dict[str, FlaskClient]) -> None:
    url = undo_url(cast["ada"], made(cast["ada"], "presets"))
    with db.write() as session:
        session.execute(update(Deleted).values(created_ms=Deleted.created_ms - LASTS_MS))
    assert cast["ada"].post(url).status_code == 404
    with db.write() as session:
        Deleted.forget(session)
    assert kept() == 0


def test_whose_place_is_taken_is_told_so(cast: dict[str, FlaskClient]) -> None:
    ada = cast["ada"]
    station = undo_url(ada, made(ada, "stations"))
    made(ada, "stations")
    assert ada.post(station).json["error"] == "Another station has this address by now"
    preset = undo_url(ada, made(ada, "presets"))
    for number in range(MOST_PRESETS):
        made(ada, "presets", name=f"No. {number}")
    answer = ada.post(preset)
    assert answer.status_code == 400 and str(MOST_PRESETS) in answer.json["error"]
    assert kept() == 2


def test_the_page_says_so_with_a_button(owner: FlaskClient) -> None:
    owner.post("/api/presets", json=MADE["presets"])
    address = owner.get("/api/presets?mine=1").json["presets"][0]["page_url"]
    page = owner.post(f"{address}/delete", headers=HTML, follow_redirects=True).text
    assert "Deleted." in page and 'action="/api/undo/' in page
    url = page.partition('action="/api/undo/')[2].partition('"')[0]
    back = owner.post(f"/api/undo/{url}", headers=HTML)
    assert (back.status_code, back.headers["Location"]) == (303, address)
    assert "It is back." in owner.get(address, headers=HTML).text


def test_a_guest_who_signs_up_can_still_have_it_back(nobody: FlaskClient) -> None:
    address = made(nobody, "presets")
    url = undo_url(nobody, address)
    joined = {"name": "eva", "password": "a sentence to remember"}
    assert nobody.post("/auth/register", json=joined).status_code in (200, 201)
    assert nobody.post(url).status_code == 200
    assert nobody.get(address).status_code == 200
