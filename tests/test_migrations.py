"""The schema that migrations build is the schema that the models describe."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select, text

from soundbox.extensions import Base, db
from soundbox.migrate import upgrade
from soundbox.tracks.browse import browse
from soundbox.tracks.filters import Filters
from soundbox.tracks.models import Track
from soundbox.tracks.tallies import Tally


def test_models_equal_migrations(blank_url: str) -> None:
    db.bind(blank_url)
    empty()
    upgrade(db)
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=ALL_BUT_THE_TEXT_INDEX)
        assert compare_metadata(context, Base.metadata) == []
    empty()


def test_upgrading_twice_changes_nothing(blank_url: str) -> None:
    db.bind(blank_url)
    empty()
    upgrade(db)
    upgrade(db)
    with db.read() as session:
        assert session.scalar(text("SELECT count(*) FROM alembic_version")) == 1
    empty()


def test_tracks_made_before_there_was_an_index_are_in_it_afterwards(blank_url: str) -> None:
    db.bind(blank_url)
    empty()
    upgrade(db, "0002")
    with db.write() as session:
        session.execute(text(A_PERSON))
        for number, visibility in enumerate(("public", "private", "public")):
            session.execute(text(A_TRACK), {"id": f"{number}" * 32, "visibility": visibility, "created": 1000 - number})
    upgrade(db)
    with db.read() as session:
        assert list(session.scalars(select(Track.id).order_by(Track.number))) == ["2" * 32, "1" * 32, "0" * 32]
        names = ("listed", "kind/music", "category/music/ambient", "maker/1", "loop/no", "licence/CC0-1.0")
        assert Tally.read(session, *names) == {
            "loop/no": 2,
            "licence/CC0-1.0": 2,
            "listed": 2,
            "kind/music": 2,
            "category/music/ambient": 2,
            "maker/1": 2,
        }
        assert [card.id for card in browse(session, Filters(category="ambient"), "trending", 1, 9).tracks] == [
            "0" * 32,
            "2" * 32,
        ]
    empty()


def no_part_of_the_text_index(name: str | None, kind: str, _parents: object) -> bool:
    """It is made by hand on either database: `soundbox/tracks/words.py`."""
    return not (name or "").startswith("track_words")


ALL_BUT_THE_TEXT_INDEX = {"compare_type": True, "include_name": no_part_of_the_text_index}
A_PERSON = """
    INSERT INTO users (id, public_id, kind, tier, is_admin, created_ms) VALUES (1, 'a', 'member', 'free', false, 1)
"""
A_TRACK = """
    INSERT INTO tracks (id, user_id, prompt, title, visibility, model, kind, engine, engine_version, seed, parameters,
        licence, commercial_use, retakes, seconds, sample_rate, channels, loop, understood, quality, quality_issues,
        flagged, peaks, stem, size_bytes, categories, search_text, upvotes, downvotes, favorites, plays, rating,
        random_key, created_ms)
    VALUES (:id, 1, 'rain', '', :visibility, 'music', 'music', 'composer', '1', 7, '{}',
        'CC0-1.0', true, 0, 2, 22050, 2, false, '[]', 85, '[]',
        false, '[]', :id, 9, '["ambient"]', ' rain ', 3, 1, 2, 0, 0,
        5, :created)
"""


def empty() -> None:
    Base.metadata.drop_all(db.engine)
    with db.write() as session:
        session.execute(text("DROP TABLE IF EXISTS alembic_version"))
