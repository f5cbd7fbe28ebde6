"""`soundbox bench alike`: how fast sound-alikes are found in a library, and how many of the true ones."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from soundbox.audio.feature_form import VERSION
from soundbox.extensions import db
from soundbox.tracks.alikes import alikes, nearest
from soundbox.tracks.features import TrackFeatures
from soundbox.tracks.models import Track

ANSWERED = 12  # what a page asks for
JUDGED = 10  # recall@10
BATCH = 50_000


@dataclass(frozen=True)
class Asked:
    """One track of the library and what finding its alikes took."""

    search_ms: float  # the nearest, by number
    whole_ms: float  # the search, and the rows of twelve listed tracks, sorted
    cpu_ms: float  # of `whole_ms`, in this process
    candidates: int
    recall: float  # share of the ten truly nearest among the ten first


@dataclass(frozen=True)
class Bench:
    tracks: int
    database: str
    asked: list[Asked]

    def percentile(self, name: str, share: float) -> float:
        return float(np.percentile([getattr(one, name) for one in self.asked], share))

    def mean(self, name: str) -> float:
        return float(np.mean([getattr(one, name) for one in self.asked]))


def alike(queries: int, luck: int = 0) -> Bench:
    """Ask for the alikes of `queries` random tracks, one after the other, each for the first time."""
    numbers, vectors = _everything()
    chosen = random.Random(luck).sample(range(len(numbers)), min(queries, len(numbers)))
    asked = [_ask(numbers, vectors, at) for at in chosen]
    return Bench(len(numbers), db.engine.dialect.name, asked)


def _everything() -> tuple[NDArray[np.int64], NDArray[np.int8]]:
    """What a search never does: all vectors, to know the truth."""
    query = select(TrackFeatures.track_number, TrackFeatures.vector).where(TrackFeatures.version == VERSION)
    numbers: list[int] = []
    parts: list[bytes] = []
    with db.read() as session:
        for rows in session.execute(query.execution_options(yield_per=BATCH)).partitions():
            numbers += [row.track_number for row in rows]
            parts.append(b"".join(row.vector for row in rows))
    return np.array(numbers), np.frombuffer(b"".join(parts), np.int8).reshape(len(numbers), -1)


def _ask(numbers: NDArray[np.int64], vectors: NDArray[np.int8], at: int) -> Asked:
    with db.read() as session:
        track = session.scalars(select(Track).where(Track.number == int(numbers[at]))).one()
        began, cpu = time.perf_counter(), time.process_time()
        alikes(session, track, ANSWERED)
        whole_ms, cpu_ms = (1000 * (time.perf_counter() - began), 1000 * (time.process_time() - cpu))
    with db.read() as session:
        began = time.perf_counter()
        candidates, found = _search(session, vectors[at])
        search_ms = 1000 * (time.perf_counter() - began)
    return Asked(search_ms, whole_ms, cpu_ms, candidates, _recall(vectors, at, found))


def _search(session: Session, vector: NDArray[np.int8]) -> tuple[int, NDArray[np.float32]]:
    near = nearest(session, vector)
    return len(near.numbers), near.distances[1 : JUDGED + 1]  # the first is the track itself


def _recall(vectors: NDArray[np.int8], at: int, found: NDArray[np.float32]) -> float:
    """By distance, so that it does not matter which of two equally far tracks is found."""
    squares = np.zeros(len(vectors), np.int32)
    for column, number in zip(vectors.T, vectors[at].astype(np.int16), strict=True):
        squares += np.square(column.astype(np.int16) - number, dtype=np.int32)
    squares[at] = np.iinfo(np.int32).max
    farthest = np.sqrt(float(np.partition(squares, JUDGED - 1)[JUDGED - 1]))
    return float((found <= farthest + 1e-3).sum()) / min(JUDGED, len(vectors) - 1)
