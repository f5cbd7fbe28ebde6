"""An account ends: what is left of it is a row without a name, for what the person wants to stay and what must."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from .admins import keep_one
from .models import Kind, User, sha256
from .signals import deleting, stopping


def close(session: Session, user_id: int, *, keep_tracks: bool) -> list[Callable[[], None]]:
    """Returns what is to be done once this is committed, in a transaction of `db.money()`. Raises `Refusal` for the
    last admin.

    `keep_tracks`: what is public or unlisted stays so, made by "somebody who left".
    """
    held = select(User).where(User.id == user_id).with_for_update(key_share=True)
    user = session.scalars(held.execution_options(populate_existing=True)).one()
    keep_one(session, user)
    afterwards: list[Callable[[], None]] = []
    stopping.send(session, user=user)
    deleting.send(session, user=user, keep_tracks=keep_tracks, afterwards=afterwards)
    user.kind, user.tier, user.is_admin = Kind.left, "free", False
    user.left_name = sha256(user.name or "")
    user.name = user.guest_hash = user.password_hash = user.email = user.email_verified_ms = None
    user.public_id = secrets.token_hex(8)  # addresses that led to them lead nowhere
    session.flush()
    return afterwards
