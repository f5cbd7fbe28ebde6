"""A vote as pages show it: the buttons, and what to say about it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from soundbox.accounts.principal import Principal
from soundbox.engines.models import KINDS
from soundbox.tracks.models import Track

from .feedback import Feedback
from .models import Vote
from .reasons import Reason, offered


@dataclass(frozen=True)
class Opinion:
    """What the visitor says about a track, and may say."""

    chosen: list[str]
    notes: str
    suggested_model: str | None
    reasons: list[Reason]
    models: list[str]  # other models of which the sound may be
    is_fresh: bool  # the vote has just been cast, and nothing was said yet

    @classmethod
    def of(cls, track: Track, vote: Vote | None, *, is_fresh: bool = False) -> Opinion | None:
        """None: they did not vote."""
        if vote is None or vote.vote == 0:
            return None
        others = [name for name in KINDS if name != track.model]
        return cls(vote.reasons, vote.notes, vote.suggested_model, offered(track.kind, vote.vote), others, is_fresh)


@dataclass(frozen=True)
class VoteCard:
    """What the buttons need to know of a track."""

    id: str
    name: str
    upvotes: int
    downvotes: int
    my_vote: int
    may_vote: bool

    @classmethod
    def of(cls, track: Track, vote: Vote | None, who: Principal) -> VoteCard:
        my_vote = vote.vote if vote else 0
        return cls(track.id, track.name, track.upvotes, track.downvotes, my_vote, who.may_vote_on(track.user_id))


@dataclass(frozen=True)
class Said:
    """What everybody says about a track, and what the visitor does: for its page."""

    feedback: Feedback
    opinion: Opinion | None

    @classmethod
    def on(cls, session: Session, track: Track, who: Principal) -> Said:
        vote = session.get(Vote, (who.user_id, track.number)) if who.user_id else None
        return cls(Feedback.on(session, track), Opinion.of(track, vote))
