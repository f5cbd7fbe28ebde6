"""One's e-mail address: to change it, and to show that it is one's own."""

from __future__ import annotations

from flask import Blueprint, Response, url_for
from pydantic import BaseModel, Field

from soundbox.extensions import db, limiter
from soundbox.web.bodies import Body, parse_body, parse_query
from soundbox.web.describe import describe
from soundbox.web.errors import Refusal
from soundbox.web.respond import respond

from .answers import Email
from .emails import change_address, confirm
from .forms import again, blank
from .links import AccountLink, Purpose
from .models import User
from .password_routes import NO_STORE, LinkAnswer, LinkQuery, Told
from .passwords import Password
from .principal import principal

blueprint = Blueprint("emails", __name__)

ADDRESS, CONFIRM = "accounts/email.html", "accounts/confirm.html"


class AddressBody(Body):
    email: Email
    current: Password = Field("", description="One's password, if one has one")


class ConfirmBody(Body):
    link: str = Field(max_length=100, description="What stands in the letter behind link=")


class AddressAnswer(BaseModel):
    email: str | None
    confirmed: bool


@blueprint.get("/settings/email", endpoint="index")
@describe("Accounts", "One's e-mail address", answers={200: AddressAnswer}, has_page=True)
def index() -> Response:
    user = _me()
    answer = AddressAnswer(email=user.email, confirmed=user.email_verified_ms is not None)
    return respond(answer, template=ADDRESS, address=answer, has_password=user.password_hash is not None, **blank())


@blueprint.post("/settings/email", endpoint="change")
@limiter.limit("20/hour")
@describe(
    "Accounts",
    "Change one's e-mail address: a letter goes to the new one, and it counts once its link was opened",
    body=AddressBody,
    answers={200: Told},
    has_page=True,
    example='{"email": "ada@example.org", "current": "my password"}',
)
def change() -> Response:
    user = _me()
    try:
        body = parse_body(AddressBody)
        change_address(principal(), body.email or "", body.current)
    except Refusal as refusal:
        address = AddressAnswer(email=user.email, confirmed=user.email_verified_ms is not None)
        return again(ADDRESS, refusal, address=address, has_password=user.password_hash is not None)
    message = f"A letter is on its way to {body.email}. Open its link within a day."
    return respond(Told(message=message), see=url_for(".index"), say=message)


@blueprint.get("/auth/confirm", endpoint="choose")
@describe("Accounts", "Where the link of a letter leads", query=LinkQuery, answers={200: LinkAnswer}, has_page=True)
def choose() -> Response:
    """A page with a button: programs that look through letters open links, but press nothing."""
    query = parse_query(LinkQuery)
    with db.read() as session:
        found = AccountLink.valid(session, Purpose.email, query.link)
    answer = LinkAnswer(valid=found is not None)
    return respond(answer, template=CONFIRM, headers=NO_STORE, found=found, **blank(link=query.link))


@blueprint.post("/auth/confirm", endpoint="confirm")
@limiter.limit("30/hour")
@describe(
    "Accounts",
    "Confirm one's e-mail address by the link of a letter",
    body=ConfirmBody,
    answers={200: Told},
    has_page=True,
    example='{"link": "what-stands-in-the-letter"}',
)
def confirmed() -> Response:
    try:
        user = confirm(parse_body(ConfirmBody).link)
    except Refusal as refusal:
        return again(CONFIRM, refusal, found=None)
    message = f"{user.email} is confirmed, {user.display_name}."
    return respond(Told(message=message), see=url_for("radio.home"), say=message)


def _me() -> User:
    with db.read() as session:
        return session.get_one(User, principal().demand_browser())
