"""What admins do to people. Each verb notes itself in the audit log, in its own transaction.

The caller holds the rows of all admins (`acting_admin`) and that of the person.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from soundbox.accounts.admins import keep_one
from soundbox.accounts.audit import audit
from soundbox.accounts.links import AccountLink, Purpose
from soundbox.accounts.models import ApiToken, Kind, User
from soundbox.accounts.principal import Principal
from soundbox.accounts.sessions import BrowserSession
from soundbox.accounts.tokens import end_with_all_made_with, revoke_all
from soundbox.clock import now_ms
from soundbox.jobs.cancelling import cancel
from soundbox.jobs.models import Job, is_unfinished
from soundbox.tracks.suspending import give_back_all_of, withhold_all_of
from soundbox.web.errors import Refusal

ASK_ANOTHER = "Another admin has to do that"


def change_tier(session: Session, who: Principal, user: User, tier: str, reason: str) -> None:
    """What waits already keeps the tier it was asked for with."""
    if user.tier == tier:
        raise Refusal(400, f"{user.display_name} is {tier} already")
    _note(session, who, user, "user.tier", before=user.tier, after=tier, reason=reason)
    user.tier = tier


def make_admin(session: Session, who: Principal, user: User, reason: str) -> None:
    if user.kind != Kind.member:
        raise Refusal(400, "Only members can run the site", advice="They have to sign up first.")
    if user.is_admin:
        raise Refusal(400, f"{user.display_name} is an admin already")
    if user.is_suspended:
        raise Refusal(400, "This account is suspended", advice="Restore it first.")
    _note(session, who, user, "user.admin", reason=reason)
    user.is_admin = True


def unmake_admin(session: Session, who: Principal, user: User, reason: str) -> None:
    if not user.is_admin:
        raise Refusal(400, f"{user.display_name} is no admin")
    _refuse_oneself(who, user, "Nobody takes the site's keys from themselves")
    keep_one(session, user)
    _note(session, who, user, "user.no-admin", reason=reason)
    user.is_admin = False


@dataclass(frozen=True)
class Stopped:
    """How much of somebody's a suspension took along."""

    jobs: int
    tracks: int


def suspend(
    session: Session, who: Principal, user: User, reason: str, *, cancel_jobs: bool, withhold_tracks: bool
) -> Stopped:
    """They can read, and neither write nor sign in."""
    if user.is_suspended:
        raise Refusal(400, f"{user.display_name} is suspended already")
    _refuse_oneself(who, user, "Nobody suspends themselves")
    keep_one(session, user)
    user.suspended_ms, user.suspended_why = now_ms(), reason
    ended = BrowserSession.end_all(session, user.id)
    stopped = Stopped(
        jobs=_cancel_all(session, user) if cancel_jobs else 0,
        tracks=withhold_all_of(session, user.id) if withhold_tracks else 0,
    )
    counts = {"sessions": ended, "jobs_cancelled": stopped.jobs, "tracks_withheld": stopped.tracks}
    _note(session, who, user, "user.suspend", reason=reason, **counts)
    return stopped


def restore(session: Session, who: Principal, user: User, reason: str) -> int:
    """Returns how many of their sounds are back."""
    if not user.is_suspended:
        raise Refusal(400, f"{user.display_name} is not suspended")
    user.suspended_ms, user.suspended_why = None, ""
    back = give_back_all_of(session, user.id)
    _note(session, who, user, "user.restore", reason=reason, tracks_back=back)
    return back


def sign_out(session: Session, who: Principal, user: User) -> int:
    """Out of every browser. Returns how many."""
    ended = BrowserSession.end_all(session, user.id)
    _note(session, who, user, "user.sign-out", sessions=ended)
    return ended


def password_link(session: Session, who: Principal, user: User) -> str:
    """The secret of a link that lets them choose a password within the hour, and ends earlier ones."""
    if user.kind != Kind.member:
        raise Refusal(400, "Only members have a password", advice="They have to sign up first.")
    _note(session, who, user, "user.password-link")
    return AccountLink.issue(session, user, Purpose.password)


def revoke_token(session: Session, who: Principal, user: User, public_id: str) -> None:
    """With all that were made with it."""
    token = session.scalar(select(ApiToken).where(ApiToken.user_id == user.id, ApiToken.public_id == public_id))
    if token is None or not token.is_live:
        raise Refusal(404, "Token not found", advice="It may have expired, or it was revoked already.")
    end_with_all_made_with(session, token)
    _note(session, who, user, "user.revoke-token", label=token.label)


def revoke_tokens(session: Session, who: Principal, user: User) -> int:
    revoked = revoke_all(session, user.id)
    _note(session, who, user, "user.revoke-tokens", tokens=revoked)
    return revoked


def _cancel_all(session: Session, user: User) -> int:
    mine = select(Job).where(Job.user_id == user.id, is_unfinished()).order_by(Job.id)
    return sum(cancel(session, job, by_owner=False) for job in session.scalars(mine.with_for_update(of=Job)))


def _refuse_oneself(who: Principal, user: User, words: str) -> None:
    if who.owns(user.id):
        raise Refusal(400, words, advice=ASK_ANOTHER)


def _note(session: Session, who: Principal, user: User, action: str, **detail: object) -> None:
    audit(session, who, action, f"user:{user.public_id}", name=user.display_name, **detail)
