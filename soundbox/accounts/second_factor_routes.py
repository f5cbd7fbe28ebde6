"""The second factor: setting it up, being asked for it, and what to do without the telephone."""

from __future__ import annotations

from io import BytesIO
from typing import Annotated, Any

import segno
from flask import Blueprint, Response, url_for
from pydantic import BaseModel, Field

from soundbox.extensions import db, limiter
from soundbox.web.back import own_path
from soundbox.web.bodies import Body, Text, parse_body, parse_query
from soundbox.web.describe import describe
from soundbox.web.errors import Refusal
from soundbox.web.respond import Done, respond

from .answers import NextQuery, WhoAnswer
from .confirming import confirm
from .entering import renew, sign_in_with_code
from .forms import again, blank
from .models import User
from .passwords import Password
from .principal import principal
from .second_factor import (
    RecoveryCode,
    SecondFactor,
    prepare,
    require_code,
    setup_address,
    switch_off,
    switch_on,
)

blueprint = Blueprint("second_factor", __name__)

ASK, SETTINGS = "accounts/code.html", "accounts/second_factor.html"
NO_STORE = {"Cache-Control": "no-store"}
Code = Annotated[Text, Field(min_length=6, max_length=20)]
LIMIT = "60/hour"


class CodeBody(Body):
    code: Code = Field(description="Six digits of the telephone, or a recovery code")


class SignInBody(CodeBody, NextQuery):
    pass


class BeginBody(Body):
    current: Password = Field("", description="The password; nothing for those who have none and signed in just now")


class ConfirmedBody(BeginBody, CodeBody):
    pass


class FactorAnswer(BaseModel):
    on: bool
    recovery_codes: int = Field(description="How many are left")
    setup: str | None = Field(description="While it is being set up: what the QR code says")
    has_password: bool


class RecoveryCodes(BaseModel):
    success: bool = True
    recovery_codes: list[str] = Field(description="Each works once; they are never shown again")


@blueprint.get("/auth/code", endpoint="ask")
@describe("Accounts", "The form for the code after the password", query=NextQuery, answers={200: Done}, has_page=True)
def ask() -> Response:
    return respond(Done(), template=ASK, **blank(next=own_path(parse_query(NextQuery).next)))


@blueprint.post("/auth/code", endpoint="enter")
@limiter.limit(LIMIT)
@describe(
    "Accounts",
    "The second step of signing in, for those who have a second factor",
    body=SignInBody,
    answers={200: WhoAnswer},
    has_page=True,
    example='{"code": "123456"}',
    refusals={400: "No password was given within ten minutes", 403: "The code is wrong", 429: "Too many tries"},
)
def enter() -> Response:
    try:
        body = parse_body(SignInBody)
        user = sign_in_with_code(body.code)
    except Refusal as refusal:
        return again(ASK, refusal)
    return respond(WhoAnswer.of(user), see=own_path(body.next), say=f"Welcome back, {user.name}.")


@blueprint.get("/settings/second-factor")
@describe("Accounts", "Whether one has a second factor", answers={200: FactorAnswer}, has_page=True)
def index() -> Response:
    answer = _standing(principal().demand_browser())
    return respond(answer, template=SETTINGS, headers=NO_STORE, **blank(), **_shown(answer))


@blueprint.get("/settings/second-factor.svg")
@describe(
    "Accounts",
    "The QR code to set a telephone up with",
    answers={200: bytes},
    media=("image/svg+xml",),
    refusals={404: "Nothing is being set up"},
)
def picture() -> Response:
    setup = _standing(principal().demand_browser()).setup
    if setup is None:
        raise Refusal(404, "Nothing is being set up")
    drawn = BytesIO()
    segno.make(setup, error="m").save(drawn, kind="svg", scale=5, border=4, light="#fff", dark="#000")
    return Response(drawn.getvalue(), mimetype="image/svg+xml", headers=NO_STORE)


