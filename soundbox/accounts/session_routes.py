"""The browsers that one is signed in with, and the way out of all of them."""

from __future__ import annotations

from flask import Blueprint, Response, url_for
from pydantic import BaseModel, Field

from soundbox.clock import age, iso_z
from soundbox.extensions import db
from soundbox.web.bodies import Body, WholeNumber, parse_body
from soundbox.web.describe import describe
from soundbox.web.errors import Refusal
from soundbox.web.respond import respond

from .answers import SignedOut
from .devices import device_name
from .principal import leave, principal
from .sessions import BrowserSession

blueprint = Blueprint("sessions", __name__)


class EndBody(Body):
    session: WholeNumber = Field(ge=1, le=2**31 - 1, description="Its id in the list")


class SessionAnswer(BaseModel):
    id: int
    device: str
    address: str = Field(description="Where the sign-in came from")
    since: str
    seen: str = Field(description="Last used, to a few minutes")
    is_this: bool

    @classmethod
    def of(cls, one: BrowserSession, this: int | None) -> SessionAnswer:
        return cls(
            id=one.id,
            device=device_name(one.device),
            address=one.address,
            since=iso_z(one.created_ms),
            seen=iso_z(one.seen_ms),
            is_this=one.id == this,
        )


class SessionsAnswer(BaseModel):
    sessions: list[SessionAnswer]


@blueprint.get("/settings/browsers")
@describe("Accounts", "Where one is signed in, the latest used first", answers={200: SessionsAnswer}, has_page=True)
def index() -> Response:
    who = principal()
    with db.read() as session:
        found = BrowserSession.all_of(session, who.demand_browser())
    answer = SessionsAnswer(sessions=[SessionAnswer.of(one, who.session) for one in found])
    shown = [(told, age(one.seen_ms)) for told, one in zip(answer.sessions, found, strict=True)]
    return respond(answer, template="accounts/browsers.html", sessions=shown)


@blueprint.post("/settings/browsers/end")
@describe(
    "Accounts",
    "Sign one of these browsers out",
    body=EndBody,
    answers={200: SignedOut},
    has_page=True,
    example='{"session": 1}',
)
def end() -> Response:
    who = principal()
    user_id = who.demand_browser()
    body = parse_body(EndBody)
    with db.write() as session:
        if not BrowserSession.end(session, user_id, body.session):
            raise Refusal(404, "There is no such session", advice="It may have ended by itself.")
    if body.session == who.session:
        leave()
    return respond(SignedOut(), see=url_for(".index"), say="It is signed out.")


@blueprint.post("/auth/logout/everywhere")
@describe("Accounts", "Sign out everywhere, here too", answers={200: SignedOut}, has_page=True)
def everywhere() -> Response:
    with db.write() as session:
        BrowserSession.end_all(session, principal().demand_browser())
    leave()
    return respond(SignedOut(), see=url_for("radio.home"), say="You are signed out everywhere.")
