"""Those who run the site: who counts as one now, and that there is always one left."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from soundbox.web.errors import Refusal

from .models import User
from .principal import Principal, principal

ONLY_ADMINS = "Only admins may do this"


def demand_admin() -> Principal:
    """Whoever asks, if they run this site. Raises `Refusal` 403."""
    who = principal()
    who.demand("admin")
    if not who.is_admin:
        raise Refusal(403, ONLY_ADMINS)
    return who


def acting_admin(session: Session, who: Principal) -> list[int]:
    """All who run the site now, held until the end of this write: of two who act on each other, one is first.

    Raises `Refusal` 403 for one who has been stopped since the request began.
    """
    acting = who.settle(session).id
    admins = active_admins(session)
    if acting not in admins:
        raise Refusal(403, ONLY_ADMINS)
    return admins


def active_admins(session: Session) -> list[int]:
    """Locked in one order. Whatever refers to them, such as a track that is being published, does not wait."""
    query = select(User.id).where(User.is_admin.is_(True), User.suspended_ms.is_(None)).order_by(User.id)
    return list(session.scalars(query.with_for_update(key_share=True)))


def keep_one(session: Session, user: User) -> None:
    """Before somebody stops being an admin, however that comes. Raises `Refusal` 400 for the last one."""
    if user.is_admin and not user.is_suspended and active_admins(session) == [user.id]:
        raise Refusal(400, "This is the last admin", advice="Make somebody else an admin first.")
