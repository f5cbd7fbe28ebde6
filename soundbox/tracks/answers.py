"""A track as programs see it: the documented fields and ours."""

from __future__ import annotations

import json
from typing import Any

from flask import g, url_for
from pydantic import BaseModel, Field

from soundbox.clock import sql_time

from .models import Track

ANY_ID = "0" * 32


class TrackAnswer(BaseModel):
    id: str
    filename: str
    prompt: str
    title: str
    name: str = Field(description="Its title, or its prompt and which of several takes it is")
    model: str = Field(description="What was asked for: music, audio, magnet-music, magnet-audio, tts")
    kind: str = Field(description="music, audio or tts")
    duration: float | int = Field(description="Seconds")
    is_loop: int = Field(description="0 or 1")
    loop: bool
    quality_score: int = Field(description="0-100")
    quality_issues: list[str]
    flagged: bool = Field(description="True: the best of several takes, and still not good")
    spectrogram: str
    audio_url: str
    spectrogram_url: str
    disc_url: str
    labelled_url: str
    page_url: str
    peaks: list[int]
    upvotes: int
    downvotes: int
    favorites: int
    plays: int
    category: str = Field(description="The categories as JSON text")
    categories: list[str]
    user_id: str = Field(description="The maker's public id")
    creator: str
    created_at: str = Field(description="YYYY-MM-DD HH:MM:SS, UTC")
    engine: str = Field(description="What really made it")
    engine_version: str
    seed: int
    preset: str | None = Field(description="The preset it was made with, by its slug")
    parameters: dict[str, Any]
    retry_count: int
    understood: list[str]
    tempo: float | None
    key: str | None
    loudness_lufs: float | None
    sample_rate: int
    channels: int
    size_bytes: int
    licence: str = Field(description="SPDX id")
    commercial_use: bool
    visibility: str
    withheld: str | None = Field(description="Why a public track is in no list: review, reports, operator or suspended")
    parent: str | None = Field(description="The track it was made from, if that is listed: an id is a key")
    relation: str | None
    made_for: str | None = Field(description="The station that an idle worker made it for: nobody asked for it")

    @classmethod
    def of(cls, track: Track) -> TrackAnswer:
        return cls(
            id=track.id,
            filename=f"{track.id}.wav",
            prompt=track.prompt,
            title=track.title,
            name=track.name,
            model=track.model,
            kind=track.kind,
            duration=plain_number(track.seconds),
            is_loop=int(track.loop),
            loop=track.loop,
            quality_score=track.quality,
            quality_issues=track.quality_issues,
            flagged=track.flagged,
            spectrogram=f"{track.id}.png",
            **addresses(track.id),
            peaks=track.peaks,
            upvotes=track.upvotes,
            downvotes=track.downvotes,
            favorites=track.favorites,
            plays=track.plays,
            category=json.dumps(track.categories),
            categories=track.categories,
            user_id=track.user.public_id,
            creator=track.user.display_name,
            created_at=sql_time(track.created_ms),
            engine=track.engine,
            engine_version=track.engine_version,
            seed=track.seed,
            preset=track.preset,
            parameters=track.parameters,
            retry_count=track.retakes,
            understood=track.understood,
            tempo=track.tempo,
            key=track.key,
            loudness_lufs=track.loudness_lufs,
            sample_rate=track.sample_rate,
            channels=track.channels,
            size_bytes=track.size_bytes,
            licence=track.licence,
            commercial_use=track.commercial_use,
            visibility=track.visibility,
            withheld=track.withheld,
            parent=track.parent_id if track.parent_is_listed else None,
            relation=track.relation,
            made_for=track.made_for,
        )


def plain_number(seconds: float) -> float | int:
    """15 rather than 15.0, as the documents print durations."""
    rounded = round(seconds, 2)
    return int(rounded) if rounded.is_integer() else rounded


def addresses(track_id: str) -> dict[str, str]:
    """Where its sound, pictures and page are; made for one id and filled in for others: a list needs hundreds."""
    if "track_addresses" not in g:
        g.track_addresses = _addresses(ANY_ID)
    return {name: address.replace(ANY_ID, track_id) for name, address in g.track_addresses.items()}


def _addresses(track_id: str) -> dict[str, str]:
    def picture(file: str) -> str:
        return url_for("tracks.spectrogram", file=file)

    return {
        "audio_url": url_for("tracks.audio", file=f"{track_id}.wav"),
        "spectrogram_url": picture(f"{track_id}.png"),
        "disc_url": picture(f"{track_id}.disc.png"),
        "labelled_url": picture(f"{track_id}.labelled.png"),
        "page_url": url_for("library.show", track_id=track_id),
    }
