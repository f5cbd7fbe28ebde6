"""Signing in with a provider, and the name that somebody new chooses."""

from __future__ import annotations

import re
from typing import cast

from flask import Blueprint, Flask, Response, current_app, make_response, redirect, url_for
from flask import session as browser
from flask.blueprints import BlueprintSetupState
from pydantic import BaseModel, Field

from soundbox.clock import now_ms
from soundbox.config import Config
from soundbox.extensions import db, limiter
from soundbox.web.back import own_path
from soundbox.web.bodies import Body, parse_body, parse_query
from soundbox.web.describe import describe
from soundbox.web.errors import Refusal
from soundbox.web.respond import respond

from . import oidc
from .answers import Name, NextQuery, WhoAnswer
from .entering import admit, arrive_from
from .forms import again, blank
from .identities import Identity
from .models import User
from .principal import principal

blueprint = Blueprint("oidc", __name__)

TEMPLATE = "accounts/choose_name.html"
ARRIVING, ONWARD = "oidc_arriving", "oidc_next"
LASTS_MS = 30 * 60_000
PROVIDER = {404: "This site has no provider", 503: "The provider does not answer"}


class BackQuery(Body):
    code: str = Field("", description="From the provider")
    state: str = Field("", description="As we gave it to the provider")


class NameBody(Body):
    name: Name = Field(description="2 to 32 characters of a-z, 0-9, _ and -; everybody sees it")


class Arriving(BaseModel):
    proposal: str


@blueprint.record_once
def _prepare(state: BlueprintSetupState) -> None:
    oidc.init_app(cast(Flask, state.app), state.app.config["SOUNDBOX"])


@blueprint.get("/auth/oidc", endpoint="start")
@limiter.limit("60/hour")
@describe("Accounts", "Leads to the provider to sign in there", query=NextQuery, answers={302: None}, refusals=PROVIDER)
def start() -> Response:
    leads = oidc.begin(_address())
    browser[ONWARD] = own_path(parse_query(NextQuery).next)
    return leads


@blueprint.get("/auth/oidc/back", endpoint="back")
@limiter.limit("60/hour")
@describe(
    "Accounts",
    "Where the provider leads back to. Whoever is signed in already can sign in so from now on",
    query=BackQuery,
    answers={200: WhoAnswer},
    has_page=True,
    refusals={**PROVIDER, 400: "What the provider says is not right", 409: "Somebody else signs in so"},
)
def back() -> Response:
    known = oidc.finish()
    onward = own_path(browser.pop(ONWARD, ""))
    who = principal()
    with db.write() as session:
        found = Identity.found(session, known.issuer, known.subject)
        if found is None and who.session is not None and who.user_id is not None:
            found = session.get_one(User, who.user_id)
            Identity.link(session, found, known.issuer, known.subject)
    if found is None:
        browser[ARRIVING] = {"issuer": known.issuer, "subject": known.subject, "name": known.name, "at": now_ms()}
        browser[ONWARD] = onward
        return make_response(redirect(url_for(".choose"), 303))
    if who.session is not None:
        return _when_signed_in(found, onward)
    user = admit(found, found.password_hash)
    if user is None:
        return make_response(redirect(url_for("second_factor.ask", next=onward), 303))
    return respond(WhoAnswer.of(user), see=onward, say=f"Welcome back, {user.name}.")


@blueprint.get("/auth/oidc/name", endpoint="choose")
@describe(
    "Accounts",
    "The form for a name, at the first arrival",
    answers={200: Arriving},
    has_page=True,
    refusals={400: "Nobody comes from the provider"},
)
def choose() -> Response:
    proposal = re.sub(r"[^a-z0-9_-]+", "-", _arriving()["name"].lower()).strip("-")[:32]
    return respond(Arriving(proposal=proposal), template=TEMPLATE, **blank(name=proposal))


@blueprint.post("/auth/oidc/name", endpoint="join")
@limiter.limit("20/hour")
@describe(
    "Accounts",
    "A member more, who signs in with the provider; what one made as a guest stays one's own",
    body=NameBody,
    answers={201: WhoAnswer},
    has_page=True,
    example='{"name": "ada"}',
    refusals={400: "The name is taken, or nobody comes from the provider"},
)
def join() -> Response:
    arriving = _arriving()
    try:
        user = arrive_from(arriving["issuer"], arriving["subject"], parse_body(NameBody).name)
    except Refusal as refusal:
        return again(TEMPLATE, refusal)
    browser.pop(ARRIVING)
    onward = own_path(browser.pop(ONWARD, ""))
    return respond(WhoAnswer.of(user), see=onward, say=f"Welcome, {user.name}.", status=201)


def _when_signed_in(found: User, onward: str) -> Response:
    if found.id != principal().user_id:
        raise Refusal(409, "Somebody else signs in so", advice="Sign out first to be that person.")
    return respond(WhoAnswer.of(found), see=onward, say="From now on you can sign in so, too.")


def _arriving() -> dict[str, str]:
    told = browser.get(ARRIVING)
    if told is None or now_ms() - told["at"] > LASTS_MS:
        raise Refusal(400, "Sign in with the provider first", advice="It was more than half an hour ago.")
    arriving: dict[str, str] = told
    return arriving


def _address() -> str:
    """The provider leads to none that it was not told of by the operator, so a forged host leads nowhere."""
    config: Config = current_app.config["SOUNDBOX"]
    if config.public_url:
        return config.public_url.rstrip("/") + url_for(".back")
    return url_for(".back", _external=True)
