"""A guest becomes a member: by signing up their row does, by signing in what they own moves to the member's."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from .models import Kind, User
from .signals import adopting, joined, owning


def join(session: Session, guest_id: int | None, name: str, password_hash: str | None, email: str | None) -> User:
    """The new member. Raises `AccountError` for a name that is taken."""
    user = _guest(session, guest_id)
    if user is None:
        user = User.add_member(session, name)
    else:
        User.require_free(session, name)
        user.kind, user.name, user.guest_hash = Kind.member, name, None
        session.flush()
        joined.send(session, user=user)
    user.password_hash, user.email = password_hash, email
    session.flush()
    return user


def adopt(session: Session, guest_id: int | None, member: User) -> None:
    """The guest's row stays, empty and without its cookie, for whoever still writes with it; it is swept some day."""
    guest = _guest(session, guest_id)
    if guest is not None:
        adopting.send(session, guest=guest, member=member)
        guest.guest_hash = None


def belongings(session: Session, user: User) -> str:
    """What somebody has, as people say it: "2 sounds, 1 favorite and 3 votes"; empty for nothing."""
    found = [answer for _, answer in owning.send(session, user=user)]
    said = [f"{count} {noun}{'' if count == 1 else 's'}" for count, noun in sorted(found, key=_sounds_first) if count]
    return " and ".join([", ".join(said[:-1]), said[-1]]) if len(said) > 1 else "".join(said)


def _sounds_first(owned: tuple[int, str]) -> tuple[bool, str]:
    return owned[1] != "sound", owned[1]


def _guest(session: Session, guest_id: int | None) -> User | None:
    """Their row, held; None once somebody signed up or in with it in another window."""
    if guest_id is None:
        return None
    is_guest = (User.id == guest_id) & (User.kind == Kind.guest) & User.guest_hash.is_not(None)
    return session.scalar(select(User).where(is_guest).with_for_update())
