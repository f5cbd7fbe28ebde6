"""Sounds that nobody made: what they would be like, to fill libraries that are to be measured."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from soundbox.audio.scale import scale
from soundbox.extensions import db
from soundbox.tracks.features import TrackFeatures
from soundbox.tracks.models import Track

from . import bulk
from .seed_rows import SeededTrack

SHARE_OF_AXES = 0.25  # how far a sound strays along each principal axis, of what is usual
STRAY = 3.0  # how far in every other number

Vectors = NDArray[np.int8]  # shape (sounds, numbers), as `audio.features` gives them


def around(known: Vectors, count: int, luck: np.random.Generator, axes: NDArray[np.float32] | None = None) -> Vectors:
    """`count` vectors, each somewhere between two of the `known` ones and a little astray, mostly along `axes`."""
    axes = scale().axes if axes is None else axes
    first, second = (known[luck.integers(len(known), size=count)].astype(np.float32) for _ in range(2))
    share = luck.random((count, 1), np.float32) ** 2  # most are near one of the two
    usual = (known.astype(np.float32) @ axes.T).std(axis=0)
    astray = (luck.standard_normal((count, len(axes)), np.float32) * usual * SHARE_OF_AXES) @ axes
    noise = luck.standard_normal(first.shape, np.float32) * STRAY
    return np.rint(np.clip(first + share * (second - first) + astray + noise, -127, 127)).astype(np.int8)


@dataclass(frozen=True)
class Sounds:
    """What the tracks that were really made are like, by kind, and the luck that strays from them."""

    known: dict[str, Vectors]
    luck: np.random.Generator

    @classmethod
    def like(cls, track_ids: Sequence[str], chance: random.Random) -> Sounds:
        known: dict[str, list[NDArray[np.int8]]] = {}
        with db.read() as session:
            for number, kind in session.execute(select(Track.number, Track.kind).where(Track.id.in_(track_ids))):
                vector = TrackFeatures.of(session, number)
                if vector is not None:
                    known.setdefault(kind, []).append(vector)
        return cls(
            {kind: np.array(vectors) for kind, vectors in known.items()}, np.random.default_rng(chance.randrange(2**32))
        )

    def add(self, session: Session, tracks: Sequence[SeededTrack]) -> None:
        """As many different sounds as there are tracks."""
        for kind, known in self.known.items():
            numbers = [track.number for track in tracks if track.kind == kind]
            rows = TrackFeatures.rows(numbers, around(known, len(numbers), self.luck))
            names = ("track_number", "version", "cell", "vector")
            bulk.insert_rows(session, "track_features", names, ([row[name] for name in names] for row in rows))
