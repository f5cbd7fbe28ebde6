"""Reports of a guest: from now on they are one member's voice, not that of an address."""

from __future__ import annotations

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, aliased

from soundbox.accounts.models import User
from soundbox.accounts.signals import adopting, joined

from .models import Report, member_voice


@adopting.connect
def adopt(session: Session, guest: User, member: User) -> None:
    """Of two open reports of one track the member's stays."""
    both = aliased(Report)
    twice = select(both).where(
        both.voice == member_voice(member.id), both.track_number == Report.track_number, both.closed_ms.is_(None)
    )
    session.execute(delete(Report).where(Report.user_id == guest.id, Report.closed_ms.is_(None), twice.exists()))
    session.execute(update(Report).where(Report.user_id == guest.id).values(user_id=member.id))
    speak_as_member(session, member)


@joined.connect
def speak_as_member(session: Session, user: User) -> None:
    session.execute(update(Report).where(Report.user_id == user.id).values(voice=member_voice(user.id)))
