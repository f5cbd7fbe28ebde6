"""Orders, the money that came for them, subscriptions, and Stripe's events."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from sqlalchemy import BigInteger, Boolean, ForeignKey, Index, Integer, String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from soundbox.accounts.models import User
from soundbox.aura import ledger
from soundbox.clock import now_ms
from soundbox.extensions import Base, insert_new

from .reversals import aura_back
from .shop import Item, Sort

LONGEST_ID = 255  # of Stripe's
LONGEST_NOTE = 300
NUMBER = BigInteger().with_variant(Integer, "sqlite")


class State(StrEnum):
    open = "open"  # not paid yet
    paid = "paid"
    expired = "expired"
    refused = "refused"  # what was paid is not what was ordered: an admin must look


class Order(Base):
    """What somebody is about to buy, written before Stripe hears of it. Kept when the person is gone."""

    __tablename__ = "orders"
    __table_args__ = (Index("ix_orders_user", "user_id", "created_ms"), Index("ix_orders_state", "state", "created_ms"))

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=lambda: secrets.token_hex(16))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    sort: Mapped[str] = mapped_column(String(8))
    item: Mapped[str] = mapped_column(String(32))
    aura: Mapped[int] = mapped_column(Integer)
    cents: Mapped[int] = mapped_column(Integer)
    currency: Mapped[str] = mapped_column(String(3))
    livemode: Mapped[bool] = mapped_column(Boolean)
    state: Mapped[str] = mapped_column(String(8), default=State.open)
    idempotency_key: Mapped[str | None] = mapped_column(String(200))  # the buyer's own, if they sent one
    session_id: Mapped[str | None] = mapped_column(String(LONGEST_ID), unique=True)
    pay_url: Mapped[str | None] = mapped_column(String(2000))  # Stripe's page for it
    note: Mapped[str] = mapped_column(String(LONGEST_NOTE), default="")
    created_ms: Mapped[int] = mapped_column(BigInteger, default=now_ms)
    paid_ms: Mapped[int | None] = mapped_column(BigInteger)

    @classmethod
    def place(cls, session: Session, user: User, item: Item, livemode: bool, key: str | None) -> Self:
        order = cls(
            user_id=user.id,
            sort=item.sort,
            item=item.name,
            aura=item.aura,
            cents=item.cents,
            currency=item.currency,
            livemode=livemode,
            idempotency_key=key,
        )
        session.add(order)
        session.flush()
        return order

    @classmethod
    def owned_by(cls, session: Session, user_id: int | None, order_id: str) -> Self | None:
        order = session.get(cls, order_id)
        return order if order and order.user_id is not None and order.user_id == user_id else None

    @classmethod
    def held(cls, session: Session, order_id: str) -> Self:
        return session.get_one(cls, order_id, with_for_update=True, populate_existing=True)

    def pay(self) -> None:
        self.state, self.note = State.paid, ""
        self.paid_ms = self.paid_ms or now_ms()

    def expire(self) -> None:
        if self.state == State.open:
            self.state = State.expired

    def refuse(self, why: str) -> None:
        """Unless it was paid properly before."""
        if self.state != State.paid:
            self.state, self.note = State.refused, why[:LONGEST_NOTE]

    @property
    def is_tier(self) -> bool:
        return self.sort == Sort.tier


@dataclass(frozen=True)
class Sale:
    """Money that came for an order or an invoice (`reference`), the Aura it bought, and what has gone back since.

    `user_id` None: whoever bought it has deleted their account.
    """

    reference: str
    order_id: str
    user_id: int | None
    kind: ledger.Kind
    payment_intent: str | None
    cents: int
    currency: str
    aura: int
    cents_gone: int = 0
    is_disputed: bool = False


class Payment(Base):
    """One `Sale` as it is booked. `version` counts what has been booked for it."""

    __tablename__ = "payments"

    id: Mapped[int] = mapped_column(NUMBER, primary_key=True)
    reference: Mapped[str] = mapped_column(String(LONGEST_ID), unique=True)
    order_id: Mapped[str] = mapped_column(ForeignKey("orders.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    payment_intent: Mapped[str | None] = mapped_column(String(LONGEST_ID), index=True)
    cents: Mapped[int] = mapped_column(Integer)
    currency: Mapped[str] = mapped_column(String(3))
    aura: Mapped[int] = mapped_column(Integer)
    cents_gone: Mapped[int] = mapped_column(Integer, default=0)
    aura_gone: Mapped[int] = mapped_column(Integer, default=0)
    version: Mapped[int] = mapped_column(Integer, default=0)
    created_ms: Mapped[int] = mapped_column(BigInteger, default=now_ms)

    @classmethod
    def version_of(cls, session: Session, reference: str) -> int:
        return session.scalar(select(cls.version).where(cls.reference == reference)) or 0

    @classmethod
    def with_intent(cls, session: Session, payment_intent: str) -> Self | None:
        return session.scalar(select(cls).where(cls.payment_intent == payment_intent).order_by(cls.id).limit(1))

    @classmethod
    def book(cls, session: Session, sale: Sale, seen: int) -> bool:
        """Book what is new in it. False: somebody booked since `seen` was read, so `sale` may be out of date.

        Credits once by `reference`; what goes back and forth is always the difference to what is booked.
        """
        values = {name: getattr(sale, name) for name in BOOKED_ONCE}
        insert_new(session, cls, **values, cents_gone=0, aura_gone=0, version=0, created_ms=now_ms())
        held = select(cls).where(cls.reference == sale.reference).with_for_update()
        payment = session.scalars(held.execution_options(populate_existing=True)).one()
        if payment.version != seen:
            return False
        if payment.version == 0:
            payment._credit(session)
        payment._take_back(session, sale)
        return True

    def _credit(self, session: Session) -> None:
        self.version = 1
        if self.aura and self.user_id is not None:
            ledger.credit(session, self.user_id, self.aura, self.kind, self.reference, f"payment:{self.reference}")

    def _take_back(self, session: Session, sale: Sale) -> None:
        gone = aura_back(self.aura, self.cents, sale.cents_gone)
        if (gone, sale.cents_gone) == (self.aura_gone, self.cents_gone):
            return
        self.version += 1
        more, key = gone - self.aura_gone, f"payment:{self.reference}:{self.version}"
        self.aura_gone, self.cents_gone = gone, sale.cents_gone
        if self.user_id is None or more == 0:
            return
        if more > 0:
            kind = ledger.Kind.dispute if sale.is_disputed else ledger.Kind.refund
            ledger.take_back(session, self.user_id, more, kind, self.reference, key)
        else:
            ledger.credit(session, self.user_id, -more, ledger.Kind.reinstate, self.reference, key)


BOOKED_ONCE = ("reference", "order_id", "user_id", "kind", "payment_intent", "cents", "currency", "aura")


class StripeEvent(Base):
    """That an event came, and what came of it. Its id is unique: what Stripe sends again is answered again."""

    __tablename__ = "stripe_events"
    __table_args__ = (Index("ix_stripe_events_outcome", "outcome", "received_ms"),)

    id: Mapped[str] = mapped_column(String(LONGEST_ID), primary_key=True)
    type: Mapped[str] = mapped_column(String(100))
    subject: Mapped[str] = mapped_column(String(LONGEST_ID))  # the id of the object it speaks of
    outcome: Mapped[str] = mapped_column(String(16))
    note: Mapped[str] = mapped_column(String(LONGEST_NOTE), default="")
    received_ms: Mapped[int] = mapped_column(BigInteger, default=now_ms)

    @classmethod
    def settled(cls, session: Session, event_id: str) -> str | None:
        """What came of it, if that is final: what did not fit may fit once an admin has set something right."""
        outcome = session.scalar(select(cls.outcome).where(cls.id == event_id))
        return outcome if outcome in FINAL else None

    @classmethod
    def note_down(cls, session: Session, event_id: str, kind: str, subject: str, outcome: str, note: str) -> None:
        fixed = {"id": event_id, "type": kind[:100], "subject": subject[:LONGEST_ID], "received_ms": now_ms()}
        insert_new(session, cls, **fixed, outcome=outcome, note="")
        session.execute(update(cls).where(cls.id == event_id).values(outcome=outcome, note=note[:LONGEST_NOTE]))


FINAL = ("done", "ignored")
