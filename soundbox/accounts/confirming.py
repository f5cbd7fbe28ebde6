"""Before what cannot be undone: it is really them, and not somebody who found their browser open."""

from __future__ import annotations

from soundbox.clock import now_ms
from soundbox.extensions import db
from soundbox.web.errors import Refusal

from . import passwords
from .models import User
from .principal import Principal
from .sessions import BrowserSession

FRESH_MS = 10 * 60_000
WRONG = "The password is wrong"


def demand_browser(who: Principal) -> int:
    """Their id. Raises `Refusal` 401, and 403 for a bearer token: programs have no business here."""
    user_id = who.demand_member()
    if who.session is None:
        raise Refusal(403, "This needs a browser that is signed in", advice="A token is not enough.")
    return user_id


def confirm(who: Principal, password: str) -> None:
    """By their password; those who have none must have signed in within the last ten minutes. Raises `Refusal`."""
    user_id = demand_browser(who)
    with db.read() as session:
        user = session.get_one(User, user_id)
        browser = session.get_one(BrowserSession, who.session)
    if user.password_hash is None:
        if now_ms() - browser.created_ms > FRESH_MS:
            raise Refusal(403, "Sign in again first", advice="It has been more than ten minutes since you did.")
    elif not passwords.is_right(user.password_hash, password):
        raise Refusal(403, WRONG, fields={"password": WRONG})
