"""Reporting a track, and what admins do about it."""

from __future__ import annotations

from flask import Blueprint, Response, url_for

from soundbox.accounts.admins import demand_admin
from soundbox.accounts.audit import audit
from soundbox.accounts.principal import demand_community, principal
from soundbox.extensions import db, limiter
from soundbox.tracks.access import held
from soundbox.tracks.instance import media, settings
from soundbox.tracks.removal import remove_files
from soundbox.web.bodies import parse_body, parse_query
from soundbox.web.describe import describe
from soundbox.web.respond import respond

from . import adoption, leaving  # noqa: F401 - they listen
from .answers import (
    CaseAnswer,
    CasesQuery,
    Decided,
    DecisionBody,
    EventAnswer,
    ModerationAnswer,
    ReportBody,
    Reported,
)
from .cards import CaseCard, EventCard
from .deciding import Decision, decide
from .models import ModerationEvent
from .reporting import report as report_track
from .waiting import hidden, waiting

blueprint = Blueprint("moderation", __name__)

PER_PAGE = 50
EVENTS = 20
SAID = {
    Decision.hide: "Hidden.",
    Decision.restore: "Back in the lists.",
    Decision.dismiss: "The reports are closed.",
    Decision.delete: "Deleted.",
}


@blueprint.post("/tracks/<track_id>/report", endpoint="report")
@blueprint.post("/api/tracks/<track_id>/report", endpoint="report_api")
@limiter.limit("20/hour")
@describe(
    "Library",
    "Report a track to those who run the site; enough people's reports take it out of sight until it was looked at",
    body=ReportBody,
    answers={200: Reported},
    has_page=True,
    example='{"reason": "spam", "note": "An advertisement", "user_id": "user_1"}',
    refusals={429: "Too many reports in an hour"},
)
def report(track_id: str) -> Response:
    who = demand_community()
    body = parse_body(ReportBody)
    with db.write() as session:
        track = held(session, who, track_id)
        user = who.speaks_for(session, body.user_id)
        is_hidden = report_track(session, who, user, track, body.reason, body.note, settings().reports_to_hide)
    answer = Reported()
    see = url_for("library.index") if is_hidden else url_for("library.show", track_id=track_id)
    return respond(answer, see=see, say=answer.message)


@blueprint.get("/admin/moderation")
@describe(
    "Admin",
    "Tracks that wait for a decision, oldest first",
    query=CasesQuery,
    answers={200: ModerationAnswer},
    has_page=True,
    refusals={403: "Only admins may see this"},
)
def index() -> Response:
    demand_admin()
    query = parse_query(CasesQuery)
    with db.read() as session:
        found = (hidden if query.state == "hidden" else waiting)(session, query.page, PER_PAGE)
        events = ModerationEvent.newest(session, EVENTS)
        answer = ModerationAnswer(
            cases=[CaseAnswer.of(case) for case in found.cases],
            total=found.total,
            page=found.page,
            pages=found.pages,
            events=[EventAnswer.of(event) for event in events],
        )
        cards = [CaseCard.of(case, principal()) for case in found.cases]
    links = {
        "prev": url_for(".index", state=query.state, page=query.page - 1) if query.page > 1 else None,
        "next": url_for(".index", state=query.state, page=query.page + 1) if query.page < found.pages else None,
    }
    return respond(
        answer,
        template="moderation/index.html",
        cases=cards,
        events=[EventCard.of(event) for event in events],
        state=query.state,
        page=answer.page,
        pages=answer.pages,
        links=links,
    )


@blueprint.post("/admin/moderation/<track_id>")
@describe(
    "Admin",
    "Hide, restore or delete a track, or dismiss its reports; the reason is kept",
    body=DecisionBody,
    answers={200: Decided},
    has_page=True,
    example='{"decision": "hide", "reason": "Advertising"}',
    refusals={403: "Only admins may do this"},
)
def judge(track_id: str) -> Response:
    who = demand_admin()
    body = parse_body(DecisionBody)
    with db.write() as session:
        track = held(session, who, track_id)
        audit(session, who, f"track.{body.decision}", f"track:{track_id}", name=track.name[:80], reason=body.reason)
        stem = decide(session, who.settle(session), track, body.decision, body.reason)
    remove_files(media(), stem)
    answer = Decided(message=SAID[body.decision])
    return respond(answer, see=url_for(".index"), say=answer.message)
