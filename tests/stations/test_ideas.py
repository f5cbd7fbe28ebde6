"""What an idle worker is told to make: for whom, and in whose words."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select, update

from soundbox.engines.catalogue import Catalogue
from soundbox.extensions import db
from soundbox.jobs.room import Idea
from soundbox.stations.house import HOUSE
from soundbox.stations.ideas import StationIdeas, takes_new
from soundbox.stations.models import Station
from soundbox.stations.rules import StationRule
from tests.making import make_track

HTML, JSON = {"Accept": "text/html"}, {"Accept": "application/json"}
RAIN = StationRule(model="audio", categories=("rain",))


@pytest.fixture
def rain(open_app: Flask) -> Flask:
    """One station without words of its own, and nothing on it."""
    with db.write() as session:
        Station.make(session, "Rain", RAIN, plays_for_the_room=True)
    return open_app


def idea(app: Flask) -> Idea | None:
    models = {info.id: info for info in Catalogue.build().models()}
    with db.read() as session:
        return StationIdeas(app.config["SOUNDBOX"].instance)(session, models)


def test_words_that_people_voted_for_are_made_again(rain: Flask) -> None:
    heard = make_track(rain, prompt="soft rain", kind="audio", upvotes=3, seconds=4.0, loop=True)
    make_track(rain, prompt="rain that nobody voted for", kind="audio")
    make_track(rain, prompt="rain that most voted against", kind="audio", upvotes=1, downvotes=3)
    assert idea(rain) == Idea("Rain", "audio", "soft rain", 4.0, True, {}, heard)


@pytest.mark.parametrize("hidden", [{"visibility": "private"}, {"visibility": "unlisted"}, {"withheld": "reports"}])
def test_words_that_not_everybody_can_see_are_never_used(rain: Flask, hidden: dict[str, str]) -> None:
    make_track(rain, prompt="secret rain", kind="audio", upvotes=9, **hidden)
    assert idea(rain) is None


def test_words_on_the_operators_list_are_not_used(rain: Flask) -> None:
    make_track(rain, prompt="soft rain", kind="audio", upvotes=3)
    (rain.config["SOUNDBOX"].instance / "blocklist.txt").write_text("soft\n")
    assert idea(rain) is None


def test_words_that_would_not_bring_it_onto_the_station_are_not_used(rain: Flask) -> None:
    make_track(rain, prompt="a quiet afternoon", kind="audio", upvotes=3, categories=["rain"])
    assert idea(rain) is None


def test_while_nobody_voted_the_stations_own_words_serve(rain: Flask) -> None:
    with db.write() as session:
        session.execute(update(Station).values(prompt="steady rain on a roof"))
    assert idea(rain) == Idea("Rain", "audio", "steady rain on a roof", 30.0)


def test_the_station_with_the_fewest_comes_first(rain: Flask) -> None:
    with db.write() as session:
        rule = StationRule(model="audio", categories=("thunder",))
        Station.make(session, "Thunder", rule, plays_for_the_room=True, prompt="thunder far away")
    make_track(rain, prompt="soft rain", kind="audio", upvotes=3)
    assert (found := idea(rain)) and found.made_for == "Thunder"
    for _ in range(2):
        make_track(rain, prompt="thunder", kind="audio")
    assert (found := idea(rain)) and found.made_for == "Rain"


@pytest.mark.parametrize("facts", [{"is_hidden": True}, {"plays_for_the_room": False}])
def test_a_station_that_is_hidden_or_told_not_to_gets_none(rain: Flask, facts: dict[str, bool]) -> None:
    make_track(rain, prompt="soft rain", kind="audio", upvotes=3)
    with db.write() as session:
        session.scalars(select(Station)).one().edit(**facts)
    assert idea(rain) is None


def test_every_station_of_the_house_that_takes_new_sounds_can_get_one(house: Flask) -> None:
    taking = [one for one in HOUSE if takes_new(StationRule.model_validate(one.rule))]
    assert {one.slug for one in HOUSE} - {one.slug for one in taking} == {"favorites", "trending", "top-rated"}
    for one in taking:
        with db.write() as session:
            session.execute(update(Station).values(plays_for_the_room=Station.slug == one.slug))
        assert (found := idea(house)), one.slug
        assert found.made_for == one.name


def test_what_was_made_for_the_room_says_so(rain: Flask) -> None:
    track_id = make_track(rain, prompt="soft rain", kind="audio", made_for="Rain")
    owner = rain.test_client()
    assert owner.get("/library", headers=JSON).json["items"][0]["made_for"] == "Rain"
    for path in (f"/tracks/{track_id}", "/library"):
        assert "made for the room: Rain" in owner.get(path, headers=HTML).text, path


def test_the_desk_and_the_status_tell_of_it(rain: Flask) -> None:
    owner, off = rain.test_client(), "Sounds are made only when somebody asks for one."
    assert owner.get("/status").json["room"] == owner.get("/admin/stations", headers=JSON).json["room"] == off
    rain.config["SOUNDBOX"] = rain.config["SOUNDBOX"].model_copy(update={"plays_for_the_room": 4})
    assert "0 of at most 4 in the last 24 hours" in owner.get("/status").json["room"]
    assert "0 of at most 4" in owner.get("/admin/stations", headers=HTML).text
