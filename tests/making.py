"""Finished tracks without a worker: real rows, real files."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

import numpy as np
from flask import Flask
from sqlalchemy import select

from soundbox.accounts.models import User
from soundbox.audio import wav
from soundbox.audio.tags import Tags
from soundbox.extensions import db
from soundbox.media.local import LocalMedia
from soundbox.tracks.categories import categories_of
from soundbox.tracks.models import Track

RATE = 22050


def make_track(app: Flask, maker: str | None = None, prompt: str = "peaceful ambient melody", **facts: Any) -> str:
    """Publish one; `maker` None is the owner of an open instance. Returns its id."""
    track_id = secrets.token_hex(16)
    kind = facts.pop("kind", "music")
    file = write_tone(app, f"{track_id}.1.wav", facts.get("seconds", 2.0))
    with db.write() as session:
        user = session.scalars(select(User).where(User.name == maker)).one() if maker else User.owner(session)
        Track.publish(
            session,
            **{
                "id": track_id,
                "user_id": user.id,
                "prompt": prompt,
                "model": kind,
                "kind": kind,
                "engine": "Sound Box composer",
                "engine_version": "1",
                "seed": 7,
                "licence": "CC0-1.0",
                "commercial_use": True,
                "seconds": 2.0,
                "sample_rate": RATE,
                "channels": 2,
                "quality": 85,
                "stem": f"{track_id}.1",
                "size_bytes": file.stat().st_size,
                "categories": categories_of(prompt, kind),
                **facts,
            },
        )
    return track_id


def write_tone(app: Flask, key: str, seconds: float) -> Path:
    """Two sines that fade, as a master in the media folder."""
    media: LocalMedia = app.extensions["soundbox_media"]
    time = np.arange(round(seconds * RATE)) / RATE
    tone = 0.4 * np.exp(-time) * np.stack([np.sin(2 * np.pi * 440 * time), np.sin(2 * np.pi * 660 * time)])
    return media.write(key, lambda path: wav.write(path, tone.astype(np.float32), RATE, Tags(title="a test tone")))
