"""Idempotency-Key: a write that is sent again is answered again, not done again.

After the IETF draft "The Idempotency-Key HTTP Header Field": the same key with another body is refused with 422.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, Integer, String, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from soundbox.clock import now_ms
from soundbox.extensions import Base, insert_new
from soundbox.web.errors import Refusal

from .principal import Principal

KEPT_MS = 24 * 3_600_000
LONGEST_KEY = 200


class Replay(Base):
    """The answer that a key has already had."""

    __tablename__ = "replays"
    __table_args__ = (UniqueConstraint("who", "action", "key"), Index("ix_replays_created_ms", "created_ms"))

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    who: Mapped[str] = mapped_column(String(64))  # a guest may lose the cookie: then the address counts
    action: Mapped[str] = mapped_column(String(32))
    key: Mapped[str] = mapped_column(String(LONGEST_KEY))
    body_hash: Mapped[str] = mapped_column(String(64))
    answer: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_ms: Mapped[int] = mapped_column(BigInteger, default=now_ms)

    @classmethod
    def held(cls, session: Session, who: Principal, action: str, key: str, body: Any) -> Replay:
        """The row of this key, until this transaction ends: with the earlier answer, or with an empty one to fill.

        Whoever sends the same at the same time waits for it. Raises `Refusal` 422 when the key had another body.
        """
        if len(key) > LONGEST_KEY:
            raise Refusal(400, f"Idempotency-Key has at most {LONGEST_KEY} characters")
        session.execute(delete(cls).where(cls.created_ms <= now_ms() - KEPT_MS))
        place = {"who": who.key, "action": action, "key": key}
        insert_new(session, cls, **place, body_hash=_hash(body), answer={})
        row = session.scalars(select(cls).filter_by(**place)).one()
        if row.body_hash != _hash(body):
            raise Refusal(422, "This Idempotency-Key was used with another body", advice="Use a new key.")
        return row


def _hash(body: Any) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()
