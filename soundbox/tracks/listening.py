"""Listening to a track that was published before anybody did: in a child process, once."""

from __future__ import annotations

import numpy as np

from soundbox.audio import commands
from soundbox.audio.feature_form import VERSION
from soundbox.extensions import Database
from soundbox.media.derive import derived
from soundbox.media.local import LocalMedia

from .features import TrackFeatures, Vector
from .models import Track


def listen_to(database: Database, media: LocalMedia, track: Track) -> Vector:
    """What the track is like, kept from now on. Raises `MediaError` when its file is gone or damaged."""
    path = derived(media, track.file("wav"), track.file(f"features{VERSION}"), commands.features)
    vector = np.frombuffer(path.read_bytes(), np.int8)
    with database.write() as session:
        if Track.with_stem(session, track.stem):  # it may have been deleted meanwhile
            TrackFeatures.keep(session, track.number, vector)
    return vector
