"""What is asked and answered about tracks that sound alike."""

from __future__ import annotations

from pydantic import BaseModel, Field

from soundbox.tracks.alikes import Alike
from soundbox.tracks.answers import TrackAnswer
from soundbox.web.bodies import Body

USUAL, MOST = 12, 50


class AlikesQuery(Body):
    count: int = Field(USUAL, ge=1, le=MOST, description="How many tracks")


class AlikeAnswer(TrackAnswer):
    similarity: float = Field(description="0-1 by sound alone: 1 the same, 0.5 like two tracks picked by chance")


class AlikesAnswer(BaseModel):
    tracks: list[AlikeAnswer] = Field(description="The most alike first")

    @classmethod
    def of(cls, alikes: list[Alike]) -> AlikesAnswer:
        return cls(
            tracks=[
                AlikeAnswer(**TrackAnswer.of(alike.track).model_dump(), similarity=alike.similarity) for alike in alikes
            ]
        )
