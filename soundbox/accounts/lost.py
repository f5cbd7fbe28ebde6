"""A password that is lost, changed, or never was: every way ends the sessions that the old one began."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from soundbox.extensions import db
from soundbox.web.errors import Refusal

from . import passwords
from .attempts import Attempt, Limit
from .links import AccountLink, Purpose
from .mail import own_address
from .models import User
from .outbox import Kind, Letter
from .principal import Principal
from .sessions import BrowserSession
from .weak import refuse_weak

CURRENT = Limit("current password", 5)  # of one person
DEAD = "This link was used already, or its time is over"
WRONG = "This is not your password"


def ask_for_link(email: str) -> None:
    """After the request, so that neither its answer nor its time tells who is here."""
    with db.write() as session:
        Letter.write(session, Kind.new_password, email, own_address())


def reset(secret: str, password: str) -> User:
    """A new password by a link. Raises `Refusal` 400 for a link that is dead."""
    with db.read() as session:
        found = AccountLink.valid(session, Purpose.password, secret)
    refuse_weak(password, found.user.name or "" if found else "")
    password_hash = passwords.hashed(password)
    with db.write() as session:
        used = AccountLink.use(session, Purpose.password, secret)
        if used is None:
            raise Refusal(400, DEAD, advice="Ask for a new one.")
        user, _ = used
        user.password_hash = password_hash
        BrowserSession.end_all(session, user.id)
        _tell(session, user)
    return user


def change(who: Principal, current: str, password: str) -> User:
    """A new password by the old one; other browsers are signed out. Raises `Refusal` 403 and 429."""
    user_id = who.demand_browser()
    refuse_weak(password, who.name)
    require_current(user_id, current)
    password_hash = passwords.hashed(password)
    with db.write() as session:
        user = session.get_one(User, user_id, with_for_update=True)
        user.password_hash = password_hash
        BrowserSession.end_all(session, user_id, besides=who.session)
        AccountLink.end_all(session, user_id, Purpose.password)
        _tell(session, user)
    return user


def require_current(user_id: int, current: str) -> None:
    """Whoever sits at a browser that was left open knows no password. Nobody is asked for one they do not have."""
    with db.write() as session:
        Attempt.take(session, CURRENT, user_id)
        password_hash = session.scalar(select(User.password_hash).where(User.id == user_id))
    if password_hash is not None and not passwords.is_right(password_hash, current):
        raise Refusal(403, WRONG, fields={"current": WRONG})
    with db.write() as session:
        Attempt.forgive(session, CURRENT, user_id)


def _tell(session: Session, user: User) -> None:
    if user.email and user.email_verified_ms:
        Letter.write(session, Kind.password_changed, user.email, own_address(), user.id)
