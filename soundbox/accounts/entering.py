"""Signing up, in, and out: what a browser's session begins and ends with."""

from __future__ import annotations

from contextlib import suppress

from flask import request
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from soundbox.extensions import db
from soundbox.web.errors import Refusal

from . import guessing, passwords
from .answers import LoginBody, RegisterBody
from .attempts import Attempt
from .emails import ask_to_confirm
from .joining import adopt, join
from .models import AccountError, User
from .principal import enter, leave, principal
from .sessions import BrowserSession

WRONG = "The name or the password is wrong"


def sign_up(body: RegisterBody) -> User:
    """A member more, signed in with this browser. Raises `Refusal`."""
    who = principal()
    if who.is_member:
        raise Refusal(400, f"You are signed in as {who.name} already", advice="Sign out first.")
    with db.write() as session:
        Attempt.take(session, guessing.SIGN_UPS, who.address)
    password_hash = passwords.hashed(body.password)
    try:
        user, secret = db.despite_deadlocks(lambda: _join(body, password_hash))
    except AccountError as error:
        raise Refusal(400, str(error), fields={"name": str(error)}) from None
    except IntegrityError:  # somebody took it at the same moment
        taken = f"The name {body.name} is taken."
        raise Refusal(400, taken, fields={"name": taken}) from None
    enter(user, secret)
    if user.email:
        with suppress(Refusal):  # too many letters went there already: the settings offer another
            ask_to_confirm(user, user.email)
    return user


def _join(body: RegisterBody, password_hash: str) -> tuple[User, str]:
    with db.write() as session:
        user = join(session, principal().user_id, body.name, password_hash, body.email)
        return user, _begin(session, user)


def sign_in(body: LoginBody) -> User:
    """Raises `Refusal` 401 in the same words and time, whether there is such a person or not, and 429."""
    with db.write() as session:
        found = User.called(session, body.name)
        guessing.count_try(session, body.name, found, principal().address)
    if not passwords.is_right(found.password_hash if found else None, body.password) or found is None:
        raise Refusal(401, WRONG, advice="Try again, or ask for a new password.", fields={"password": WRONG})
    password_hash = found.password_hash or ""
    renewed = passwords.hashed(body.password) if passwords.is_dated(password_hash) else password_hash
    user, secret = db.despite_deadlocks(lambda: _arrive(body.name, found, password_hash, renewed))
    enter(user, secret)
    return user


def _arrive(said: str, found: User, password_hash: str, renewed: str) -> tuple[User, str]:
    """What the guest of this browser has is the member's from here on."""
    who = principal()
    with db.write() as session:
        user = session.get_one(User, found.id, with_for_update=True)
        if user.password_hash != password_hash:  # changed since it was read
            raise Refusal(401, WRONG, fields={"password": WRONG})
        user.password_hash = renewed
        guessing.it_was_right(session, said, user, who.address)
        if who.is_guest:
            adopt(session, who.user_id, user)
        return user, _begin(session, user)


def sign_out() -> None:
    """A guest stays who they are: without the cookie nobody could find what is theirs."""
    who = principal()
    if who.session is None or who.user_id is None:
        return
    with db.write() as session:
        BrowserSession.end(session, who.user_id, who.session)
    leave()


def _begin(session: Session, user: User) -> str:
    """A new session; the one that this browser had before ends."""
    who = principal()
    if who.session is not None and who.user_id is not None:
        BrowserSession.end(session, who.user_id, who.session)
    return BrowserSession.begin(session, user, who.address, request.user_agent.string)
