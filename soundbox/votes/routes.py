"""Voting, saying why, and hearing what people say."""

from __future__ import annotations

import json

from flask import Blueprint, Response, request, url_for

from soundbox.accounts.principal import demand_community, principal
from soundbox.extensions import db, limiter
from soundbox.tracks.access import found, readable
from soundbox.tracks.models import Track
from soundbox.web.back import came_from
from soundbox.web.bodies import FORMS, checked, parse_body, parse_query
from soundbox.web.describe import describe
from soundbox.web.errors import Refusal
from soundbox.web.respond import Done, respond, wants_html

from . import adoption, leaving  # noqa: F401 - they listen
from .answers import (
    FeedbackAnswer,
    OwnQuery,
    RateBody,
    ReasonAnswer,
    VoteAnswer,
    VoteBody,
    VotesBody,
    vocabulary,
)
from .cards import Opinion, VoteCard
from .feedback import Feedback
from .models import Ballot, Vote

blueprint = Blueprint("votes", __name__)

VOTES_A_MINUTE = "120/minute"  # of all guests of an address: whoever drops the cookie is somebody new
OWN = {403: "It is your own track, or the token may not"}
limited = limiter.shared_limit(VOTES_A_MINUTE, "votes", exempt_when=lambda: not principal().is_guest)


@blueprint.post("/api/library/<track_id>/vote")
@limited
@describe(
    "Votes",
    "Vote up, down or take it back, and say why; what is not sent stays as it was, as long as the vote does",
    body=VoteBody,
    answers={200: VoteAnswer},
    has_page=True,
    refusals=OWN,
    example='{"vote": 1, "feedback_reasons": ["catchy", "loops_well"]}',
)
def cast(track_id: str) -> Response:
    demand_community()
    body = _vote_body()
    track, vote = _cast(track_id, body.user_id, body.ballot)
    return _voted(track, vote, is_fresh=not body.says_more)


@blueprint.get("/api/library/<track_id>/vote")
@describe("Votes", "One's own vote, with the note that only oneself sees", query=OwnQuery, answers={200: VoteAnswer})
def own(track_id: str) -> Response:
    query, who = parse_query(OwnQuery), principal()
    with db.read() as session:
        track = readable(session, who, track_id)
        voter_id = who.reads_as(session, query.user_id)
        vote = session.get(Vote, (voter_id, track.number)) if voter_id else None
    return _voted(track, vote)


@blueprint.post("/api/library/votes")
@describe(
    "Votes",
    "One's own votes on up to 100 tracks: 0 where there is none",
    body=VotesBody,
    answers={200: dict[str, int]},
    example='{"generation_ids": []}',
)
def batch() -> Response:
    who = principal()
    who.demand("read")
    body = parse_body(VotesBody)
    with db.read() as session:
        voter_id = who.reads_as(session, body.user_id)
        known = Vote.by_ids(session, voter_id, body.generation_ids) if voter_id else {}
    return respond(dict.fromkeys(body.generation_ids, 0) | known)


@blueprint.get("/api/library/<track_id>/feedback")
@describe("Votes", "What people say about a track, as counts of reasons", answers={200: FeedbackAnswer})
def feedback(track_id: str) -> Response:
    with db.read() as session:
        said = Feedback.on(session, readable(session, principal(), track_id))
    return respond(FeedbackAnswer.of(said))


@blueprint.get("/api/feedback")
@describe("Votes", "What people say about all of one's own tracks", query=OwnQuery, answers={200: FeedbackAnswer})
def feedback_for_maker() -> Response:
    query, who = parse_query(OwnQuery), principal()
    with db.read() as session:
        said = Feedback.for_maker(session, who.reads_as(session, query.user_id))
    return respond(FeedbackAnswer.of(said))


@blueprint.get("/api/feedback-reasons")
@describe(
    "Votes",
    "The words that a vote may give as reasons, for each kind of sound; every word is accepted on every kind",
    answers={200: dict[str, list[ReasonAnswer]]},
)
def feedback_reasons() -> Response:
    return respond(vocabulary())


@blueprint.post("/rate")
@limited
@describe(
    "Votes",
    "Rate a track from 1 to 5; 4 and 5 count as an upvote, 1 and 2 as a downvote (prefer a vote)",
    body=RateBody,
    answers={200: Done},
    refusals={404: "There is no such track", **OWN},
    example='{"filename": "{track_id}.wav", "rating": 4}',
)
def rate() -> Response:
    demand_community()
    body = parse_body(RateBody)
    _cast(body.filename.partition(".")[0], body.user_id, Ballot.rated(body.rating))
    return respond(Done())


def _cast(track_id: str, label: str | None, ballot: Ballot) -> tuple[Track, Vote | None]:
    who = principal()
    with db.write() as session:
        track = found(Track.held_to_count(session, who, track_id))
        if not who.may_vote_on(track.user_id):
            raise Refusal(403, "You cannot vote on your own track", advice="Others decide how good it is.")
        vote = Vote.cast(session, track, who.writes_as(session, label), ballot)
    return track, vote


def _vote_body() -> VoteBody:
    """A form names a reason as often as one is chosen; one that has room for a note has offered them all."""
    if request.mimetype not in FORMS or "notes" not in (form := request.form):
        return parse_body(VoteBody)
    return checked(VoteBody, {**form.to_dict(), "feedback_reasons": form.getlist("feedback_reasons")})


def _voted(track: Track, vote: Vote | None, *, is_fresh: bool = False) -> Response:
    answer = VoteAnswer.of(track, vote)
    if not wants_html():
        return respond(answer)
    told = {"id": track.id, "vote": answer.user_vote, "upvotes": track.upvotes, "downvotes": track.downvotes}
    return respond(
        answer,
        template="votes/control.html",
        block="control",
        see=came_from(url_for("library.show", track_id=track.id), f"votes-{track.id}"),
        headers={"HX-Trigger": json.dumps({"soundbox:voted": told})},
        track=VoteCard.of(track, vote, principal()),
        opinion=Opinion.of(track, vote, is_fresh=is_fresh),
    )
