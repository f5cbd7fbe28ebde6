"""Whose an e-mail address is: whoever opens the link that was sent there."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from soundbox.clock import now_ms
from soundbox.extensions import db
from soundbox.web.errors import Refusal

from .attempts import Attempt
from .links import AccountLink, Purpose
from .lost import DEAD, require_current
from .mail import own_address
from .models import User
from .outbox import LETTERS, Kind, Letter
from .principal import Principal

TAKEN = "Somebody else here has confirmed this address"


def ask_to_confirm(user: User, email: str) -> None:
    """A letter to the address; until its link is opened nothing changes. Raises `Refusal` 429."""
    with db.write() as session:
        Attempt.take(session, LETTERS, email)
        Letter.write(session, Kind.confirm_address, email, own_address(), user.id)


def change_address(who: Principal, email: str, current: str) -> None:
    """Raises `Refusal` 403 and 429. Whether somebody else has the address is not told here, but to who opens it."""
    user_id = who.demand_browser()
    require_current(user_id, current)
    with db.read() as session:
        user = session.get_one(User, user_id)
    ask_to_confirm(user, email)


def confirm(secret: str) -> User:
    """It is theirs. Raises `Refusal` 400."""
    try:
        with db.write() as session:
            used = AccountLink.use(session, Purpose.email, secret)
            if used is None:
                raise Refusal(400, DEAD, advice="Ask for a new one in the settings.")
            user, email = used
            taken = select(User.id).where(User.email == email, User.email_verified_ms.is_not(None), User.id != user.id)
            if session.scalar(taken):
                raise Refusal(400, TAKEN)
            before = user.email if user.email_verified_ms else None
            user.email, user.email_verified_ms = email, now_ms()
            if before and before != user.email:
                Letter.write(session, Kind.address_changed, before, own_address(), user.id, detail=user.email or "")
    except IntegrityError:  # at the same moment
        raise Refusal(400, TAKEN) from None
    return user
