"""the public index: numbered tracks, what is listed, and counts that are kept

Tracks get a number in the order of publishing, which lists, categories and counts refer to. Both databases build the
table anew beside the old one: neither can change a primary key that rows already have.
"""

from __future__ import annotations

import math
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TENFOLD_MS = 12.5 * 3_600_000
KEPT = (
    *("id", "user_id", "prompt", "title", "visibility", "model", "kind", "engine", "engine_version", "seed"),
    *("parameters", "recipe", "licence", "commercial_use", "retakes", "seconds", "sample_rate", "channels", "loop"),
    *("understood", "tempo", "key", "loudness_lufs", "quality", "quality_issues", "flagged", "peaks", "stem"),
    *("size_bytes", "categories", "search_text", "parent_id", "relation", "upvotes", "downvotes", "favorites"),
    *("plays", "rating", "random_key", "created_ms"),
)


def upgrade() -> None:
    op.drop_table("track_categories")
    op.rename_table("tracks", "old_tracks")
    _drop_old_names()
    _create_tracks()
    columns = ", ".join(f'"{name}"' for name in KEPT)
    op.execute(
        f"INSERT INTO tracks ({columns}, listed, trend) "  # noqa: S608 - names of our own
        f"SELECT {columns}, visibility = 'public', 0 FROM old_tracks ORDER BY created_ms, id"
    )
    op.drop_table("old_tracks")
    _create_indexes()
    op.create_table(
        "track_categories",
        sa.Column("category", sa.String(length=32), nullable=False),
        sa.Column("track_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("category", "track_number", name=op.f("pk_track_categories")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tallies",
        sa.Column(
            "name",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("shard", sa.Integer(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", "shard", name=op.f("pk_tallies")),
    )
    _fill()


def downgrade() -> None:
    raise NotImplementedError("Tracks that have a number keep it: restore a backup instead.")


def _drop_old_names() -> None:
    for index in ("parent_id", "public_recent", "random_key", "stem", "user_recent"):
        op.drop_index(f"ix_tracks_{index}", "old_tracks")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE old_tracks DROP CONSTRAINT pk_tracks")
        op.execute("ALTER TABLE old_tracks DROP CONSTRAINT fk_tracks_user_id_users")


def _create_tracks() -> None:
    op.create_table(
        "tracks",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("visibility", sa.String(length=10), nullable=False),
        sa.Column("withheld", sa.String(length=10), nullable=True),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("model", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("engine", sa.String(length=64), nullable=False),
        sa.Column("engine_version", sa.String(length=32), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("recipe", sa.JSON(), nullable=True),
        sa.Column("licence", sa.String(length=40), nullable=False),
        sa.Column("commercial_use", sa.Boolean(), nullable=False),
        sa.Column("retakes", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("sample_rate", sa.Integer(), nullable=False),
        sa.Column("channels", sa.Integer(), nullable=False),
        sa.Column("loop", sa.Boolean(), nullable=False),
        sa.Column("understood", sa.JSON(), nullable=False),
        sa.Column("tempo", sa.Float(), nullable=True),
        sa.Column("key", sa.String(length=24), nullable=True),
        sa.Column("loudness_lufs", sa.Float(), nullable=True),
        sa.Column("quality", sa.Integer(), nullable=False),
        sa.Column("quality_issues", sa.JSON(), nullable=False),
        sa.Column("flagged", sa.Boolean(), nullable=False),
        sa.Column("peaks", sa.JSON(), nullable=False),
        sa.Column("stem", sa.String(length=48), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("categories", sa.JSON(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.String(length=32), nullable=True),
        sa.Column("relation", sa.String(length=12), nullable=True),
        sa.Column("upvotes", sa.Integer(), nullable=False),
        sa.Column("downvotes", sa.Integer(), nullable=False),
        sa.Column("votes", sa.Integer(), sa.Computed("upvotes + downvotes", persisted=True), nullable=False),
        sa.Column("favorites", sa.Integer(), nullable=False),
        sa.Column("plays", sa.Integer(), nullable=False),
        sa.Column("rating", sa.Float(), nullable=False),
        sa.Column("trend", sa.Float(), nullable=False),
        sa.Column("random_key", sa.BigInteger(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_tracks_user_id_users")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_tracks")),
        sa.UniqueConstraint("id", name=op.f("uq_tracks_id")),
    )


def _create_indexes() -> None:
    listed: dict[str, Any] = {"sqlite_where": sa.text("listed IS 1"), "postgresql_where": sa.text("listed IS true")}
    op.create_index("ix_tracks_recent", "tracks", ["number"], **listed)
    op.create_index("ix_tracks_popular", "tracks", ["votes", "number"], **listed)
    op.create_index("ix_tracks_rating", "tracks", ["rating", "number"], **listed)
    op.create_index("ix_tracks_trending", "tracks", ["trend", "number"], **listed)
    op.create_index("ix_tracks_duration", "tracks", ["seconds", "number"], **listed)
    op.create_index("ix_tracks_random", "tracks", ["random_key"], **listed)
    op.create_index("ix_tracks_user_recent", "tracks", ["user_id", "number"])
    op.create_index("ix_tracks_stem", "tracks", ["stem"])
    op.create_index(op.f("ix_tracks_parent_id"), "tracks", ["parent_id"])


def _fill() -> None:
    """The index of the tracks that are there."""
    database = op.get_bind()
    tracks = sa.table(
        "tracks",
        *(sa.column(name) for name in ("number", "user_id", "kind", "model", "upvotes", "downvotes", "favorites")),
        *(
            sa.column("categories", sa.JSON()),
            sa.column("listed", sa.Boolean()),
            sa.column("created_ms"),
            sa.column("trend"),
        ),
    )
    categories = sa.table("track_categories", sa.column("category"), sa.column("track_number"))
    tallies = sa.table("tallies", sa.column("name"), sa.column("shard"), sa.column("count"))
    counts: dict[str, int] = {}
    for row in database.execute(sa.select(tracks)).all():
        points = row.upvotes - row.downvotes + row.favorites
        now = math.copysign(math.log10(max(abs(points), 1)), points) + row.created_ms / TENFOLD_MS
        database.execute(sa.update(tracks).where(tracks.c.number == row.number).values(trend=now))
        if not row.listed:
            continue
        for key in row.categories:
            database.execute(sa.insert(categories).values(category=key, track_number=row.number))
        kinds = ("listed", f"kind/{row.kind}", f"model/{row.model}", f"maker/{row.user_id}")
        for name in (*kinds, *(f"category/{row.kind}/{key}" for key in row.categories)):
            counts[name] = counts.get(name, 0) + 1
    for name, count in sorted(counts.items()):
        database.execute(sa.insert(tallies).values(name=name, shard=0, count=count))
