"""What the radio's endpoints ask and answer: as documented, with the same answer everywhere."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from soundbox.tracks.answers import TrackAnswer
from soundbox.web.bodies import Body, Text

MOST_TRACKS, MOST_NEW = 100, 50
WEEK_HOURS, MOST_HOURS = 168, 1_000_000

Model = Annotated[str | None, Field(None, description="music, audio, tts (the family) or one model by its name")]
Search = Annotated[Text, Field("", description="Words, all of them; the last one by its beginning")]
Count = Annotated[int, Field(10, ge=1, description=f"At most {MOST_TRACKS} are given")]


class ShuffleQuery(Body):
    model: Model
    search: Search
    count: Count


class NextQuery(Body):
    model: Model
    search: Search
    exclude: Text = Field(
        "", description="Ids between commas, the latest last; 200 count. They come again only when nothing else is left"
    )


class FavoritesQuery(Body):
    user_id: Text | None = Field(None, description="Open mode: a local person; otherwise it is always oneself")
    count: Count


class TopQuery(Body):
    model: Model
    count: int = Field(20, ge=1, description=f"At most {MOST_TRACKS} are given")


class NewQuery(Body):
    model: Model
    hours: int = Field(WEEK_HOURS, ge=1, le=MOST_HOURS, description="How far back")
    count: int = Field(10, ge=1, description=f"At most {MOST_NEW} are given")


class TracksAnswer(BaseModel):
    tracks: list[TrackAnswer]


class NextAnswer(TracksAnswer):
    track: TrackAnswer | None = Field(description="The same one; null where there is nothing at all")
