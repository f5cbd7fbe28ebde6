"""What votes and feedback ask and answer."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, Field

from soundbox.engines.models import ALIASES as MODEL_ALIASES
from soundbox.engines.models import KINDS
from soundbox.tracks.models import Track
from soundbox.web.bodies import Body, Text, WholeNumber

from .feedback import Feedback, Given
from .models import Ballot, Vote
from .reasons import ACCEPTED, ALIASES, BAD, DOESNT_MATCH, GOOD, Reason, canonical

MOST_IDS = 100
LONGEST_NOTE = 1000  # characters
MODELS = (*KINDS, *MODEL_ALIASES)


def known_reason(word: str) -> str:
    if word not in ACCEPTED:
        raise ValueError(f"Unknown feedback reason {word[:40]!r}; /api/feedback-reasons lists those there are")
    return word


def known_model(name: str) -> str:
    if name and name not in MODELS:
        raise ValueError(f"Unknown model {name[:40]!r}")
    return MODEL_ALIASES.get(name, name)


ReasonWord = Annotated[str, AfterValidator(known_reason), Field(json_schema_extra={"enum": list(ACCEPTED)})]
UserId = Annotated[Text | None, Field(None, description="Open mode: a local person; otherwise it is always oneself")]


class VoteBody(Body):
    vote: WholeNumber = Field(ge=-1, le=1, description="-1 down, 0 take it back, 1 up")
    feedback_reasons: list[ReasonWord] | None = Field(
        None, max_length=len(ACCEPTED), description="Words of /api/feedback-reasons or their aliases"
    )
    notes: Annotated[Text, Field(max_length=LONGEST_NOTE)] | None = Field(None, description="For your own eyes")
    suggested_model: Annotated[Text, AfterValidator(known_model)] | None = Field(
        None, description="The model this sound seems to be of"
    )
    user_id: UserId

    @property
    def ballot(self) -> Ballot:
        return Ballot(self.vote, self.feedback_reasons, self.notes, self.suggested_model)

    @property
    def says_more(self) -> bool:
        return any(part is not None for part in (self.feedback_reasons, self.notes, self.suggested_model))


class VoteAnswer(BaseModel):
    success: bool = True
    upvotes: int
    downvotes: int
    user_vote: int = Field(description="-1, 0 or 1")
    feedback_reasons: list[str]
    notes: str
    suggested_model: str | None

    @classmethod
    def of(cls, track: Track, vote: Vote | None) -> VoteAnswer:
        return cls(
            upvotes=track.upvotes,
            downvotes=track.downvotes,
            user_vote=vote.vote if vote else 0,
            feedback_reasons=vote.reasons if vote else [],
            notes=vote.notes if vote else "",
            suggested_model=vote.suggested_model if vote else None,
        )


class OwnQuery(Body):
    user_id: UserId


class VotesBody(OwnQuery):
    generation_ids: list[Text] = Field(max_length=MOST_IDS)


class FeedbackAnswer(BaseModel):
    positive_reasons: dict[str, int]
    negative_reasons: dict[str, int]
    total_votes: int
    upvotes: int
    downvotes: int

    @classmethod
    def of(cls, feedback: Feedback) -> FeedbackAnswer:
        return cls(
            positive_reasons=_counts(feedback.positive),
            negative_reasons=_counts(feedback.negative),
            total_votes=feedback.total_votes,
            upvotes=feedback.upvotes,
            downvotes=feedback.downvotes,
        )


class ReasonAnswer(BaseModel):
    key: str
    words: str
    positive: bool
    aliases: list[str]

    @classmethod
    def of(cls, reason: Reason, kind: str) -> ReasonAnswer:
        aliases = [word for word in (*ALIASES, DOESNT_MATCH) if canonical(word, kind) == reason.key]
        return cls(**vars(reason), aliases=aliases)


def vocabulary() -> dict[str, Any]:
    """Every kind with the reasons that its pages offer."""
    return {
        kind: [ReasonAnswer.of(Reason.named(key), kind).model_dump() for key in (*GOOD[kind], *BAD[kind])]
        for kind in GOOD
    }


class RateBody(OwnQuery):
    filename: Text = Field(description="{id}.wav")
    rating: WholeNumber = Field(ge=1, le=5)


def _counts(given: list[Given]) -> dict[str, int]:
    return {one.reason.key: one.count for one in given}
