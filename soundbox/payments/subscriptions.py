"""Subscriptions as they stand at Stripe, and the tier that follows from them."""

from __future__ import annotations

from typing import Self

from sqlalchemy import BigInteger, Boolean, ForeignKey, Integer, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from soundbox.accounts.models import User
from soundbox.accounts.tiers import TIERS
from soundbox.clock import now_ms
from soundbox.extensions import Base, insert_new

from .models import LONGEST_ID
from .standing import LATE, RUNS, Plan, tier_until


class Subscription(Base):
    """One `Plan` as it was seen last. `version` counts the changes."""

    __tablename__ = "subscriptions"

    id: Mapped[str] = mapped_column(String(LONGEST_ID), primary_key=True)
    order_id: Mapped[str] = mapped_column(ForeignKey("orders.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), index=True)
    customer: Mapped[str] = mapped_column(String(LONGEST_ID))
    tier: Mapped[str] = mapped_column(String(16))
    status: Mapped[str] = mapped_column(String(32))
    until_ms: Mapped[int | None] = mapped_column(BigInteger)  # when the tier ends if nothing more is heard
    renews_ms: Mapped[int] = mapped_column(BigInteger)
    is_ending: Mapped[bool] = mapped_column(Boolean)  # cancelled: it ends instead of being renewed
    version: Mapped[int] = mapped_column(Integer, default=0)
    created_ms: Mapped[int] = mapped_column(BigInteger, default=now_ms)

    @classmethod
    def version_of(cls, session: Session, subscription_id: str) -> int:
        return session.scalar(select(cls.version).where(cls.id == subscription_id)) or 0

    @classmethod
    def newest_of(cls, session: Session, user_id: int) -> Self | None:
        """The one that counts: what runs before what has ended."""
        mine = session.scalars(select(cls).where(cls.user_id == user_id).order_by(cls.created_ms.desc()))
        return min(mine, key=lambda subscription: not subscription.runs, default=None)

    @classmethod
    def follow(cls, session: Session, plan: Plan, user_id: int | None, grace_days: int, seen: int) -> bool:
        """Write down how it stands, and give its person the tier. False: somebody wrote since `seen` was read, so
        `plan` may be out of date."""
        now = {
            "tier": plan.tier,
            "status": plan.status,
            "until_ms": tier_until(plan, grace_days),
            "renews_ms": plan.period_end_ms,
            "is_ending": plan.ends_ms is not None,
        }
        fixed = {"id": plan.id, "order_id": plan.order_id, "user_id": user_id, "customer": plan.customer}
        insert_new(session, cls, **fixed, **now, version=0, created_ms=now_ms())
        held = select(cls).where(cls.id == plan.id).with_for_update()
        subscription = session.scalars(held.execution_options(populate_existing=True)).one()
        if subscription.version != seen:
            return False
        if seen == 0 or any(getattr(subscription, name) != value for name, value in now.items()):
            for name, value in now.items():
                setattr(subscription, name, value)
            subscription.version += 1
            session.flush()
        if subscription.user_id is not None:
            give_tier(session, subscription.user_id)
        return True

    @property
    def runs(self) -> bool:
        """Money is still asked for: a second one would cost twice."""
        return self.status in RUNS or self.status == LATE


def give_tier(session: Session, user_id: int) -> None:
    """The best that somebody's subscriptions give now. Jobs that wait keep the tier they were asked with."""
    user = session.get_one(User, user_id, with_for_update=True, populate_existing=True)
    given = select(Subscription).where(Subscription.user_id == user_id, Subscription.until_ms > now_ms())
    ranks = list(TIERS)
    best = min(session.scalars(given), key=lambda one: ranks.index(one.tier), default=None)
    user.paid_tier = best.tier if best else None
    user.paid_until_ms = best.until_ms if best else None
