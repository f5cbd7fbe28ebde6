"""Listening to all tracks that were published before their sound was kept as numbers."""

from __future__ import annotations

import logging

import numpy as np
from sqlalchemy import Row
from sqlalchemy.orm import Session

from soundbox.audio import wav
from soundbox.audio.features import features
from soundbox.config import Config
from soundbox.extensions import db
from soundbox.media.local import LocalMedia, MediaMissing
from soundbox.tracks.features import TrackFeatures, Vector, without_features
from soundbox.tracks.models import Track

BATCH = 100

log = logging.getLogger(__name__)


def listen_to_all(config: Config) -> int:
    """How many tracks were listened to. Those whose file is gone or damaged are left out."""
    media, after, heard = LocalMedia(config.media_folder), 0, 0
    vectors: dict[str, Vector | None] = {}  # by stem: tracks may share their files
    while rows := _unheard(after):
        for stem in {row.stem for row in rows} - set(vectors):
            vectors[stem] = _vector(media, stem)
        with db.write() as session:
            heard += sum(_keep(session, row, vectors[row.stem]) for row in rows)
        after = rows[-1].number
        vectors = {row.stem: vectors[row.stem] for row in rows}
    return heard


def _unheard(after: int) -> list[Row[tuple[int, str]]]:
    with db.read() as session:
        return list(session.execute(without_features(after, BATCH)))


def _vector(media: LocalMedia, stem: str) -> Vector | None:
    try:
        samples, info = wav.read(media.path(f"{stem}.wav"))
    except (MediaMissing, wav.WavError, OSError) as error:
        log.warning("Nobody can listen to %s: %s", stem, error)
        return None
    return np.asarray(features(samples, info.sample_rate))


def _keep(session: Session, row: Row[tuple[int, str]], vector: Vector | None) -> bool:
    if vector is None or session.get(Track, row.number) is None:
        return False
    TrackFeatures.keep(session, row.number, vector)
    return True
