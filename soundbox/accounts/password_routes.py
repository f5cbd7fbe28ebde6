"""A new password: by the old one, or by a link in a letter."""

from __future__ import annotations

from flask import Blueprint, Response, url_for
from pydantic import BaseModel, Field

from soundbox.extensions import db, limiter
from soundbox.web.bodies import Body, parse_body, parse_query
from soundbox.web.describe import describe
from soundbox.web.errors import Refusal
from soundbox.web.respond import respond

from . import lost
from .answers import Email
from .forms import again, blank
from .links import AccountLink, Purpose
from .models import User
from .passwords import NewPassword, Password
from .principal import principal

blueprint = Blueprint("passwords", __name__)

FORGOT, RESET, CHANGE = "accounts/forgot.html", "accounts/reset.html", "accounts/password.html"
ON_ITS_WAY = "If somebody here has confirmed this address, a letter is on its way to it."
NO_STORE = {"Cache-Control": "no-store"}


class ForgotBody(Body):
    email: Email


class LinkQuery(Body):
    link: str = Field("", max_length=100, description="What stands in the letter behind link=")


class ResetBody(Body):
    link: str = Field(max_length=100, description="What stands in the letter behind link=")
    password: NewPassword


class ChangeBody(Body):
    current: Password = Field("", description="Empty for somebody who has none yet")
    password: NewPassword


class Told(BaseModel):
    success: bool = True
    message: str


class LinkAnswer(BaseModel):
    valid: bool = Field(description="false: it was used already, replaced by a newer one, or its time is over")


class PasswordAnswer(BaseModel):
    has_password: bool


@blueprint.get("/auth/forgot", endpoint="forgot")
@describe("Accounts", "The form to ask for a new password with", answers={200: Told}, has_page=True)
def forgot() -> Response:
    return respond(Told(message="Send your address."), template=FORGOT, **blank())


@blueprint.post("/auth/forgot", endpoint="ask")
@limiter.limit("20/hour")
@describe(
    "Accounts",
    "A letter with a link to a new password; the answer is the same for addresses nobody has",
    body=ForgotBody,
    answers={200: Told},
    has_page=True,
    example='{"email": "ada@example.org"}',
)
def ask() -> Response:
    try:
        body = parse_body(ForgotBody)
        lost.ask_for_link(body.email or "")
    except Refusal as refusal:
        return again(FORGOT, refusal)
    return respond(Told(message=ON_ITS_WAY), see=url_for("accounts.login"), say=ON_ITS_WAY)


@blueprint.get("/auth/reset", endpoint="choose")
@describe("Accounts", "Where the link of a letter leads", query=LinkQuery, answers={200: LinkAnswer}, has_page=True)
def choose() -> Response:
    query = parse_query(LinkQuery)
    with db.read() as session:
        found = AccountLink.valid(session, Purpose.password, query.link)
    name = found.user.display_name if found else ""
    answer = LinkAnswer(valid=found is not None)
    return respond(answer, template=RESET, headers=NO_STORE, name=name, **blank(link=query.link))


@blueprint.post("/auth/reset", endpoint="reset")
@limiter.limit("30/hour")
@describe(
    "Accounts",
    "A new password, by the link of a letter; every browser is signed out",
    body=ResetBody,
    answers={200: Told},
    has_page=True,
    example='{"link": "what-stands-in-the-letter", "password": "a long one that I remember"}',
)
def reset() -> Response:
    try:
        body = parse_body(ResetBody)
        user = lost.reset(body.link, body.password)
    except Refusal as refusal:
        is_dead = refusal.message == lost.DEAD
        return again(RESET, refusal, name="" if is_dead else "you")
    message = f"Your new password counts now, {user.display_name}. Sign in with it."
    return respond(Told(message=message), see=url_for("accounts.login"), say=message)


@blueprint.get("/settings/password", endpoint="index")
@describe("Accounts", "The form to change one's password with", answers={200: PasswordAnswer}, has_page=True)
def index() -> Response:
    has_password = _has_password()
    answer = PasswordAnswer(has_password=has_password)
    return respond(answer, template=CHANGE, has_password=has_password, **blank())


@blueprint.post("/settings/password", endpoint="change")
@limiter.limit("30/hour")
@describe(
    "Accounts",
    "Change one's password; other browsers are signed out. With a browser's session only",
    body=ChangeBody,
    answers={200: Told},
    has_page=True,
    example='{"current": "the old one", "password": "a long one that I remember"}',
)
def change() -> Response:
    principal().demand_browser()
    try:
        body = parse_body(ChangeBody)
        lost.change(principal(), body.current, body.password)
    except Refusal as refusal:
        return again(CHANGE, refusal, has_password=_has_password())
    message = "Your password is changed. Other browsers are signed out."
    return respond(Told(message=message), see=url_for(".index"), say=message)


def _has_password() -> bool:
    with db.read() as session:
        return session.get_one(User, principal().demand_browser()).password_hash is not None
