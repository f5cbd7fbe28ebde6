"""Between the password and the code: this browser has shown one, and not the other yet.

It is remembered in Flask's own signed cookie, so the guest that the browser is stays who they are meanwhile.
"""

from __future__ import annotations

from flask import session as browser
from sqlalchemy.orm import Session

from soundbox.clock import now_ms

from .models import User, sha256

KEY = "awaits_code"
LASTS_MS = 10 * 60_000


def await_code(user: User) -> None:
    browser[KEY] = {"user": user.id, "password": _fingerprint(user), "at": now_ms()}


def awaited(session: Session) -> User | None:
    """Whose code is asked for; None when it took too long, or the password was changed meanwhile."""
    told = browser.get(KEY)
    if told is None or not 0 <= now_ms() - told["at"] <= LASTS_MS:
        return None
    user = session.get(User, told["user"])
    return user if user is not None and _fingerprint(user) == told["password"] else None


def await_no_more() -> None:
    browser.pop(KEY, None)


def _fingerprint(user: User) -> str:
    return sha256(f"{user.kind} {user.password_hash}")[:16]
