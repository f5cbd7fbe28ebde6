"""Somebody takes along which programs were called for them, or leaves: then nobody is called any more."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from soundbox.accounts.archive import Archive, facts_of
from soundbox.accounts.models import User
from soundbox.accounts.signals import deleting, exporting

from .models import Webhook


@exporting.connect
def take_along(session: Session, user: User, archive: Archive) -> None:
    archive.add("webhooks", (facts_of(webhook, "user_id") for webhook in Webhook.of(session, user.id)))


@deleting.connect
def leave(session: Session, user: User, **_: object) -> None:
    session.execute(delete(Webhook).where(Webhook.user_id == user.id))  # and what was still to be sent
