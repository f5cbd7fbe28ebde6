"""Signing up, in, and out: what a browser's session begins and ends with."""

from __future__ import annotations

from contextlib import suppress

from flask import request
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from soundbox.extensions import db
from soundbox.web.errors import Refusal
from soundbox.web.logs import note_entry

from . import guessing, passwords
from .answers import LoginBody, RegisterBody
from .attempts import Attempt
from .awaiting import await_code, await_no_more, awaited
from .emails import ask_to_confirm
from .identities import Identity
from .joining import adopt, join
from .models import AccountError, User
from .principal import enter, leave, principal
from .second_factor import SecondFactor, require_code
from .sessions import BrowserSession
from .weak import refuse_weak

WRONG = "The name or the password is wrong"


def sign_up(body: RegisterBody) -> User:
    """A member more, signed in with this browser. Raises `Refusal`."""
    who = principal()
    if who.is_member:
        raise Refusal(400, f"You are signed in as {who.name} already", advice="Sign out first.")
    refuse_weak(body.password, body.name)
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
    enter(user, secret, coded=False)
    if user.email:
        with suppress(Refusal):  # too many letters went there already: the settings offer another
            ask_to_confirm(user, user.email)
    return user


def arrive_from(issuer: str, subject: str, name: str) -> User:
    """Somebody new who signs in with a provider and has no password. Raises `Refusal`."""
    try:
        user, secret = db.despite_deadlocks(lambda: _join_from(issuer, subject, name))
    except AccountError as error:
        raise Refusal(400, str(error), fields={"name": str(error)}) from None
    except IntegrityError:  # the name, or they themselves in another window, at the same moment
        taken = f"The name {name} is taken."
        raise Refusal(400, taken, fields={"name": taken}) from None
    enter(user, secret, coded=False)
    return user


def _join_from(issuer: str, subject: str, name: str) -> tuple[User, str]:
    who = principal()
    with db.write() as session:
        user = join(session, who.user_id if who.is_guest else None, name, None, None)
        Identity.link(session, user, issuer, subject)
        return user, _begin(session, user)


def _join(body: RegisterBody, password_hash: str) -> tuple[User, str]:
    with db.write() as session:
        user = join(session, principal().user_id, body.name, password_hash, body.email)
        return user, _begin(session, user)


def sign_in(body: LoginBody) -> User | None:
    """None: a code of the second factor is asked for next. Raises `Refusal` 401 in the same words and time, whether
    there is such a person or not, and 429."""
    with db.write() as session:
        found = User.called(session, body.name)
        guessing.count_try(session, body.name, found, principal().address)
    if not passwords.is_right(found.password_hash if found else None, body.password) or found is None:
        note_entry("sign-in refused", found.id if found else None)
        raise Refusal(401, WRONG, advice="Try again, or ask for a new password.", fields={"password": WRONG})
    password_hash = found.password_hash or ""
    renewed = passwords.hashed(body.password) if passwords.is_dated(password_hash) else password_hash
    return admit(found, renewed, said=body.name)


def admit(found: User, renewed_hash: str | None, said: str = "") -> User | None:
    """Somebody who has shown who they are, by a password if they `said` a name. None: with a second factor, a code of
    which is asked for next."""
    with db.write() as session:
        if said:
            guessing.it_was_right(session, said, found, principal().address)
        has_factor = SecondFactor.is_on(session, found.id)
    if has_factor:
        await_code(found)
        return None
    user, secret = db.despite_deadlocks(lambda: _arrive(found, renewed_hash, coded=False))
    enter(user, secret, coded=False)
    return user


def sign_in_with_code(code: str) -> User:
    """The second step. Raises `Refusal` 400 where the first was not taken lately, 403 and 429."""
    with db.read() as session:
        found = awaited(session)
    if found is None:
        raise Refusal(400, "Sign in with your password first", advice="It was more than ten minutes ago.")
    require_code(found.id, code)
    user, secret = db.despite_deadlocks(lambda: _arrive(found, found.password_hash, coded=True))
    await_no_more()
    enter(user, secret, coded=True)
    return user


def renew(user_id: int, *, coded: bool) -> None:
    """A new session for this browser, and none for any other."""
    with db.write() as session:
        user = session.get_one(User, user_id)
        BrowserSession.end_all(session, user_id)
        secret = _begin(session, user, coded=coded)
    enter(user, secret, coded=coded)


def _arrive(found: User, renewed_hash: str | None, *, coded: bool) -> tuple[User, str]:
    """What the guest of this browser has is the member's from here on."""
    who = principal()
    with db.write() as session:
        user = session.get_one(User, found.id, with_for_update=True)
        if (user.password_hash, user.kind) != (found.password_hash, found.kind):  # changed since it was read
            raise Refusal(401, WRONG, fields={"password": WRONG})
        user.password_hash = renewed_hash
        if who.is_guest:
            adopt(session, who.user_id, user)
        return user, _begin(session, user, coded=coded)


def sign_out() -> None:
    """A guest stays who they are: without the cookie nobody could find what is theirs."""
    who = principal()
    if who.session is None or who.user_id is None:
        return
    with db.write() as session:
        BrowserSession.end(session, who.user_id, who.session)
    leave()


def _begin(session: Session, user: User, *, coded: bool = False) -> str:
    """A new session; the one that this browser had before ends."""
    who = principal()
    if who.session is not None and who.user_id is not None:
        BrowserSession.end(session, who.user_id, who.session)
    return BrowserSession.begin(session, user, who.address, request.user_agent.string, coded=coded)
