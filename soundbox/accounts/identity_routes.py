"""The providers that one signs in with: looking at them, and parting from one."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, url_for
from pydantic import BaseModel, Field

from soundbox.clock import iso_z
from soundbox.extensions import db, limiter
from soundbox.web.bodies import Body, WholeNumber, parse_body
from soundbox.web.describe import describe
from soundbox.web.errors import Refusal
from soundbox.web.respond import respond

from . import oidc
from .confirming import confirm
from .forms import again, blank
from .identities import Identity
from .models import User
from .passwords import Password
from .principal import principal

blueprint = Blueprint("identities", __name__)

TEMPLATE = "accounts/identities.html"


class UnlinkBody(Body):
    identity: WholeNumber = Field(ge=1, le=2**31 - 1, description="Its id in the list")
    current: Password = Field("", description="The password; nothing for those who have none and signed in just now")


class IdentityAnswer(BaseModel):
    id: int
    issuer: str
    host: str
    since: str


class IdentitiesAnswer(BaseModel):
    identities: list[IdentityAnswer]
    has_password: bool
    may_unlink: bool = Field(description="Another way to sign in would be left")


@blueprint.get("/settings/providers")
@describe("Accounts", "The providers that one signs in with", answers={200: IdentitiesAnswer}, has_page=True)
def index() -> Response:
    answer = _mine()
    return respond(answer, template=TEMPLATE, ways=answer, **blank())


@blueprint.post("/settings/providers/unlink")
@limiter.limit("60/hour")
@describe(
    "Accounts",
    "Sign in no more with one of them; another way to sign in must be left",
    body=UnlinkBody,
    answers={200: IdentitiesAnswer},
    has_page=True,
    example='{"identity": 1, "current": "the password"}',
    refusals={400: "It is the only way in", 403: "The password is wrong", 404: "There is none of this id"},
)
def unlink() -> Response:
    try:
        body = parse_body(UnlinkBody)
        user_id = confirm(principal(), body.current)
        with db.write() as session:
            user = session.get_one(User, user_id, with_for_update=True)
            Identity.unlink(session, user, body.identity, oidc.issuer())
    except Refusal as refusal:
        return again(TEMPLATE, refusal, **_shown())
    return respond(_mine(), see=url_for(".index"), say="You do not sign in so any more.")


def _mine() -> IdentitiesAnswer:
    user_id = principal().demand_browser()
    with db.read() as session:
        user, found = session.get_one(User, user_id), Identity.all_of(session, user_id)
        may_unlink = all(Identity.leaves_a_way(session, user, one.id, oidc.issuer()) for one in found)
    return IdentitiesAnswer(
        identities=[
            IdentityAnswer(id=one.id, issuer=one.issuer, host=urlsplit(one.issuer).netloc, since=iso_z(one.created_ms))
            for one in found
        ],
        has_password=user.password_hash is not None,
        may_unlink=bool(found) and may_unlink,
    )


def _shown() -> dict[str, Any]:
    return {"ways": _mine()}
