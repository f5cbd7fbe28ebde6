"""Deleting one's account."""

from __future__ import annotations

from typing import Any, Literal

from flask import Blueprint, Response, url_for
from pydantic import BaseModel, Field

from soundbox.extensions import db, limiter
from soundbox.web.bodies import Body, parse_body
from soundbox.web.describe import describe
from soundbox.web.errors import Refusal
from soundbox.web.respond import respond

from .closing import close
from .confirming import confirm
from .forms import again, blank
from .models import User
from .passwords import Password
from .principal import leave, principal

blueprint = Blueprint("closing", __name__)

TEMPLATE = "accounts/delete.html"


class DeleteBody(Body):
    tracks: Literal["keep", "delete"] = Field(
        description="keep: public and unlisted tracks stay, made by “somebody who left”; delete: all go, and files"
    )
    current: Password = Field("", description="The password; nothing for those who have none and signed in just now")


class DeletePage(BaseModel):
    has_password: bool


class Gone(BaseModel):
    success: bool = True


@blueprint.get("/settings/delete")
@describe("Accounts", "The form to delete one's account with", answers={200: DeletePage}, has_page=True)
def page() -> Response:
    shown = _shown()
    return respond(DeletePage(**shown), template=TEMPLATE, **blank(), **shown)


@blueprint.post("/settings/delete", endpoint="delete")
@limiter.limit("10/hour")
@describe(
    "Accounts",
    "Delete one's account: votes, favorites, tags, playlists, searches, jobs, tokens and sessions are gone at once. "
    "The name is not given to anybody else. With a browser's session only",
    body=DeleteBody,
    answers={200: Gone},
    has_page=True,
    example='{"tracks": "keep", "current": "a long one that I remember"}',
    refusals={403: "The password is wrong, or this is not a browser that is signed in"},
)
def delete() -> Response:
    who = principal()
    who.demand_browser()
    try:
        body = parse_body(DeleteBody)
        user_id = confirm(who, body.current)
        with db.money() as session:
            afterwards = close(session, user_id, keep_tracks=body.tracks == "keep")
    except Refusal as refusal:
        return again(TEMPLATE, refusal, **_shown())
    for finish in afterwards:
        finish()
    leave()
    return respond(Gone(), see=url_for("radio.home"), say="Your account is gone.")


def _shown() -> dict[str, Any]:
    with db.read() as session:
        user = session.get_one(User, principal().demand_browser())
    return {"has_password": user.password_hash is not None}
