"""The public index holds exactly what is for everybody, whatever happens to a track."""

from __future__ import annotations

from collections import Counter

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from soundbox.accounts.principal import principal
from soundbox.extensions import db
from soundbox.tracks.listing import TrackCategory, counted_as
from soundbox.tracks.models import Track, Visibility, Withheld
from soundbox.tracks.tallies import Tally
from tests.making import make_track


def test_a_public_track_is_listed_and_counted(open_app: Flask) -> None:
    make_track(open_app, prompt="peaceful ambient melody")
    assert_index_is_true()
    with db.read() as session:
        assert Tally.read(session, "listed", "category/music/ambient") == {"listed": 1, "category/music/ambient": 1}


@pytest.mark.parametrize("visibility", ["unlisted", "private"])
def test_a_track_that_is_not_public_is_in_no_list_and_no_count(open_app: Flask, visibility: str) -> None:
    make_track(open_app, visibility=visibility)
    assert_index_is_true()
    with db.read() as session:
        assert Tally.read(session, "listed")["listed"] == 0


def test_the_index_follows_a_track_through_all_that_can_happen_to_it(open_app: Flask) -> None:
    track_id = make_track(open_app)
    make_track(open_app, prompt="driving techno at night")
    with open_app.test_request_context():
        open_app.preprocess_request()
        who = principal()
        for change in (
            lambda session, track: track.edit(session, "A new name", Visibility.unlisted),
            lambda session, track: track.categorise(session, ["piano", "sad"]),
            lambda session, track: track.edit(session, None, Visibility.public),
            lambda session, track: track.categorise(session, ["piano", "happy"]),
            lambda session, track: track.withhold(session, Withheld.reports),
            lambda session, track: track.withhold(session, None),
            lambda session, track: track.remove(session),
        ):
            with db.write() as session:
                track = Track.held_by(session, who, track_id)
                assert track is not None
                change(session, track)
            assert_index_is_true()


def test_counts_that_fell_to_zero_are_not_shown(open_app: Flask) -> None:
    track_id = make_track(open_app)
    with db.write() as session:
        session.scalars(select(Track).where(Track.id == track_id)).one().remove(session)
    with db.read() as session:
        assert Tally.under(session, "category/music/") == {}


def test_a_withheld_track_opens_for_its_maker_and_admins_only(public_app: Flask, cast: dict) -> None:
    track_id = make_track(public_app, maker="ada")
    with db.write() as session:
        session.scalars(select(Track).where(Track.id == track_id)).one().withhold(session, Withheld.review)
    found = {name: client.get(f"/api/library/{track_id}").status_code for name, client in cast.items()}
    assert found == {"ada": 200, "ben": 404, "cleo": 200, "dov": 404}
    sound = {name: client.get(f"/audio/{track_id}.wav").status_code for name, client in cast.items()}
    assert sound == found


def assert_index_is_true() -> None:
    """What is stored equals what a count of all tracks finds."""
    with db.read() as session:
        listed = [track for track in session.scalars(select(Track)) if track.is_for_everybody]
        counts = Counter(name for track in listed for name in counted_as(track))
        assert {track.id for track in listed} == set(session.scalars(select(Track.id).where(Track.listed.is_(True))))
        assert categories(session) == {(track.number, key) for track in listed for key in track.categories}
        assert Tally.read(session, *all_names(session)) == {name: counts[name] for name in all_names(session)}
        assert set(counts) <= set(all_names(session))


def categories(session: Session) -> set[tuple[int, str]]:
    return {(row.track_number, row.category) for row in session.scalars(select(TrackCategory))}


def all_names(session: Session) -> list[str]:
    """Of what is counted of listed tracks; what files take is counted of all."""
    return list(session.scalars(select(Tally.name).where(~Tally.name.startswith("bytes/")).distinct()))