@blueprint.post("/settings/second-factor", endpoint="begin")
@limiter.limit(LIMIT)
@describe(
    "Accounts",
    "Begin to set a second factor up. With a browser's session only",
    body=BeginBody,
    answers={200: FactorAnswer},
    has_page=True,
    example='{"current": "a long one that I remember"}',
)
def begin() -> Response:
    principal().demand_browser()
    try:
        user_id = confirm(principal(), parse_body(BeginBody).current)
        with db.write() as session:
            prepare(session, user_id)
    except Refusal as refusal:
        return _again(refusal)
    return respond(_standing(user_id), see=url_for(".index"), headers=NO_STORE)


@blueprint.post("/settings/second-factor/confirm", endpoint="confirm")
@limiter.limit(LIMIT)
@describe(
    "Accounts",
    "Switch it on with a first code; other browsers are signed out. With a browser's session only",
    body=CodeBody,
    answers={200: RecoveryCodes},
    has_page=True,
    example='{"code": "123456"}',
)
def confirmed() -> Response:
    user_id = principal().demand_browser()
    try:
        codes = switch_on(user_id, parse_body(CodeBody).code)
    except Refusal as refusal:
        return _again(refusal)
    renew(user_id, coded=True)
    return _codes(user_id, codes)


@blueprint.post("/settings/second-factor/codes", endpoint="codes")
@limiter.limit(LIMIT)
@describe(
    "Accounts",
    "New recovery codes in place of those before. With a browser's session only",
    body=ConfirmedBody,
    answers={200: RecoveryCodes},
    has_page=True,
    example='{"code": "123456", "current": "a long one that I remember"}',
)
def new_codes() -> Response:
    principal().demand_browser()
    try:
        user_id = _really_them()
    except Refusal as refusal:
        return _again(refusal)
    with db.write() as session:
        codes = RecoveryCode.renew(session, user_id)
    return _codes(user_id, codes)


@blueprint.post("/settings/second-factor/off", endpoint="off")
@limiter.limit(LIMIT)
@describe(
    "Accounts",
    "Do without a second factor. With a browser's session only",
    body=ConfirmedBody,
    answers={200: Done},
    has_page=True,
    example='{"code": "123456", "current": "a long one that I remember"}',
)
def off() -> Response:
    principal().demand_browser()
    try:
        user_id = _really_them()
    except Refusal as refusal:
        return _again(refusal)
    with db.write() as session:
        switch_off(session, user_id)
    renew(user_id, coded=False)
    return respond(Done(), see=url_for(".index"), say="The second factor is off.")


def _really_them() -> int:
    body = parse_body(ConfirmedBody)
    user_id = confirm(principal(), body.current)
    require_code(user_id, body.code)
    return user_id


def _standing(user_id: int) -> FactorAnswer:
    with db.read() as session:
        user = session.get_one(User, user_id)
        factor = SecondFactor.of(session, user.id)
        is_on = factor is not None and factor.confirmed_ms is not None
        return FactorAnswer(
            on=is_on,
            recovery_codes=RecoveryCode.left(session, user.id),
            setup=setup_address(factor, user) if factor and not is_on else None,
            has_password=user.password_hash is not None,
        )


def _codes(user_id: int, codes: list[str]) -> Response:
    answer = RecoveryCodes(recovery_codes=codes)
    shown = _shown(_standing(user_id), codes)
    return respond(answer, template=SETTINGS, headers=NO_STORE, **blank(), **shown)


def _again(refusal: Refusal) -> Response:
    return again(SETTINGS, refusal, **_shown(_standing(principal().demand_browser())))


def _shown(factor: FactorAnswer, codes: list[str] | None = None) -> dict[str, Any]:
    secret = factor.setup.partition("secret=")[2].partition("&")[0] if factor.setup else ""
    groups = [secret[start : start + 4] for start in range(0, len(secret), 4)]
    return {"factor": factor, "secret": " ".join(groups), "codes": codes}
