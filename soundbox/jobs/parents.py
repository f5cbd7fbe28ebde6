"""The sound that a job goes on from, or is to be like: its parent as it is kept, in the form its model works in."""

from __future__ import annotations

from math import gcd

import numpy as np
from scipy.signal import resample_poly
from sqlalchemy import select

from soundbox.audio import wav
from soundbox.audio.samples import Samples, mono
from soundbox.engines.protocol import EngineError, ModelInfo
from soundbox.extensions import Database
from soundbox.jobs.models import Job
from soundbox.media.local import LocalMedia, MediaMissing
from soundbox.tracks.models import Track

GONE = {
    "extend": "The sound that was to be extended is not there any more.",
    "reference": "The sound that this one was to be like is not there any more.",
}


def parent_of(database: Database, media: LocalMedia, job: Job, info: ModelInfo) -> Samples | None:
    """None for a job that begins from nothing, or from a recipe. Raises `EngineError`."""
    gone = GONE.get(job.engine_relation or "")
    if gone is None or job.parent_recipe is not None:
        return None
    with database.read() as session:
        parent = session.scalar(select(Track).where(Track.id == job.parent_id))
    if parent is None:
        raise EngineError(gone)
    try:
        samples, kept = wav.read(media.path(parent.file("wav")))
    except (MediaMissing, FileNotFoundError, wav.WavError) as error:
        raise EngineError(gone) from error
    return in_form(samples, kept.sample_rate, info)


def in_form(samples: Samples, rate: int, info: ModelInfo) -> Samples:
    """At the model's rate, in as many channels as it has."""
    if len(samples) != info.channels:
        samples = np.repeat(mono(samples)[None], info.channels, axis=0)
    if rate == info.sample_rate:
        return samples
    common = gcd(rate, info.sample_rate)
    return resample_poly(samples, info.sample_rate // common, rate // common, axis=1).astype(np.float32)
