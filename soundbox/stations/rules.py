"""What a station plays, as data: a rule over the library."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator
from sqlalchemy.orm import Session

from soundbox.tracks.categories import VOCABULARY
from soundbox.tracks.filters import FAMILIES
from soundbox.tracks.models import Track
from soundbox.web.bodies import Number, Text, WholeNumber

from . import picking
from .counting import Counted, counted
from .wording import in_words

Sort = Literal["random", "top", "new", "trending"]
Seconds = Annotated[Number, Field(ge=0, le=100_000)]
Tempo = Annotated[Number, Field(ge=0, le=1_000)]
MOST_CATEGORIES = 12


class StationRule(BaseModel):
    """Everything that is told must hold; a rule that tells nothing plays the whole library."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    model: str | None = Field(default=None, max_length=32, description="music, audio, tts (the family) or one model")
    categories: tuple[str, ...] = Field(default=(), max_length=MOST_CATEGORIES, description="Any of these")
    search: Annotated[Text, Field(max_length=500)] = Field(default="", description="Words, all of them")
    maker: Annotated[Text, Field(max_length=32)] | None = Field(default=None, description="A maker's public id")
    sort: Sort = Field(default="random", description="random, or only the first of those: top, new or trending")
    min_duration: Seconds | None = Field(default=None, description="Seconds")
    max_duration: Seconds | None = Field(default=None, description="Seconds")
    loop: bool | None = None
    min_tempo: Tempo | None = Field(default=None, description="Beats a minute")
    max_tempo: Tempo | None = Field(default=None, description="Beats a minute")
    key: Annotated[Text, Field(max_length=24)] | None = Field(default=None, description="Such as A minor")
    licence: Annotated[Text, Field(max_length=40)] | None = Field(default=None, description="SPDX id")
    commercial_use: bool | None = None
    voted: bool | None = None
    is_remix: bool | None = None
    has_remixes: bool | None = None
    preset: Annotated[Text, Field(max_length=40)] | None = Field(default=None, description="A preset's slug")
    parent: Annotated[Text, Field(max_length=32)] | None = Field(
        default=None, description="Id of the track that they were made from"
    )
    max_age_days: Annotated[WholeNumber, Field(ge=1, le=36_500)] | None = Field(
        default=None, description="Made since then"
    )
    playlist: Annotated[Text, Field(max_length=32)] | None = Field(
        default=None, description="Only what is on it, by its id"
    )
    like: Annotated[Text, Field(max_length=32)] | None = Field(
        default=None, description="Only what sounds like this track, by its id"
    )
    favorites_of_all: bool = Field(default=False, description="Only what people keep most")

    @field_validator("categories")
    @classmethod
    def known_categories(cls, categories: tuple[str, ...]) -> tuple[str, ...]:
        unknown = [key for key in categories if not any(key in keys for keys in VOCABULARY.values())]
        if unknown:
            raise ValueError(f"has no {unknown[0][:40]!r} among the categories there are")
        return tuple(dict.fromkeys(categories))

    def pick(self, session: Session, count: int, exclude: Collection[str] = ()) -> list[Track]:
        """Up to `count` different listed tracks by chance, none of the ids in `exclude`."""
        return picking.pick(session, self, count, exclude)

    def newest(self, session: Session, count: int) -> list[Track]:
        """The newest of what it plays, the newest first."""
        return picking.newest(session, self, count)

    def candidates(self, session: Session, most: int) -> list[picking.Candidate]:
        """Up to `most` listed tracks, by chance where there are more: what a programme is drawn from."""
        return picking.candidates(session, self, most)

    def matches(self, session: Session, track: Track) -> bool:
        """Would it play this track, if it is listed?"""
        return picking.matches(session, self, track)

    def count(self, session: Session) -> Counted:
        return counted(session, self)

    @property
    def words(self) -> str:
        """For people, in one sentence."""
        return in_words(self)

    def as_json(self) -> dict[str, Any]:
        """Only what it tells."""
        return self.model_dump(mode="json", exclude_defaults=True)

    @property
    def family(self) -> str | None:
        """The kind of sound it plays, where the rule says one."""
        return self.model if self.model in FAMILIES else None
