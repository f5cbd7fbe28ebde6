"""Tracks that sound like one, found without looking at them all.

The cells nearest to a sound are opened, the nearest first, until they have given some thousand candidates; those are
compared number by number. What is nearest is then put in order by sound and, a little, by words: see `WORDS` and
`OTHER_KIND`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from soundbox.audio.cells import cells_around
from soundbox.audio.feature_form import DIMENSIONS, VERSION

from .features import TrackFeatures, Vector
from .models import Track

ENOUGH = 6_000  # candidates to compare
CELLS = 2_048  # opened at most
WORDS = 0.3  # how much nearer a track comes that has all words in common
OTHER_KIND = 1.2  # how much farther music is from an effect that sounds the same
HALF = 200.0  # at this distance two sounds are half similar: that of two picked by chance, in the middle
CHOICE = 4  # times as many as asked for are put in order

# Cell by cell in the order given, and no farther than needed: what a plain IN and LIMIT would not do. All rows come as
# two long texts: thousands of small objects would cost more than the search, and now and then a garbage collection.
NEAREST = {
    "sqlite": """
        SELECT f.track_number, f.vector FROM json_each(:cells) AS c CROSS JOIN track_features AS f
        WHERE f.version = :version AND f.cell = c.value LIMIT :most
    """,
    "postgresql": """
        SELECT f.track_number, f.vector FROM unnest(CAST(CAST(:cells AS text) AS integer[])) AS c (cell)
        CROSS JOIN LATERAL (
            SELECT track_number, vector FROM track_features WHERE version = :version AND cell = c.cell LIMIT :most
        ) AS f LIMIT :most
    """,
}
ANY = "SELECT track_number, vector FROM track_features WHERE version = :version LIMIT :most"
AS_TEXTS = {
    "sqlite": "SELECT group_concat(track_number, ','), group_concat(hex(vector), '') FROM ({rows}) AS r",
    "postgresql": (
        "SELECT string_agg(CAST(track_number AS text), ','), string_agg(encode(vector, 'hex'), '') FROM ({rows}) AS r"
    ),
}


@dataclass(frozen=True)
class Alike:
    track: Track
    similarity: float  # 0..1 by sound alone: 1 the same, 0.5 no more alike than two picked by chance


@dataclass(frozen=True)
class Near:
    """Track numbers, nearest first, with how far each is."""

    numbers: NDArray[np.int64]
    distances: NDArray[np.float32]


def alikes(session: Session, track: Track, count: int, exclude: Collection[str] = ()) -> list[Alike]:
    """Up to `count` listed tracks that sound like this one, without itself and those with the ids in `exclude`.

    Nothing for a track that nobody has listened to yet: see `listening.listen_to`.
    """
    vector = TrackFeatures.of(session, track.number)
    return [] if vector is None else _choose(session, vector, count, {track.id, *exclude}, track)


def alike_to(session: Session, vector: Vector, count: int) -> list[Alike]:
    """The same for a sound that is no track."""
    return _choose(session, vector, count, set(), None)


def nearest(session: Session, vector: Vector) -> Near:
    """Candidates by the distance of their numbers; hidden tracks may be among them."""
    numbers, vectors = _candidates(session, vector)
    away = vectors.astype(np.float32) - vector.astype(np.float32)
    squares = np.einsum("ij,ij->i", away, away)
    order = np.argsort(squares, kind="stable")
    return Near(numbers[order], np.sqrt(squares[order]))


def similarity(distance: float) -> float:
    return round(float(0.5 ** (distance / HALF)), 3)


def _candidates(session: Session, vector: Vector) -> tuple[NDArray[np.int64], NDArray[np.int8]]:
    database = session.get_bind().dialect.name
    cells = str(cells_around(vector, CELLS))
    cells = cells if database == "sqlite" else cells.replace("[", "{").replace("]", "}")
    numbers, vectors = _read(session, NEAREST[database], cells=cells)
    if len(numbers) == ENOUGH:
        return numbers, vectors
    others, their_vectors = _read(session, ANY)  # a small library is compared as a whole
    is_new = ~np.isin(others, numbers)
    return np.concatenate([numbers, others[is_new]]), np.concatenate([vectors, their_vectors[is_new]])


def _read(session: Session, rows: str, **given: str) -> tuple[NDArray[np.int64], NDArray[np.int8]]:
    query = text(AS_TEXTS[session.get_bind().dialect.name].format(rows=rows))
    numbers, vectors = session.execute(query, {"version": VERSION, "most": ENOUGH, **given}).one()
    if numbers is None:
        return np.empty(0, np.int64), np.empty((0, DIMENSIONS), np.int8)
    all_numbers = np.array(numbers.split(","), np.int64)
    return all_numbers, np.frombuffer(bytes.fromhex(vectors), np.int8).reshape(len(all_numbers), -1)


def _choose(session: Session, vector: Vector, count: int, without: set[str], like: Track | None) -> list[Alike]:
    near = nearest(session, vector)
    found: list[tuple[float, Alike]] = []
    for numbers, distances in _portions(near, CHOICE * (count + len(without))):
        away = dict(zip(numbers.tolist(), distances.tolist(), strict=True))
        listed = select(Track).where(Track.number.in_(away), Track.listed.is_(True))
        for track in session.scalars(listed):
            if track.id not in without:
                distance = away[track.number]
                found.append((distance * _words_factor(track, like), Alike(track, similarity(distance))))
        if len(found) >= count:
            break
    found.sort(key=lambda one: (one[0], -one[1].track.number))
    return [alike for _, alike in found[:count]]


def _portions(near: Near, size: int) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float32]]]:
    """Each four times as large as the one before: hidden tracks cost few queries, however many they are."""
    start = 0
    while start < len(near.numbers):
        yield near.numbers[start : start + size], near.distances[start : start + size]
        start, size = start + size, 4 * size


def _words_factor(track: Track, like: Track | None) -> float:
    """Prompt, title and categories are words; one that both have counts once."""
    if like is None:
        return 1.0
    mine, theirs = set(like.search_text.split()), set(track.search_text.split())
    common = len(mine & theirs) / max(1, len(mine | theirs))
    return (1.0 - WORDS * common) * (1.0 if track.kind == like.kind else OTHER_KIND)
