"""The rows of seeded tracks: what a made track lends to those that share its files, and what each has of its own."""

from __future__ import annotations

import json
import random
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import JSON, select

from soundbox.extensions import db
from soundbox.tracks.listing import facets_of
from soundbox.tracks.models import Track
from soundbox.tracks.ranking import trend, wilson
from soundbox.tracks.words import facet

from .seed_prompts import Prompts

COLUMNS = [column.name for column in Track.__table__.columns if column.computed is None]
KEYS = tuple(f"{note} {mode}" for note in ("C", "D", "E", "F", "G", "A", "Bb", "Eb") for mode in ("major", "minor"))
SHARE_OF_REMIXES = 0.05
MOST_VOTES = 200


@dataclass
class SeededTrack:
    """What the features need to know to add rows of their own: who voted, who kept it, who heard it."""

    number: int
    id: str
    user_id: int
    kind: str
    created_ms: int
    categories: tuple[str, ...]
    upvotes: int
    downvotes: int
    favorites: int
    plays: int
    facets: list[tuple[str, object]]
    search_text: str
    row: dict[str, Any]  # every stored column

    @property
    def words(self) -> str:
        return f"{self.search_text}{' '.join(_facet_word(*pair) for pair in self.facets)} "


def patterns_of(track_ids: Sequence[str]) -> list[dict[str, Any]]:
    """Every stored column of these tracks, as the database holds it."""
    types = {column.name: column.type for column in Track.__table__.columns}
    with db.read() as session:
        tracks = session.scalars(select(Track).where(Track.id.in_(track_ids)).order_by(Track.number)).all()
        return [{name: _stored(getattr(track, name), types[name]) for name in COLUMNS} for track in tracks]


def seeded_tracks(
    patterns: Sequence[dict[str, Any]],
    prompts: Prompts,
    chance: random.Random,
    makers: Sequence[int],
    moments: Iterator[int],
    numbers: Sequence[int],
    most_votes: int,
) -> list[SeededTrack]:
    """One track for each number. `moments`: when each was made, ascending, in ms; `most_votes`: of how many people."""
    tracks: list[SeededTrack] = []
    for number in numbers:
        pattern = chance.choice(patterns)
        parent = chance.choice(tracks) if tracks and chance.random() < SHARE_OF_REMIXES else None
        track = _track(pattern, prompts, chance, chance.choice(makers), next(moments), number, parent, most_votes)
        tracks.append(track)
    return tracks


def _track(
    pattern: dict[str, Any],
    prompts: Prompts,
    chance: random.Random,
    maker: int,
    created_ms: int,
    number: int,
    parent: SeededTrack | None,
    most_votes: int,
) -> SeededTrack:
    kind = pattern["kind"]
    prompt = prompts.next(kind)
    upvotes, downvotes, favorites, plays = _popularity(chance, min(MOST_VOTES, most_votes))
    row = {
        **pattern,
        "number": number,
        "id": secrets.token_hex(16),
        "user_id": maker,
        "prompt": prompt.text,
        "title": prompt.title,
        "search_text": prompt.search_text,
        "categories": prompt.sentence.categories_json,
        "random_key": secrets.randbits(62),
        "created_ms": created_ms,
        "size_bytes": 0,  # the files are another track's
        "upvotes": upvotes,
        "downvotes": downvotes,
        "favorites": favorites,
        "plays": plays,
        "rating": wilson(upvotes, downvotes),
        "trend": trend(upvotes, downvotes, favorites, created_ms),
        "remixes": 0,
    }
    if kind == "music":
        row["tempo"], row["key"] = float(chance.randrange(60, 180)), chance.choice(KEYS)
    if parent is not None:
        row["parent_id"], row["relation"] = parent.id, chance.choice(("vary", "extend", "reference"))
        parent.row["remixes"] += 1
    categories = prompt.sentence.categories
    told = Told(
        kind, row["model"], maker, row["loop"], row["licence"], row["commercial_use"], row["relation"], row["key"],
        row["preset"], categories,
    )  # fmt: skip
    return SeededTrack(
        number, row["id"], maker, kind, created_ms, categories, upvotes, downvotes, favorites, plays,
        facets_of(told), prompt.search_text, row,
    )  # fmt: skip


@dataclass(frozen=True)
class Told:
    """What `facets_of` asks of a track."""

    kind: str
    model: str
    user_id: int
    loop: bool
    licence: str
    commercial_use: bool
    relation: str | None
    key: str | None
    preset: str | None
    categories: Sequence[str]


def _popularity(chance: random.Random, most_votes: int) -> tuple[int, int, int, int]:
    """A few are loved, most are hardly heard: upvotes, downvotes, favorites, plays."""
    plays = min(1_000_000, int(chance.paretovariate(0.9)) - 1)
    votes = min(most_votes, int(plays * chance.random() * 0.3))
    upvotes = round(votes * min(1.0, chance.gauss(0.8, 0.15))) if votes else 0
    return upvotes, votes - upvotes, upvotes // 3, plays


def _stored(value: Any, kind: Any) -> Any:
    return json.dumps(value, separators=(",", ":")) if isinstance(kind, JSON) else value


_facet_word = cache(facet)
