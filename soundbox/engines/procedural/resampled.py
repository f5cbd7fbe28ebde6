"""A sound at the rate of the model that it stands in for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from soundbox.audio.cut import RATE
from soundbox.audio.growing import Resampler
from soundbox.engines.procedural.timeline import SAMPLE_RATE
from soundbox.engines.protocol import Chunk, Done, Progress, Sound


def at_48_khz(work: Iterator[Progress | Chunk | Done]) -> Iterator[Progress | Chunk | Done]:
    """The same work; what it gives has 48,000 samples a second."""
    pieces, given, chunk = Resampler(SAMPLE_RATE), 0, None
    for event in work:
        match event:
            case Chunk(samples=samples):
                chunk = replace(event, samples=pieces.add(samples))
                given += chunk.samples.shape[1]
                yield chunk
            case Done(sound=sound):
                whole = _resampled(sound)
                if chunk is not None:  # its end waited for what might have followed
                    yield replace(chunk, samples=pieces.rest()[:, : whole.samples.shape[1] - given])
                yield replace(event, sound=whole)
            case _:
                yield event


def _resampled(sound: Sound) -> Sound:
    whole = Resampler(sound.sample_rate)
    frames = _at_48_khz(sound.samples.shape[1])
    samples = np.concatenate([whole.add(sound.samples), whole.rest()], axis=1)[:, :frames]
    loop_points = sound.loop_points and (_at_48_khz(sound.loop_points[0]), _at_48_khz(sound.loop_points[1]))
    return replace(sound, samples=samples, sample_rate=RATE, loop_points=loop_points)


def _at_48_khz(frame: int) -> int:
    return round(frame * RATE / SAMPLE_RATE)
