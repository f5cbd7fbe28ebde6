"""Signing up: a guest's row becomes the member's, so that nothing has to move."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from .models import Kind, User


def join(session: Session, guest_id: int | None, name: str, password_hash: str, email: str | None) -> User:
    """The new member. Raises `AccountError` for a name that is taken."""
    user = _guest(session, guest_id)
    if user is None:
        user = User.add_member(session, name)
    else:
        User.require_free(session, name)
        user.kind, user.name, user.guest_hash = Kind.member, name, None
    user.password_hash, user.email = password_hash, email
    session.flush()
    return user


def _guest(session: Session, guest_id: int | None) -> User | None:
    """Their row, held; None once somebody signed up with it in another window."""
    query = select(User).where(User.id == guest_id, User.kind == Kind.guest)
    return session.scalar(query.with_for_update()) if guest_id is not None else None
