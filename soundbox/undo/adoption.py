"""What a guest deleted just before signing in."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from soundbox.accounts.models import User
from soundbox.accounts.signals import adopting

from .models import Deleted


@adopting.connect
def adopt(session: Session, guest: User, member: User) -> None:
    session.execute(update(Deleted).where(Deleted.user_id == guest.id).values(user_id=member.id))
