"""What the library asks and answers."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from soundbox.clock import iso_plain
from soundbox.tracks.answers import TrackAnswer, plain_number
from soundbox.tracks.models import Track, Visibility
from soundbox.web.bodies import Body, Number, Text


class LibraryQuery(Body):
    page: int = Field(1, ge=1, le=2**53)
    per_page: int = Field(20, ge=1, description="At most 100 are given")
    cursor: str | None = Field(None, description="From a Link header: where the page begins, fast at any depth")
    model: str | None = Field(None, description="music, audio, tts (the family) or one model by its name")
    search: str = Field("", description="Words, all of them; the last one by its beginning")
    sort: str = Field("recent", description="recent, popular, rating, trending, duration or relevance")
    category: str | None = None
    user_id: Text | None = Field(None, description="A maker's public id")
    maker: Text | None = Field(None, description="A maker's name")
    loop: bool | None = None
    min_duration: Number | None = Field(None, description="Seconds")
    max_duration: Number | None = Field(None, description="Seconds")
    min_tempo: Number | None = Field(None, description="Beats a minute")
    max_tempo: Number | None = Field(None, description="Beats a minute")
    key: Text | None = Field(None, description="Such as A minor")
    licence: Text | None = Field(None, description="SPDX id")
    commercial_use: bool | None = Field(None, description="May it be used commercially")
    voted: bool | None = Field(None, description="Has anybody voted on it")
    is_remix: bool | None = Field(None, description="Was it made from another track")
    has_remixes: bool | None = Field(None, description="Were others made from it")
    parent: Text | None = Field(None, description="Id of the track that they were made from")


class MineQuery(LibraryQuery):
    visibility: Visibility | None = None


class LibraryAnswer(BaseModel):
    items: list[TrackAnswer]
    total: int = Field(description="Exact for everything, for single filters and for what is few")
    total_capped: bool = Field(description="True: there are at least so many as `total` says")
    partial: bool = Field(description="True: looking for more would have taken too long")
    page: int
    pages: int
    per_page: int


class CountsAnswer(BaseModel):
    total: int
    music: int
    audio: int
    tts: int


class CategoriesQuery(Body):
    model: str | None = Field(None, description="music, audio or tts")


class CategoriesAnswer(BaseModel):
    categories: dict[str, str] = Field(description="Key to name")


class StatsAnswer(BaseModel):
    total_generations: int = Field(description="Public tracks")
    total_votes: int
    total_favorites: int
    categories: dict[str, int] = Field(description="How many categories there are of each kind")
    tracks: CountsAnswer = Field(description="Public tracks of each kind")


class HistoryQuery(Body):
    model: str | None = None
    user_id: Text | None = None


class HistoryRow(BaseModel):
    filename: str
    prompt: str
    model: str
    duration: float | int
    loop: bool
    rating: int
    created: str = Field(description="YYYY-MM-DDTHH:MM:SS, UTC")
    quality_score: int
    quality_issues: list[str]
    spectrogram: str
    user_id: str

    @classmethod
    def of(cls, track: Track) -> HistoryRow:
        return cls(
            filename=f"{track.id}.wav",
            prompt=track.prompt,
            model=track.model,
            duration=plain_number(track.seconds),
            loop=track.loop,
            rating=0,
            created=iso_plain(track.created_ms),
            quality_score=track.quality,
            quality_issues=track.quality_issues,
            spectrogram=f"{track.id}.png",
            user_id=track.user.public_id,
        )


class EditBody(Body):
    title: Annotated[Text, Field(max_length=120)] | None = None
    visibility: Visibility | None = None


class MineAnswer(LibraryAnswer):
    size_bytes: int = Field(description="What all of one's tracks fill")


class Done(BaseModel):
    success: bool = True
