"""Tracks by chance."""

from __future__ import annotations

import random

import pytest
from flask import Flask

from soundbox.extensions import db
from soundbox.tracks import picks, totals
from soundbox.tracks.filters import Filters
from soundbox.tracks.picks import random_tracks
from tests.making import make_track


@pytest.fixture(params=["few", "many"])
def ids(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, open_app: Flask) -> list[str]:
    """Twelve tracks, four of them sound effects; once few enough to be gathered, once so many that they are walked."""
    if request.param == "many":
        monkeypatch.setattr(totals, "FEW", -1)
        monkeypatch.setattr(totals, "FEW_CARRIED", -1)
        monkeypatch.setattr(picks, "FEW", -1)
    kinds = ["audio", "music", "music"] * 4
    return [
        make_track(open_app, prompt="rain" if kind == "audio" else "piano", kind=kind, random_key=place << 58)
        for place, kind in enumerate(kinds, start=1)
    ]


def drawn(filters: Filters, count: int, exclude: tuple[str, ...] = ()) -> list[str]:
    with db.read() as session:
        return [track.id for track in random_tracks(session, filters, count, exclude)]


def test_nothing_is_drawn_twice_and_all_are_drawn_in_the_end(ids: list[str]) -> None:
    assert sorted(drawn(Filters(), 12)) == sorted(ids)
    assert len(set(drawn(Filters(), 5))) == 5
    assert len(drawn(Filters(), 50)) == 12


def test_only_what_is_wanted_is_drawn(ids: list[str]) -> None:
    assert sorted(drawn(Filters(model="audio"), 50)) == sorted(ids[::3])
    assert sorted(drawn(Filters(search="rai"), 50)) == sorted(ids[::3])
    assert drawn(Filters(search="?"), 50) == drawn(Filters(search="tuba"), 50) == []


def test_what_is_excluded_is_not_drawn(ids: list[str]) -> None:
    left_out = tuple(ids[:11])
    assert all(drawn(Filters(), 3, left_out) == ids[11:] for _ in range(10))


def test_everybody_is_drawn_sooner_or_later(ids: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picks, "chance", random.Random(1))
    assert {one for _ in range(200) for one in drawn(Filters(model="music"), 2)} == set(ids) - set(ids[::3])
