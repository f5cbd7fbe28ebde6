"""The people of the site, and what those who run it may do to their accounts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask import Blueprint, Response, url_for
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from soundbox.accounts.admins import acting_admin, demand_admin
from soundbox.accounts.letters import link
from soundbox.accounts.mail import own_address
from soundbox.accounts.models import User
from soundbox.accounts.principal import Principal
from soundbox.accounts.sessions import BrowserSession
from soundbox.accounts.token_routes import TokenAnswer
from soundbox.accounts.tokens import live_tokens
from soundbox.aura import ledger
from soundbox.extensions import db
from soundbox.jobs.models import Job
from soundbox.tracks.models import Track
from soundbox.tracks.storage import used_bytes
from soundbox.web.bodies import parse_body, parse_query
from soundbox.web.describe import describe
from soundbox.web.respond import respond

from . import managing
from .people import find, person
from .people_answers import (
    AdminBody,
    Changed,
    JobRow,
    PasswordLink,
    PeopleAnswer,
    PeopleQuery,
    PersonAnswer,
    PersonRow,
    ReasonBody,
    SessionRow,
    SuspendBody,
    TierBody,
    facts_of,
)

blueprint = Blueprint("people", __name__)
Done = TypeVar("Done")

JOBS_SHOWN = 20
ADMINS_ONLY = {403: "Only admins may do this"}


@blueprint.get("/admin/people")
@describe(
    "Admin",
    "People, the newest first",
    query=PeopleQuery,
    answers={200: PeopleAnswer},
    has_page=True,
    refusals=ADMINS_ONLY,
)
def index() -> Response:
    demand_admin()
    query = parse_query(PeopleQuery)
    with db.read() as session:
        found = find(session, **query.model_dump())
        rows = [PersonRow.of(user) for user in found.people]
    asked = query.model_dump(exclude_defaults=True)
    onward = url_for(".index", **{**asked, "before": found.before}) if found.before else None
    answer = PeopleAnswer(people=rows, next=onward)
    return respond(answer, template="admin/people.html", people=rows, query=query, onward=onward)


@blueprint.get("/admin/people/<person_id>")
@describe("Admin", "One person", answers={200: PersonAnswer}, has_page=True, refusals=ADMINS_ONLY)
def show(person_id: str) -> Response:
    who = demand_admin()
    with db.read() as session:
        user = person(session, person_id)
        answer = _answer(session, user)
        is_oneself = who.owns(user.id)
    return respond(answer, template="admin/person.html", person=answer, is_oneself=is_oneself, made=None)


@blueprint.post("/admin/people/<person_id>/tier")
@describe(
    "Admin",
    "Change somebody's tier; what waits already keeps its own",
    body=TierBody,
    answers={200: Changed},
    has_page=True,
    example='{"tier": "creator", "reason": "Paid by bank transfer"}',
    refusals=ADMINS_ONLY,
)
def tier(person_id: str) -> Response:
    demand_admin()
    body = parse_body(TierBody)
    return _change(
        person_id,
        lambda session, who, user: managing.change_tier(session, who, user, body.tier, body.reason),
        lambda name, _: f"{name} is {body.tier} now.",
    )


@blueprint.post("/admin/people/<person_id>/admin")
@describe(
    "Admin",
    "Let somebody run the site, or no longer",
    body=AdminBody,
    answers={200: Changed},
    has_page=True,
    example='{"is_admin": true, "reason": "Looks after reports"}',
    refusals=ADMINS_ONLY,
)
def admin(person_id: str) -> Response:
    demand_admin()
    body = parse_body(AdminBody)
    verb = managing.make_admin if body.is_admin else managing.unmake_admin
    return _change(
        person_id,
        lambda session, who, user: verb(session, who, user, body.reason),
        lambda name, _: f"{name} {'runs this site, too' if body.is_admin else 'is no admin any more'}.",
    )


@blueprint.post("/admin/people/<person_id>/suspend")
@describe(
    "Admin",
    "Stop somebody: they can read, and neither write nor sign in",
    body=SuspendBody,
    answers={200: Changed},
    has_page=True,
    example='{"reason": "Spam", "cancel_jobs": true, "withhold_tracks": true}',
    refusals=ADMINS_ONLY,
)
def suspend(person_id: str) -> Response:
    demand_admin()
    body = parse_body(SuspendBody)
    return _change(
        person_id,
        lambda session, who, user: managing.suspend(session, who, user, **body.model_dump()),
        lambda name, stopped: (
            f"{name} is suspended. {_count(stopped.jobs, 'job')} cancelled, {_count(stopped.tracks, 'sound')} withheld."
        ),
    )


@blueprint.post("/admin/people/<person_id>/restore")
@describe(
    "Admin",
    "Take a suspension back",
    body=ReasonBody,
    answers={200: Changed},
    has_page=True,
    example='{"reason": "It was a mistake"}',
    refusals=ADMINS_ONLY,
)
def restore(person_id: str) -> Response:
    demand_admin()
    body = parse_body(ReasonBody)
    return _change(
        person_id,
        lambda session, who, user: managing.restore(session, who, user, body.reason),
        lambda name, back: f"{name} may write and sign in again. {_count(back, 'sound')} put back.",
    )


@blueprint.post("/admin/people/<person_id>/sign-out")
@describe("Admin", "Sign somebody out of every browser", answers={200: Changed}, has_page=True, refusals=ADMINS_ONLY)
def sign_out(person_id: str) -> Response:
    return _change(
        person_id, managing.sign_out, lambda name, ended: f"{name} is signed out of {_count(ended, 'browser')}."
    )


@blueprint.post("/admin/people/<person_id>/password-link")
@describe(
    "Admin",
    "A link by which somebody chooses a password within the hour; it is shown once",
    answers={200: PasswordLink},
    has_page=True,
    refusals=ADMINS_ONLY,
)
def password_link(person_id: str) -> Response:
    who = demand_admin()
    with db.write() as session:
        acting_admin(session, who)
        user = person(session, person_id, lock=True)
        made = link("reset", managing.password_link(session, who, user), own_address())
        answer = _answer(session, user)
        is_oneself = who.owns(user.id)
    return respond(
        PasswordLink(link=made),
        template="admin/person.html",
        headers={"Cache-Control": "no-store"},
        person=answer,
        is_oneself=is_oneself,
        made=made,
    )


@blueprint.post("/admin/people/<person_id>/tokens/revoke")
@describe("Admin", "Revoke all of somebody's tokens", answers={200: Changed}, has_page=True, refusals=ADMINS_ONLY)
def revoke_all(person_id: str) -> Response:
    return _change(person_id, managing.revoke_tokens, lambda _, revoked: f"{_count(revoked, 'token')} revoked.")


@blueprint.post("/admin/people/<person_id>/tokens/<token_id>/revoke")
@describe("Admin", "Revoke one of them", answers={200: Changed}, has_page=True, refusals=ADMINS_ONLY)
def revoke(person_id: str, token_id: str) -> Response:
    return _change(
        person_id,
        lambda session, who, user: managing.revoke_token(session, who, user, token_id),
        lambda _, __: "Revoked.",
    )


def _change(
    person_id: str, verb: Callable[[Session, Principal, User], Done], say: Callable[[str, Done], str]
) -> Response:
    """Where jobs end, Aura may go back."""
    who = demand_admin()
    with db.money() as session:
        acting_admin(session, who)
        user = person(session, person_id, lock=True)
        answer = Changed(message=say(user.display_name, verb(session, who, user)))
    return respond(answer, see=url_for(".show", person_id=person_id), say=answer.message)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _answer(session: Session, user: User) -> PersonAnswer:
    latest = select(Job).where(Job.user_id == user.id).order_by(Job.created_ms.desc()).limit(JOBS_SHOWN)
    tracks = select(func.count()).select_from(Track).where(Track.user_id == user.id)
    return PersonAnswer(
        **facts_of(user),
        suspended_why=user.suspended_why,
        tracks=session.scalar(tracks) or 0,
        storage_bytes=used_bytes(session, user.id),
        storage_limit_bytes=user.limits.storage_bytes,
        aura=ledger.balance(session, user.id),
        jobs=[JobRow.of(job) for job in session.scalars(latest)],
        sessions=[SessionRow.of(row) for row in BrowserSession.all_of(session, user.id)],
        tokens=[TokenAnswer.of(token) for token in live_tokens(session, user.id)],
    )
