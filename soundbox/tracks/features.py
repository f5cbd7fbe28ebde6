"""What each track is like, as numbers, beside the tracks.

One row a track: `vector` is what `audio.features` made of its sound, `cell` where that lies. Other vectors of a track
(of its words, say) get a table of the same shape with cells of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import BigInteger, ForeignKey, Index, Integer, LargeBinary, Select, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from soundbox.audio.cells import cells_of
from soundbox.audio.feature_form import VERSION
from soundbox.extensions import Base, insert_new

from .models import Track

Vector = NDArray[np.int8]  # shape (numbers,)


class TrackFeatures(Base):
    __tablename__ = "track_features"
    # The index holds all that a search reads, so that it never opens the table.
    __table_args__ = (Index("ix_track_features_cell", "version", "cell", "track_number", "vector"),)

    track_number: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"),
        ForeignKey("tracks.number", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    )
    version: Mapped[int] = mapped_column(Integer)
    cell: Mapped[int] = mapped_column(Integer)
    vector: Mapped[bytes] = mapped_column(LargeBinary)

    @classmethod
    def rows(cls, track_numbers: Sequence[int], vectors: NDArray[np.int8]) -> list[dict[str, Any]]:
        """What is stored of tracks whose vectors have the shape (tracks, numbers)."""
        return [
            {"track_number": number, "version": VERSION, "cell": cell, "vector": vector.tobytes()}
            for number, cell, vector in zip(track_numbers, cells_of(vectors).tolist(), vectors, strict=True)
        ]

    @classmethod
    def keep(cls, session: Session, track_number: int, vector: Vector) -> None:
        """In place of what an earlier version made of the same sound."""
        session.execute(delete(cls).where(cls.track_number == track_number, cls.version != VERSION))
        insert_new(session, cls, **cls.rows([track_number], vector[None])[0])

    @classmethod
    def of(cls, session: Session, track_number: int) -> Vector | None:
        """None: nobody has listened to it yet."""
        vector = session.scalar(
            select(cls.vector).where(cls.track_number == track_number, cls.version == VERSION).limit(1)
        )
        return None if vector is None else np.frombuffer(vector, np.int8)


def without_features(after: int, most: int) -> Select[int, str]:
    """Number and stem of tracks that nobody has listened to, in order, behind the number `after`."""
    heard = select(TrackFeatures.track_number).where(
        TrackFeatures.track_number == Track.number, TrackFeatures.version == VERSION
    )
    return (
        select(Track.number, Track.stem).where(Track.number > after, ~heard.exists()).order_by(Track.number).limit(most)
    )
