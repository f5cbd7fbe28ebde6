"""What is not for everybody appears in no answer that a stranger can get, on whatever route there is or will be."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from soundbox.extensions import db
from soundbox.stations.models import Station
from soundbox.stations.rules import StationRule
from tests.jobs.growth import FIRST_PART, grow
from tests.making import make_track

ACCEPT = ("text/html", "application/json")
WORD = "murmuration"  # stands in every prompt, so that searches find all they may
SORTS = ("recent", "popular", "rating", "trending", "duration")
SEARCHES = (
    "",
    f"?search={WORD}",
    "?category=ambient",
    "?per_page=100",
    "?tracks=1",
    *(f"?sort={sort}" for sort in SORTS),
)
HIDDEN = {
    "private": {"visibility": "private"},
    "unlisted": {"visibility": "unlisted"},
    "review": {"withheld": "review"},
    "reports": {"withheld": "reports"},
    "operator": {"withheld": "operator"},
    "suspended": {"withheld": "suspended"},
}


class Place:
    """A site with one public track and one of every sort that nobody but its maker may find."""

    def __init__(self, app: Flask, stranger: FlaskClient, maker: FlaskClient) -> None:
        self.app, self.stranger = app, stranger
        self.hidden = {
            name: make_track(app, "ada", f"{WORD} ambient secret{name}", **facts)  # type: ignore[arg-type]
            for name, facts in HIDDEN.items()
        }
        self.public = make_track(app, "ada", f"{WORD} ambient for everybody")
        children = [
            make_track(app, "ada", f"{WORD} ambient child", parent_id=parent, relation="vary")
            for parent in self.hidden.values()
        ]
        self.listed = [self.public, *children]
        playlist = maker.post("/api/playlists", json={"name": "birds"})
        for track_id in (*self.hidden.values(), self.public):
            maker.post(f"/api/playlists/{playlist.json['id']}/tracks/{track_id}")
        with db.write() as session:
            Station.make(session, "birds", StationRule(), slug="birds")
        job = stranger.post("/generate", json={"prompt": WORD, "model": "audio"})
        grow(self.app, f"{job.json['job_id']}.0.0")
        self.known = {
            "track_id": self.public,
            "file": f"{self.public}.wav",
            "job_id": job.json["job_id"],
            "name": "ada",
            "model": "music",
            "kind": "music",
            "form": "atom",
            "order_id": "unknown",
            "slug": "birds",
            "segment": "1-filler.aac",
            "part": FIRST_PART,
            "list_form": "m3u",
            "playlist_id": playlist.json["id"],
            "preset": "latin_rock",
            "voice": "de",
            "person_id": "0123456789abcdef",
        }

    def paths(self, track_id: str | None = None) -> Iterator[str]:
        """Every route that answers GET, with the public track in its path, or with this one: then only those."""
        adapter = self.app.url_map.bind("localhost")
        for rule in self.rules():
            values = {name: self.value(rule, name, track_id) for name in rule.arguments}
            if track_id is None or any(track_id in value for value in values.values()):
                yield adapter.build(rule.endpoint, values)

    def rules(self) -> list[Rule]:
        return [
            rule
            for rule in self.app.url_map.iter_rules()
            if "GET" in (rule.methods or ()) and not rule.rule.startswith("/static/")
        ]

    def value(self, rule: Rule, name: str, track_id: str | None) -> str:
        assert name in self.known, f"{rule.rule}: say in this test what stands for <{name}>"
        if name == "file" and rule.endpoint == "tracks.spectrogram":
            return f"{track_id or self.public}.png"
        return self.known[name].replace(self.public, track_id) if track_id else self.known[name]


@pytest.fixture
def place(public_app: Flask, cast: dict[str, FlaskClient]) -> Place:
    return Place(public_app, cast["dov"], cast["ada"])


def test_no_list_shows_what_is_hidden(place: Place) -> None:
    secrets = [*place.hidden.values(), *(f"secret{name}" for name in place.hidden)]
    shown = []
    for path, accept in product(place.paths(), ACCEPT):
        for query in SEARCHES if place.public not in path else SEARCHES[:1]:
            answer = place.stranger.get(f"{path}{query}", headers={"Accept": accept})
            assert answer.status_code < 500, path
            shown += [(path, query, accept, secret) for secret in secrets if secret.encode() in answer.data]
    assert shown == []


def test_the_crawl_does_see_lists(place: Place) -> None:
    """Or the test above could not fail. Which of those that everybody may hear is on air just now, is chance."""
    answers = {path: place.stranger.get(path).data for path in place.paths()}
    lists = [path for path, data in answers.items() if any(track.encode() in data for track in place.listed)]
    assert {"/", "/library", "/api/library", "/history"} <= set(lists)
    assert {"/api/radio/shuffle", "/api/stations/birds/tracks", "/api/stations/birds/now-playing"} <= set(lists)
    assert place.public.encode() in place.stranger.get("/stations/birds.m3u?tracks=1").data


@pytest.mark.parametrize("name", [name for name in HIDDEN if name != "unlisted"])
def test_whoever_knows_its_id_does_not_get_it(place: Place, name: str) -> None:
    track_id = place.hidden[name]
    paths = list(place.paths(track_id))
    assert f"/api/library/{track_id}" in paths and f"/audio/{track_id}.wav" in paths
    answers = {path: place.stranger.get(path).status_code for path in paths}
    assert {path: status for path, status in answers.items() if status != 404} == {}


def test_its_maker_gets_it(place: Place, cast: dict[str, FlaskClient]) -> None:
    for track_id in place.hidden.values():
        assert cast["ada"].get(f"/tracks/{track_id}").status_code == 200
        assert cast["ada"].get(f"/audio/{track_id}.wav").status_code == 200
