"""Somebody takes along what they bought, or leaves: orders stay for the books, and are nobody's."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from soundbox.accounts.archive import Archive, facts_of
from soundbox.accounts.models import User
from soundbox.accounts.signals import deleting, exporting, stopping
from soundbox.web.errors import Refusal

from .models import Order, Payment
from .subscriptions import Subscription

BOOKS: dict[str, type[Order] | type[Payment] | type[Subscription]] = {
    "orders": Order,
    "payments": Payment,
    "subscriptions": Subscription,
}
INTERNAL = ("user_id", "version")


@exporting.connect
def take_along(session: Session, user: User, archive: Archive) -> None:
    for name, table in BOOKS.items():
        rows = select(table).where(table.user_id == user.id).order_by(table.created_ms)
        archive.add(name, (facts_of(row, *INTERNAL) for row in session.scalars(rows)))


@stopping.connect
def refuse_to_go_on_paying(session: Session, user: User) -> None:
    """Stripe would go on asking somebody for money whom we do not know any more."""
    subscription = Subscription.newest_of(session, user.id)
    if subscription and subscription.runs and not subscription.is_ending:
        words = f"Your {subscription.tier.capitalize()} subscription would go on"
        raise Refusal(400, words, advice="Cancel it on the Aura page first.")


@deleting.connect
def leave(session: Session, user: User, **_: object) -> None:
    for table in BOOKS.values():
        session.execute(update(table).where(table.user_id == user.id).values(user_id=None))
    user.paid_tier = user.paid_until_ms = None
