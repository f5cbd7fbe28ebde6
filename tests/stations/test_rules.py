"""What a rule finds: by pick, by count, as candidates, and asked of one track all say the same."""

from __future__ import annotations

import random
from typing import Any

import pytest
from flask import Flask
from pydantic import ValidationError
from sqlalchemy import select

from soundbox.clock import now_ms
from soundbox.extensions import db
from soundbox.playlists.models import Playlist
from soundbox.stations.rules import StationRule
from soundbox.tracks import picks, totals
from soundbox.tracks.models import Track
from tests.making import make_track

from .conftest import DAY_MS

RULES: list[tuple[dict[str, Any], set[str]]] = [
    ({}, {"pad", "drone", "piano", "lofi", "rain", "thunder", "laser"}),
    ({"model": "audio"}, {"rain", "thunder", "laser"}),
    ({"categories": ["piano"]}, {"piano"}),
    ({"categories": ["ambient", "lofi", "rain"]}, {"pad", "lofi", "rain"}),
    ({"categories": ["ambient", "drone", "rain"], "model": "music"}, {"pad", "drone"}),
    ({"search": "quiet pia"}, {"piano"}),
    ({"search": "?!"}, set()),
    ({"search": "a", "categories": ["drone", "laser"]}, {"drone", "laser"}),
    ({"loop": True}, {"pad", "rain"}),
    ({"min_tempo": 70, "max_tempo": 80}, {"lofi"}),
    ({"min_duration": 3}, {"lofi", "thunder"}),
    ({"model": "music", "max_duration": 3, "categories": ["lofi", "piano"]}, {"piano"}),
    ({"sort": "top"}, {"pad", "drone", "piano", "lofi", "rain", "thunder", "laser"}),
    ({"sort": "new", "model": "audio"}, {"rain", "thunder", "laser"}),
    ({"sort": "trending", "categories": ["rain", "thunder"]}, {"rain", "thunder"}),
    ({"sort": "top", "search": "rain"}, {"rain"}),
    ({"favorites_of_all": True}, {"drone", "rain"}),
    ({"favorites_of_all": True, "model": "music"}, {"drone"}),
    ({"maker": "nobody"}, set()),
    ({"playlist": "unknown"}, set()),
    ({"like": "unknown"}, set()),
]


@pytest.fixture(params=["few", "many"])
def size(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once few enough to be gathered, once so many that draws and walks have to find them."""
    if request.param == "many":
        for module in (totals, picks):
            monkeypatch.setattr(module, "FEW", -1)
        monkeypatch.setattr(totals, "FEW_CARRIED", -1)


@pytest.mark.usefixtures("size")
def test_a_rule_finds_the_same_in_every_way(library: dict[str, str]) -> None:
    names_of = {track_id: name for name, track_id in library.items()}
    for told, wanted in RULES:
        rule = StationRule.model_validate(told)
        with db.read() as session:
            assert {names_of[track.id] for track in rule.pick(session, 20)} == wanted, told
            assert {names_of[one.id] for one in rule.candidates(session, 20)} == wanted, told
            fits = {names_of[track.id] for track in session.scalars(select(Track)) if rule.matches(session, track)}
            assert fits == wanted, told
            counted = rule.count(session)
            assert counted.total == len(wanted) or counted.capped, told


@pytest.mark.usefixtures("size")
def test_nothing_is_picked_twice_and_what_is_excluded_never(library: dict[str, str]) -> None:
    rule, out = StationRule(model="audio"), library["laser"]
    with db.read() as session:
        for _ in range(10):
            picked = [track.id for track in rule.pick(session, 2, [out])]
            assert len(picked) == len(set(picked)) == 2 and out not in picked


def test_everything_is_picked_sooner_or_later(library: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picks, "chance", random.Random(1))
    rule = StationRule()
    with db.read() as session:
        seen = {track.id for _ in range(200) for track in rule.pick(session, 1)}
    assert seen == set(library.values())


@pytest.mark.parametrize(
    "told", [{}, {"sort": "new"}, {"categories": ["rain", "fire"]}, {"favorites_of_all": True}, {"playlist": "all"}]
)
def test_what_is_not_listed_is_never_played(house: Flask, told: dict[str, Any]) -> None:
    for facts in ({"visibility": "unlisted"}, {"visibility": "private"}, {"withheld": "reports"}):
        make_track(house, prompt="rain", kind="audio", favorites=9, **facts)
    with db.write() as session:
        hidden = session.scalars(select(Track)).all()
        playlist = Playlist.make(session, hidden[0].user, "all", id="all")
        playlist.fill_from(session, [track.number for track in hidden], hidden[0].user_id)
    rule = StationRule.model_validate(told)
    with db.read() as session:
        assert rule.pick(session, 5) == rule.candidates(session, 5) == []
        assert not any(rule.matches(session, track) for track in hidden) and rule.count(session).total == 0


def test_an_age_leaves_out_what_is_older(house: Flask) -> None:
    days = (400, 40, 31, 29, 3, 0)
    made = [make_track(house, created_ms=now_ms() - day * DAY_MS) for day in days]
    with db.read() as session:
        for within, since in ((500, 0), (41, 1), (30, 3), (1, 5)):
            rule = StationRule(max_age_days=within)
            assert {track.id for track in rule.pick(session, 9)} == set(made[since:])
            assert rule.count(session).total == len(made[since:])


def test_an_empty_library_plays_nothing(house: Flask) -> None:
    with db.read() as session:
        for told, _ in RULES:
            assert StationRule.model_validate(told).pick(session, 3) == []
        assert StationRule(max_age_days=1).pick(session, 3) == []


def test_a_playlist_plays_what_is_on_it(library: dict[str, str]) -> None:
    with db.write() as session:
        tracks = session.scalars(select(Track).where(Track.id.in_([library["rain"], library["piano"]]))).all()
        playlist = Playlist.make(session, tracks[0].user, "Evenings")
        playlist.fill_from(session, [track.number for track in tracks], tracks[0].user_id)
        all_of_it, music = StationRule(playlist=playlist.id), StationRule(playlist=playlist.id, model="music")
    with db.read() as session:
        assert {track.id for track in all_of_it.pick(session, 9)} == {library["rain"], library["piano"]}
        assert [track.id for track in music.pick(session, 9)] == [library["piano"]]


@pytest.mark.parametrize(
    "told",
    [
        {"categories": ["nonsense"]},
        {"sort": "loudest"},
        {"min_tempo": "fast"},
        {"max_age_days": 0},
        {"surprise": True},
        {"categories": ["rain"] * 13},
    ],
)
def test_a_rule_that_means_nothing_is_refused(told: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        StationRule.model_validate(told)


def test_only_what_is_told_is_stored() -> None:
    assert StationRule(model="audio", categories=("rain", "rain", "fire")).as_json() == {
        "model": "audio",
        "categories": ["rain", "fire"],
    }
