"""What the library asks and answers."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from soundbox.clock import iso_plain
from soundbox.tracks.answers import TrackAnswer, addresses, plain_number
from soundbox.tracks.asking import FilterQuery
from soundbox.tracks.lineage import Relative
from soundbox.tracks.models import Track, Visibility
from soundbox.web.bodies import Body, Text


class LibraryQuery(FilterQuery):
    page: int = Field(1, ge=1, le=2**53)
    per_page: int = Field(20, ge=1, description="At most 100 are given")
    cursor: str | None = Field(None, description="From a Link header: where the page begins, fast at any depth")


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
    rating: int = Field(description="1-5, the mean of what people rated; 0: nobody did")
    created: str = Field(description="YYYY-MM-DDTHH:MM:SS, UTC")
    quality_score: int
    quality_issues: list[str]
    spectrogram: str
    user_id: str

    @classmethod
    def of(cls, track: Track, rating: int) -> HistoryRow:
        return cls(
            filename=f"{track.id}.wav",
            prompt=track.prompt,
            model=track.model,
            duration=plain_number(track.seconds),
            loop=track.loop,
            rating=rating,
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


class RelativeAnswer(BaseModel):
    id: str
    parent: str | None
    relation: str | None = Field(description="vary, extend or reference")
    depth: int = Field(description="Generations below the first of the family")
    title: str
    prompt: str
    creator: str
    page_url: str

    @classmethod
    def of(cls, relative: Relative) -> RelativeAnswer:
        track = relative.track
        return cls(
            id=track.id,
            parent=track.parent_id,
            relation=track.relation,
            depth=relative.depth,
            title=track.title,
            prompt=track.prompt,
            creator=track.user.display_name,
            page_url=addresses(track.id)["page_url"],
        )


class LineageAnswer(BaseModel):
    tracks: list[RelativeAnswer] = Field(description="Each behind what it was made from; the first is the oldest")
