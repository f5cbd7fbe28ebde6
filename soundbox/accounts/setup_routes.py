"""Where the setup code of a new site is entered."""

from __future__ import annotations

from typing import Annotated

from flask import Blueprint, Response, make_response, redirect, url_for
from pydantic import BaseModel, Field

from soundbox.extensions import db
from soundbox.web.bodies import Body, Text, parse_body
from soundbox.web.describe import describe
from soundbox.web.errors import Refusal
from soundbox.web.respond import respond, wants_html

from .forms import again, blank
from .principal import principal
from .setup import become_admin, has_admin

blueprint = Blueprint("setup", __name__)

PAGE = "accounts/setup.html"


class SetupBody(Body):
    code: Annotated[Text, Field(max_length=100)] = Field(description="What `soundbox serve` printed last")


class SetupAnswer(BaseModel):
    has_admin: bool


@blueprint.get("/auth/setup")
@describe("Accounts", "Whether this site has an admin yet", answers={200: SetupAnswer}, has_page=True)
def index() -> Response:
    with db.read() as session:
        answer = SetupAnswer(has_admin=has_admin(session))
    if wants_html() and not answer.has_admin and not principal().is_member:
        return make_response(redirect(url_for("accounts.register", next=url_for(".index")), 303))
    return respond(answer, template=PAGE, is_done=answer.has_admin, **blank())


@blueprint.post("/auth/setup", endpoint="enter")
@describe(
    "Accounts",
    "Become the first admin, by the code that `soundbox serve` prints; with a browser's session",
    body=SetupBody,
    answers={200: SetupAnswer},
    has_page=True,
    example='{"code": "1f0c-99ab-4e21-c07d"}',
    refusals={403: "A wrong code, or there is an admin already"},
)
def enter() -> Response:
    who = principal()
    who.demand_browser()
    try:
        become_admin(who, parse_body(SetupBody).code)
    except Refusal as refusal:
        return again(PAGE, refusal, is_done=False)
    say = f"You run this site now, {who.name}. Set up a second factor, and its pages are yours."
    return respond(SetupAnswer(has_admin=True), see=url_for("second_factor.index"), say=say)
