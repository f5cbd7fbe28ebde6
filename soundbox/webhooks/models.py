"""Webhooks, and the messages that go to them: rows first, sent from there, so that nothing is lost with a process."""

from __future__ import annotations

import json
import secrets
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, Text, delete, func, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from soundbox.accounts.models import User
from soundbox.clock import iso_z, now_ms
from soundbox.extensions import Base
from soundbox.sending.waiting import Waiting

MOST_WEBHOOKS = 5  # of one person
LOG_SHOWN = 20
KEPT_MS = 30 * 86_400_000
LEASE_MS = 60_000  # for one attempt, which takes a quarter of it at most

SECOND_MS, MINUTE_MS, HOUR_MS = 1000, 60_000, 3_600_000
# After each failure, as the Standard Webhooks specification proposes: some three days in all.
PAUSES_MS = (
    *(5 * SECOND_MS, 5 * MINUTE_MS, 30 * MINUTE_MS),
    *(2 * HOUR_MS, 5 * HOUR_MS, 10 * HOUR_MS, 14 * HOUR_MS, 20 * HOUR_MS, 24 * HOUR_MS),
)
TEST = "webhook.test"
GONE = 410


class TooManyWebhooks(Exception):
    """This person has as many as one can."""


class Fate(StrEnum):
    waiting = "waiting"
    delivered = "delivered"
    given_up = "given up"


class Webhook(Base):
    __tablename__ = "webhooks"
    __table_args__ = (Index("ix_webhooks_user", "user_id"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=lambda: secrets.token_hex(16))
    user_id: Mapped[int] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"))
    url: Mapped[str] = mapped_column(String(500))
    created_ms: Mapped[int] = mapped_column(BigInteger, default=now_ms)
    off_ms: Mapped[int | None] = mapped_column(BigInteger)
    off_because: Mapped[str] = mapped_column(String(300), default="")  # told to its owner

    @classmethod
    def add(cls, session: Session, user_id: int, url: str) -> Webhook:
        """Raises `TooManyWebhooks`."""
        if (session.scalar(select(func.count()).where(cls.user_id == user_id)) or 0) >= MOST_WEBHOOKS:
            raise TooManyWebhooks(f"You have {MOST_WEBHOOKS} webhooks already.")
        webhook = cls(user_id=user_id, url=url)
        session.add(webhook)
        session.flush()
        return webhook

    @classmethod
    def of(cls, session: Session, user_id: int | None) -> list[Webhook]:
        mine = select(cls).where(cls.user_id == (user_id or 0)).order_by(cls.created_ms.desc(), cls.id)
        return list(session.scalars(mine))

    @classmethod
    def owned_by(cls, session: Session, user_id: int | None, webhook_id: str) -> Webhook | None:
        return session.scalar(select(cls).where(cls.id == webhook_id, cls.user_id == (user_id or 0)))

    @property
    def is_on(self) -> bool:
        return self.off_ms is None

    def switch_off(self, session: Session, because: str) -> None:
        """What still waits for it is given up, too."""
        self.off_ms, self.off_because = now_ms(), because
        waiting = update(Delivery).where(Delivery.webhook_id == self.id, Delivery.fate == Fate.waiting)
        session.execute(waiting.values(fate=Fate.given_up, next_ms=None))

    def switch_on(self) -> None:
        self.off_ms, self.off_because = None, ""


class Delivery(Waiting, Base):
    """One message to one webhook. Its id is the `webhook-id`: the same at every attempt."""

    lease_ms = LEASE_MS
    lane = "webhook_id"

    __tablename__ = "webhook_deliveries"
    __table_args__ = (
        Index("ix_webhook_deliveries_due", "next_ms", sqlite_where=text("next_ms IS NOT NULL"),
              postgresql_where=text("next_ms IS NOT NULL")),
        Index("ix_webhook_deliveries_log", "webhook_id", "created_ms"),
    )  # fmt: skip

    id: Mapped[str] = mapped_column(String(40), primary_key=True, default=lambda: f"msg_{secrets.token_hex(16)}")
    webhook_id: Mapped[str] = mapped_column(ForeignKey("webhooks.id", ondelete="CASCADE"))
    type: Mapped[str] = mapped_column(String(32))
    body: Mapped[str] = mapped_column(Text)
    created_ms: Mapped[int] = mapped_column(BigInteger, default=now_ms)
    fate: Mapped[str] = mapped_column(String(10), default=Fate.waiting)
    last_status: Mapped[int | None] = mapped_column(Integer)
    last_fault: Mapped[str] = mapped_column(String(300), default="")

    webhook: Mapped[Webhook] = relationship(lazy="joined", innerjoin=True)

    @classmethod
    def write(cls, session: Session, webhook: Webhook, kind: str, data: dict[str, Any]) -> Delivery:
        moment = now_ms()
        body = json.dumps({"type": kind, "timestamp": iso_z(moment), "data": data}, separators=(",", ":"))
        delivery = cls(webhook_id=webhook.id, type=kind, body=body, created_ms=moment, next_ms=moment)
        session.add(delivery)
        session.flush()
        return delivery

    @classmethod
    def log_of(cls, session: Session, webhook: Webhook) -> list[Delivery]:
        log = select(cls).where(cls.webhook_id == webhook.id).order_by(cls.created_ms.desc(), cls.id).limit(LOG_SHOWN)
        return list(session.scalars(log))

    @classmethod
    def forget_old(cls, session: Session, moment_ms: int) -> None:
        session.execute(delete(cls).where(cls.created_ms < moment_ms - KEPT_MS, cls.next_ms.is_(None)))

    def note(self, session: Session, status: int | None, fault: str, moment_ms: int, jitter: float = 1.0) -> None:
        """What came of an attempt: done, again after a pause, or given up; then its webhook is switched off."""
        row = self.held(session)
        if row is None:
            return
        row.last_status, row.last_fault = status, fault[:300]
        if not fault:
            row.fate, row.next_ms = Fate.delivered, None
        elif row.type == TEST:
            row.fate, row.next_ms = Fate.given_up, None
        elif status == GONE:
            row.fate, row.next_ms = Fate.given_up, None
            row.webhook.switch_off(session, "Its receiver answered 410: it is gone for good.")
        elif not row.try_again(moment_ms, PAUSES_MS, jitter):
            row.fate, row.next_ms = Fate.given_up, None
            row.webhook.switch_off(session, f"A message was tried {row.attempts} times in three days. {fault}"[:300])
