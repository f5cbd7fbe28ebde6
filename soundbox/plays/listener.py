"""Who listens, as far as counting needs to know."""

from __future__ import annotations

import hashlib

from flask import current_app, request

from soundbox.accounts.principal import Principal


def listener_of(who: Principal) -> str:
    """One of us by the row; anybody else by a keyed hash of address and browser, which leads back to nobody."""
    if who.user_id is not None:
        return known_listener(who.user_id)
    secret = current_app.config["SECRET_KEY"]
    told = f"{who.address}\n{request.user_agent.string}"
    return hashlib.blake2b(told.encode(), key=_as_bytes(secret)[:64], digest_size=16).hexdigest()


def known_listener(user_id: int) -> str:
    return f"user:{user_id}"


def _as_bytes(secret: str | bytes) -> bytes:
    return secret if isinstance(secret, bytes) else secret.encode()
