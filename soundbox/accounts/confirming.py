"""Before what cannot be undone: it is really them, and not somebody who found their browser open."""

from __future__ import annotations

from soundbox.clock import now_ms
from soundbox.extensions import db
from soundbox.web.errors import Refusal

from .lost import require_current
from .models import User
from .principal import Principal
from .sessions import BrowserSession

FRESH_MS = 10 * 60_000


def confirm(who: Principal, current: str) -> int:
    """Their id. By their password; those who have none must have signed in within the last ten minutes.

    Raises `Refusal` 401, 403 and 429, and 403 for a bearer token: programs have no business here.
    """
    user_id = who.demand_browser()
    with db.read() as session:
        has_password = session.get_one(User, user_id).password_hash is not None
        browser = session.get(BrowserSession, who.session)
    if has_password:
        require_current(user_id, current)
    elif browser is None or now_ms() - browser.created_ms > FRESH_MS:
        raise Refusal(403, "Sign in again first", advice="It has been more than ten minutes since you did.")
    return user_id
