"""What favorites ask and answer."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from soundbox.tracks.answers import TrackAnswer
from soundbox.web.bodies import Body, Text

MOST_IDS = 100
UserId = Annotated[Text | None, Field(None, description="Open mode: a local person; otherwise it is always oneself")]


class FavoriteBody(Body):
    favorited: bool = Field(True, description="false takes it back, for forms, which cannot send DELETE")
    user_id: UserId


class UserBody(Body):
    user_id: UserId


class FavoriteAnswer(BaseModel):
    success: bool = True
    favorited: bool
    favorites: int = Field(description="How many people keep this track")


class FavoritesQuery(UserBody):
    page: int = Field(1, ge=1, le=2**53)
    per_page: int = Field(20, ge=1, description="At most 100 are given")
    model: str | None = Field(None, description="music, audio, tts (the family) or one model by its name")


class FavoritesAnswer(BaseModel):
    items: list[TrackAnswer]
    total: int
    page: int
    pages: int
    per_page: int


class CheckBody(UserBody):
    generation_ids: list[Text] = Field(max_length=MOST_IDS)
