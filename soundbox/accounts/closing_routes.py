"""Deleting one's account."""

from __future__ import annotations

from typing import Any, Literal

from flask import Blueprint, Response, make_response, render_template, request, url_for
from pydantic import BaseModel, Field

from soundbox.extensions import db, limiter
from soundbox.web.bodies import Body, parse_body
from soundbox.web.describe import describe
from soundbox.web.errors import Refusal
from soundbox.web.respond import respond, wants_html

from .closing import close
from .confirming import confirm, demand_browser
from .models import User
from .passwords import Password
from .principal import leave, principal

blueprint = Blueprint("closing", __name__)

TEMPLATE = "accounts/delete.html"


class DeleteBody(Body):
    tracks: Literal["keep", "delete"] = Field(
        description="keep: public and unlisted tracks stay, made by “somebody who left”; delete: all go, and files"
    )
    password: Password = Field("", description="Nothing for those who have none, but signed in a moment ago")


class DeletePage(BaseModel):
    url: str = "/settings/delete"


class Gone(BaseModel):
    success: bool = True


@blueprint.get("/settings/delete")
@describe("Accounts", "The form to delete one's account with", answers={200: DeletePage}, has_page=True)
def page() -> Response:
    return respond(DeletePage(), template=TEMPLATE, **_shown())


@blueprint.post("/settings/delete", endpoint="delete")
@limiter.limit("10/hour")
@describe(
    "Accounts",
    "Delete one's account: votes, favorites, tags, playlists, searches, jobs, tokens and sessions are gone at once. "
    "The name is not given to anybody else",
    body=DeleteBody,
    answers={200: Gone},
    has_page=True,
    example='{"tracks": "keep", "password": "a long one that I remember"}',
    refusals={403: "The password is wrong, or this is not a browser that is signed in"},
)
def delete() -> Response:
    who = principal()
    user_id = demand_browser(who)
    try:
        body = parse_body(DeleteBody)
        confirm(who, body.password)
    except Refusal as refusal:
        if not wants_html():
            raise
        return _again(refusal)
    with db.money() as session:
        afterwards = close(session, user_id, keep_tracks=body.tracks == "keep")
    for finish in afterwards:
        finish()
    leave()
    return respond(Gone(), see=url_for("radio.home"), say="Your account is gone.")


def _again(refusal: Refusal) -> Response:
    shown = _shown(request.form.get("tracks", ""), refusal)
    return make_response(render_template(TEMPLATE, **shown), refusal.status)


def _shown(chosen: str = "", refusal: Refusal | None = None) -> dict[str, Any]:
    with db.read() as session:
        user = session.get_one(User, principal().demand_member())
    stands_at_a_field = refusal is not None and "password" in refusal.fields
    return {
        "chosen": chosen,
        "has_password": user.password_hash is not None,
        "errors": refusal.fields if refusal else {},
        "error": f"{refusal.message}. {refusal.advice or ''}" if refusal and not stands_at_a_field else "",
    }
