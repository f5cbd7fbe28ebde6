"""What a worker writes of a sound that it makes: a tone, in frames of AAC."""

from __future__ import annotations

from functools import cache

import numpy as np
from flask import Flask

from soundbox.audio.cut import SEGMENT_FRAMES
from soundbox.audio.on_air import encode
from soundbox.media.growing import GrowingMedia

FIRST_PART = "0-0-0.aac"  # of a job that nobody has claimed


def grow(app: Flask, name: str, segments: float = 1.0) -> bytes:
    """So much more of a sound, under the name {job}.{lease}.{take}."""
    content = tone(round(segments * SEGMENT_FRAMES))
    media_of(app).append(name, content)
    return content


def end(app: Flask, name: str) -> None:
    media_of(app).end(name)


def media_of(app: Flask) -> GrowingMedia:
    return GrowingMedia(app.extensions["soundbox_media"].root)


@cache
def tone(frames: int) -> bytes:
    wave = 0.3 * np.sin(2 * np.pi * 330 * np.arange(frames * 1024) / 48_000)
    return encode(np.stack([wave, wave]).astype(np.float32))
