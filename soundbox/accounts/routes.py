"""Signing up, in and out. An open instance has none of it."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, url_for

from soundbox.extensions import db
from soundbox.web.back import came_from, own_path
from soundbox.web.bodies import parse_body, parse_query
from soundbox.web.describe import describe
from soundbox.web.errors import Refusal
from soundbox.web.respond import respond, wants_html

from .answers import LoginBody, NextQuery, RegisterBody, SignedOut, WhoAnswer
from .entering import sign_in, sign_out, sign_up
from .forms import again, blank
from .joining import belongings
from .models import User
from .principal import principal

blueprint = Blueprint("accounts", __name__)

REGISTER, LOGIN = "accounts/register.html", "accounts/login.html"


@blueprint.get("/auth/register")
@describe("Accounts", "The form to sign up with", query=NextQuery, answers={200: WhoAnswer}, has_page=True)
def register() -> Response:
    return _door(REGISTER)


@blueprint.post("/auth/register", endpoint="join")
@describe(
    "Accounts",
    "Sign up; what one made as a guest stays one's own",
    body=RegisterBody,
    answers={201: WhoAnswer},
    has_page=True,
    example='{"name": "ada", "password": "a long one that I remember"}',
    refusals={429: "Too many sign-ups from one address"},
)
def join() -> Response:
    try:
        body = parse_body(RegisterBody)
        user = sign_up(body)
    except Refusal as refusal:
        return again(REGISTER, refusal, keeps=_keeps())
    letter = f" Open the letter to {user.email} to confirm your address." if user.email else ""
    return respond(WhoAnswer.of(user), see=own_path(body.next), say=f"Welcome, {user.name}.{letter}", status=201)


@blueprint.get("/auth/login")
@describe("Accounts", "The form to sign in with; for programs: who one is", query=NextQuery, answers={200: WhoAnswer},
          has_page=True)  # fmt: skip
def login() -> Response:
    return _door(LOGIN)


@blueprint.post("/auth/login", endpoint="enter")
@describe(
    "Accounts",
    "Sign in: the answer sets a cookie for the requests that follow",
    body=LoginBody,
    answers={200: WhoAnswer},
    has_page=True,
    example='{"name": "ada", "password": "a long one that I remember"}',
    refusals={401: "The name or the password is wrong", 429: "Too many tries"},
)
def enter() -> Response:
    try:
        body = parse_body(LoginBody)
        user = sign_in(body)
    except Refusal as refusal:
        return again(LOGIN, refusal, keeps=_keeps())
    onward = own_path(body.next)
    if user is None:
        answer = WhoAnswer.asked_by(principal(), None).model_copy(update={"code_needed": True})
        return respond(answer, see=url_for("second_factor.ask", next=onward))
    if user.is_admin:
        say = "Welcome back. Admins need a second factor: set yours up, and you can go on."
        return respond(WhoAnswer.of(user), see=url_for("second_factor.index"), say=say)
    return respond(WhoAnswer.of(user), see=onward, say=f"Welcome back, {user.name}.")


@blueprint.post("/auth/logout")
@describe("Accounts", "Sign out with this browser", answers={200: SignedOut}, has_page=True)
def logout() -> Response:
    sign_out()
    return respond(SignedOut(), see=url_for("radio.home"), say="You are signed out.")


def _door(template: str) -> Response:
    """The form, for whoever stands before it."""
    who, query = principal(), parse_query(NextQuery)
    onward = own_path(query.next) if query.next else _page_before()
    if who.is_member and wants_html():
        return make_response(redirect(onward, 303))
    with db.read() as session:
        user = session.get(User, who.user_id) if who.user_id else None
        answer = WhoAnswer.asked_by(who, user)
    return respond(answer, template=template, block="form", keeps=_keeps(), **blank(next=onward))


def _page_before() -> str:
    """Not one of these forms: they lead nowhere for who is signed in, and some carry a secret in their address."""
    page = came_from("/")
    return "/" if page.startswith("/auth/") else page


def _keeps() -> str:
    """What the guest who stands before a form has, in words."""
    with db.read() as session:
        guest = session.get(User, principal().user_id) if principal().user_id else None
        return belongings(session, guest) if guest else ""
