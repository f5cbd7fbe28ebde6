"""Lists as other programs read them, held against what their formats demand."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.making import make_track

ATOM, XSPF = "{http://www.w3.org/2005/Atom}", "{http://xspf.org/ns/0/}"
FORMS = {
    "atom": "application/atom+xml",
    "json": "application/feed+json",
    "m3u": "audio/x-mpegurl",
    "xspf": "application/xspf+xml",
}
NASTY = 'rain <b>&amp; \ufffe "quotes"\n#EXTINF:0,evil\r\n\u2028 ]]> done'


@pytest.fixture
def rain(open_app: Flask) -> str:
    make_track(open_app, prompt="driving techno")
    return make_track(open_app, prompt="slow rain on a tin roof", kind="audio", seconds=2.5)


@pytest.mark.parametrize("form", FORMS)
def test_a_search_is_a_feed_with_the_same_tracks(owner: FlaskClient, rain: str, form: str) -> None:
    answer = owner.get(f"/feeds/library.{form}?search=rain&model=audio")
    assert answer.mimetype == FORMS[form]
    assert f"/audio/{rain}.mp3" in answer.text
    assert "techno" not in answer.text
    everything = owner.get(f"/feeds/library.{form}").text
    assert everything.index("rain") < everything.index("techno")  # the newest first


def test_atom_has_all_that_an_entry_must_have(owner: FlaskClient, rain: str) -> None:
    root = ElementTree.fromstring(owner.get("/feeds/library.atom?search=rain").data)
    assert root.tag == f"{ATOM}feed"
    assert all(root.find(f"{ATOM}{name}") is not None for name in ("id", "title", "updated"))
    (entry,) = root.findall(f"{ATOM}entry")
    texts = {name: entry.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated", "rights")}
    assert texts["title"] == "slow rain on a tin roof"
    assert texts["id"] == f"urn:uuid:{rain[:8]}-{rain[8:12]}-{rain[12:16]}-{rain[16:20]}-{rain[20:]}"
    links = {link.get("rel"): link for link in entry.findall(f"{ATOM}link")}
    assert links["enclosure"].get("type") == "audio/mpeg"
    assert links["license"].get("href") == "https://creativecommons.org/publicdomain/zero/1.0/"
    assert "Rain" in [category.get("term") for category in entry.findall(f"{ATOM}category")]


def test_json_feed_tells_length_and_maker(owner: FlaskClient, rain: str) -> None:
    feed = json.loads(owner.get("/feeds/library.json?search=rain").data)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    (item,) = feed["items"]
    assert item["attachments"][0]["duration_in_seconds"] == 2.5
    assert item["authors"] == [{"name": "owner", "url": "http://localhost/makers/owner"}]


def test_players_read_the_lists(owner: FlaskClient, rain: str) -> None:
    lines = owner.get("/feeds/library.m3u?search=rain").text.splitlines()
    assert lines[0] == "#EXTM3U"
    assert lines[-1] == f"http://localhost/audio/{rain}.mp3"
    root = ElementTree.fromstring(owner.get("/feeds/library.xspf?search=rain").data)
    assert root.findtext(f"{XSPF}trackList/{XSPF}track/{XSPF}duration") == "2500"


@pytest.mark.parametrize("form", FORMS)
def test_no_prompt_breaks_out_of_a_format(open_app: Flask, owner: FlaskClient, form: str) -> None:
    make_track(open_app, prompt=NASTY, title=NASTY[:100])
    body = owner.get(f"/feeds/library.{form}?search=rain").data
    if form in ("atom", "xspf"):
        ElementTree.fromstring(body)
    elif form == "json":
        assert len(json.loads(body)["items"]) == 1
    else:
        lines = body.decode().split("\n")
        assert [line[:8] for line in lines] == ["#EXTM3U", "#PLAYLIS", "#EXTINF:", "#EXTIMG:", "http://l", ""]


@pytest.mark.parametrize("form", FORMS)
def test_what_is_not_listed_is_in_no_feed(public_app: Flask, cast: dict, form: str) -> None:
    hidden = [make_track(public_app, maker="ada", visibility=v) for v in ("private", "unlisted")]
    hidden.append(make_track(public_app, maker="ada", withheld="reports"))
    for path in (f"/feeds/library.{form}", f"/feeds/makers/ada.{form}"):
        text = cast["ada"].get(path).text
        assert not any(track_id in text for track_id in hidden)


def test_a_feed_that_did_not_change_is_not_sent_again(owner: FlaskClient, rain: str) -> None:
    first = owner.get("/feeds/library.atom")
    again = owner.get("/feeds/library.atom", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_makers_feed_and_page(owner: FlaskClient, rain: str) -> None:
    assert rain in owner.get("/feeds/makers/owner.m3u").text
    answer = owner.get("/makers/owner", headers={"Accept": "application/json"}).json
    assert (answer["name"], answer["total"]) == ("owner", 2)
    page = owner.get("/makers/owner", headers={"Accept": "text/html"}).text
    assert "2 public sounds" in page and "/feeds/makers/owner.atom" in page


def test_a_playlist_is_a_feed_in_its_own_order(open_app: Flask, owner: FlaskClient, rain: str) -> None:
    older = make_track(open_app, prompt="an owl")
    playlist_id = owner.post("/api/playlists", json={"name": "Night", "visibility": "public"}).json["id"]
    for track_id in (older, rain):
        owner.post(f"/api/playlists/{playlist_id}/tracks/{track_id}")
    answer = owner.get(f"/feeds/playlists/{playlist_id}.m3u")
    lines = answer.text.splitlines()
    assert lines[1] == "#PLAYLIST:Night"
    assert [line for line in lines if line.endswith(".mp3")] == [
        f"http://localhost/audio/{older}.mp3",
        f"http://localhost/audio/{rain}.mp3",
    ]
    assert answer.cache_control.public


def test_a_private_playlist_is_nobody_elses_feed(cast: dict[str, FlaskClient]) -> None:
    playlist_id = cast["ada"].post("/api/playlists", json={"name": "Mine", "visibility": "private"}).json["id"]
    assert cast["ben"].get(f"/feeds/playlists/{playlist_id}.atom").status_code == 404
    answer = cast["ada"].get(f"/feeds/playlists/{playlist_id}.atom")
    assert answer.cache_control.private and not answer.cache_control.public


@pytest.mark.parametrize(
    "path",
    ["/feeds/library.exe", "/feeds/makers/nobody-here.atom", "/feeds/makers/owner.rtf", "/makers/nobody-here"],
)
def test_what_does_not_exist_is_said_so(owner: FlaskClient, rain: str, path: str) -> None:
    answer = owner.get(path, headers={"Accept": "application/json"})
    assert answer.status_code == 404 and answer.json["error"]


def test_a_bad_filter_is_a_clear_error_here_too(owner: FlaskClient) -> None:
    assert owner.get("/feeds/library.atom?sort=loudest").status_code == 400
