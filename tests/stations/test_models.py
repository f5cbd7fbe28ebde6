"""Stations as rows: their names in addresses, their order on the wall, whose they are."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select, text

from soundbox.accounts.models import User
from soundbox.extensions import Base, db
from soundbox.migrate import upgrade
from soundbox.stations import models
from soundbox.stations.house import HOUSE
from soundbox.stations.models import SLUG, Station, TooManyStations
from soundbox.stations.rules import StationRule

EXPECTED = "ambient retro piano happy dreamy lo-fi favorites all-music trending top-rated new-arrivals surprise-me"
BEDS = "rain ocean fire cafe"


def test_a_new_database_has_the_stations_people_expect(blank_url: str) -> None:
    db.bind(blank_url)
    Base.metadata.drop_all(db.engine)
    with db.write() as session:
        session.execute(text("DROP TABLE IF EXISTS alembic_version"))
    upgrade(db)
    with db.read() as session:
        shown = Station.all_shown(session)
        assert [station.slug for station in shown] == [one.slug for one in HOUSE]
        assert {*EXPECTED.split(), *BEDS.split()} <= {station.slug for station in shown}
        for station, one in zip(shown, HOUSE, strict=True):
            assert station.rule == StationRule.model_validate(one.rule) and station.prompt and station.description
    Base.metadata.drop_all(db.engine)
    with db.write() as session:
        session.execute(text("DROP TABLE IF EXISTS alembic_version"))


def test_names_become_addresses_and_no_two_are_the_same(open_app: Flask) -> None:
    with db.write() as session:
        slugs = [Station.make(session, name, StationRule()).slug for name in ("Lo-Fi", "lo fi", "Lo-Fi!", "夜", "夜")]
        assert slugs == ["lo-fi", "lo-fi-2", "lo-fi-3", "station", "station-2"]
        assert all(SLUG.fullmatch(slug) for slug in slugs)


def test_what_somebody_makes_is_hidden_and_comes_last(house: Flask) -> None:
    with db.write() as session:
        mine = Station.make(session, "Mine", StationRule(), User.owner(session))
        assert mine.is_hidden and mine not in Station.all_shown(session)
        mine.is_hidden = False
        session.flush()
        assert Station.all_shown(session)[-1] is mine
        assert list(Station.of(session, mine.user_id)) == [mine]


def test_nobody_has_more_than_the_limit(house: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "MOST_STATIONS", 2)
    with db.write() as session:
        owner = User.owner(session)
        for _ in range(2):
            Station.make(session, "Mine", StationRule(), owner)
        with pytest.raises(TooManyStations):
            Station.make(session, "Mine", StationRule(), owner)


def test_those_named_are_put_in_order_and_the_others_keep_their_places(house: Flask) -> None:
    before = [one.slug for one in HOUSE]
    with db.write() as session:
        Station.put_in_order(session, [before[4], "unknown", before[0]])
    with db.read() as session:
        after = [station.slug for station in Station.all_shown(session)]
    assert after == [before[4], *before[1:4], before[0], *before[5:]]


def test_a_station_goes_with_its_maker(house: Flask) -> None:
    with db.write() as session:
        member = User.add_member(session, "eva")
        Station.make(session, "Evas", StationRule(), member)
        session.flush()
        session.execute(User.__table__.delete().where(User.id == member.id))
    with db.read() as session:
        assert session.scalar(select(Station).where(Station.name == "Evas")) is None
