"""What was paid and not given, for those who must look: orders that were refused, events that could not be applied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from soundbox.accounts.models import User
from soundbox.clock import now_ms
from soundbox.payments.models import Order, State, StripeEvent
from soundbox.payments.settling import Outcome

MOST_SHOWN = 100
LATELY_MS = 7 * 86_400_000
NOT_APPLIED = (Outcome.mismatch, Outcome.other_mode)


@dataclass(frozen=True)
class Trouble:
    """The newest first; `user` None: they have deleted their account."""

    orders: Sequence[tuple[Order, User | None]]
    events: Sequence[StripeEvent]
    orders_in_all: int
    events_in_all: int

    @classmethod
    def read(cls, session: Session) -> Trouble:
        refused, unapplied = Order.state == State.refused, StripeEvent.outcome.in_(NOT_APPLIED)
        orders = select(Order, User).outerjoin(User, User.id == Order.user_id).where(refused)
        newest = orders.order_by(Order.created_ms.desc(), Order.id).limit(MOST_SHOWN)
        events = select(StripeEvent).where(unapplied)
        return cls(
            orders=[(order, user) for order, user in session.execute(newest)],
            events=session.scalars(
                events.order_by(StripeEvent.received_ms.desc(), StripeEvent.id).limit(MOST_SHOWN)
            ).all(),
            orders_in_all=session.scalar(select(func.count()).select_from(Order).where(refused)) or 0,
            events_in_all=session.scalar(select(func.count()).select_from(StripeEvent).where(unapplied)) or 0,
        )


def unapplied_lately(session: Session) -> int:
    """Events of the last week that gave nobody anything."""
    lately = (StripeEvent.outcome.in_(NOT_APPLIED), StripeEvent.received_ms > now_ms() - LATELY_MS)
    return session.scalar(select(func.count()).select_from(StripeEvent).where(*lately)) or 0
