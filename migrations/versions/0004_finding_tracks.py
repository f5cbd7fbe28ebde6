"""finding tracks: a text index, sorted indexes that filters can be read from, and counts of every facet

The indexes that lists are sorted by carry what lists are narrowed by. The words of listed tracks stand in a table of
their own, under FTS5 or GIN, with the facets of a track beside them as words that nobody can type.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SORTED = {"recent": (), "popular": ("votes",), "rating": ("rating",), "trending": ("trend",), "duration": ("seconds",)}
CARRIED = ("kind", "model", "user_id", "loop", "licence", "commercial_use", "key", "tempo", "seconds", "relation")
BATCH = 5000
LONG_WORD = re.compile(r"(\w{64})\w+")


def upgrade() -> None:
    op.add_column("tracks", sa.Column("remixes", sa.Integer(), nullable=False, server_default="0"))
    op.execute(
        "UPDATE tracks SET remixes = (SELECT count(*) FROM tracks AS child WHERE child.parent_id = tracks.id "  # noqa: S608 - words of our own
        f"AND child.listed IS {_true()}) WHERE id IN (SELECT parent_id FROM tracks)"
    )
    _create_indexes()
    op.create_table(
        "track_texts",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_track_texts")),
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE track_words USING fts5(words, content='track_texts', content_rowid='number', "
            "tokenize='ascii', detail='none', columnsize=0, prefix='1 2 3')"
        )
    _fill()
    if op.get_bind().dialect.name == "sqlite":
        op.execute("INSERT INTO track_words (track_words) VALUES ('rebuild')")
    else:
        op.execute(
            "CREATE INDEX track_words ON track_texts USING gin "
            "(array_to_tsvector(string_to_array(btrim(words), ' '))) WITH (fastupdate = off)"
        )


def downgrade() -> None:
    raise NotImplementedError("What is listed stays searchable: restore a backup instead.")


def _create_indexes() -> None:
    for name in (*SORTED, "random", "user_recent"):
        op.drop_index(f"ix_tracks_{name}", "tracks")
    for name, keys in {**SORTED, "random": ("random_key",)}.items():
        carried = (column for column in CARRIED if column not in keys)
        op.create_index(f"ix_tracks_{name}", "tracks", [*keys, "number", *carried], **_listed())
    op.create_index("ix_tracks_tempo", "tracks", ["tempo", "number"], **_listed())
    op.create_index("ix_tracks_remixed", "tracks", ["number"], **_listed(" AND remixes > 0"))
    op.create_index("ix_tracks_user_recent", "tracks", ["user_id", "number", "listed"])


def _listed(also: str = "") -> dict[str, Any]:
    return {
        "sqlite_where": sa.text(f"listed IS 1{also}"),
        "postgresql_where": sa.text(f"listed IS true{also}"),
    }


def _fill() -> None:
    """The words and the counts of the tracks that are listed."""
    database = op.get_bind()
    counts: Counter[str] = Counter()
    rows = database.execute(sa.text(f"SELECT * FROM tracks WHERE listed IS {_true()}")).mappings().all()  # noqa: S608 - the same
    categories: dict[int, list[str]] = {}
    for row in database.execute(sa.text("SELECT track_number, category FROM track_categories")):
        categories.setdefault(row.track_number, []).append(row.category)
    for first in range(0, len(rows), BATCH):
        texts = []
        for row in rows[first : first + BATCH]:
            new = _new_facets(row)
            counts.update(f"{name}/{value}" for name, value in new)
            old = [("kind", row["kind"]), ("model", row["model"]), ("maker", row["user_id"])]
            old += [("category", key) for key in categories.get(row["number"], ())]
            words = " ".join(_facet(name, value) for name, value in (*old, *new))
            text = LONG_WORD.sub(r"\1", row["search_text"])
            texts.append({"number": row["number"], "words": f"{text}{words} "})
        database.execute(sa.text("INSERT INTO track_texts (number, words) VALUES (:number, :words)"), texts)
    for name, count in sorted(counts.items()):
        insert = sa.text("INSERT INTO tallies (name, shard, count) VALUES (:name, 0, :count)")
        database.execute(insert, {"name": name, "count": count})


def _new_facets(row: Any) -> list[tuple[str, str]]:
    facets = [
        ("loop", "yes" if row["loop"] else "no"),
        ("licence", row["licence"]),
        ("commercial", "yes" if row["commercial_use"] else "no"),
        ("remix", "no" if row["relation"] is None else "yes"),
    ]
    return [*facets, ("key", row["key"])] if row["key"] else facets


def _facet(name: str, value: object) -> str:
    return f"§{name}·{re.sub('[^0-9a-z]', '·', str(value).lower())}"


def _true() -> str:
    return "1" if op.get_bind().dialect.name == "sqlite" else "true"
