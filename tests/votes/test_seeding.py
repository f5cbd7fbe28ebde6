"""Seeded votes and favorites are consistent with their counts, as if people had given them."""

from __future__ import annotations

import random

from flask import Flask
from sqlalchemy import select

from soundbox.accounts.models import User
from soundbox.extensions import db
from soundbox.favorites.seeding import seed_favorites
from soundbox.tracks.models import Track
from soundbox.votes.models import Vote
from soundbox.votes.seeding import seed_votes
from tests.making import make_track
from tests.votes.test_exact import assert_counts_are_exact


def test_rows_are_made_for_the_counts_that_tracks_have(open_app: Flask) -> None:
    for number in range(8):
        make_track(open_app, upvotes=number, downvotes=number // 2, favorites=number // 3)
    with db.write() as session:
        people = [User.local(session, f"person {number}").id for number in range(20)]
        tracks = session.scalars(select(Track)).all()
        seed_votes(session, tracks, people, random.Random(1))
        seed_favorites(session, tracks, people, random.Random(1))
    assert_counts_are_exact()
    with db.read() as session:
        assert any(vote.reasons for vote in session.scalars(select(Vote)))


def test_no_maker_votes_on_their_own_track(open_app: Flask) -> None:
    make_track(open_app, upvotes=3)
    with db.write() as session:
        people = [User.local(session, f"person {number}").id for number in range(3)]
        track = session.scalars(select(Track)).one()
        seed_votes(session, [track], [*people, track.user_id], random.Random(1))
        assert set(session.scalars(select(Vote.user_id))) == set(people)
