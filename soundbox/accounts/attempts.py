"""Guessing gets slower and slower: tries are counted in the database, so no restart and no second process resets them.

A try is counted before it is known whether it is right, or many at once would all be the first.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import BigInteger, Integer, String, case, delete, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from soundbox.clock import in_words, now_ms
from soundbox.extensions import Base
from soundbox.web.errors import Refusal

LONGEST_WAIT_SECONDS = 900
FORGOTTEN_MS = 3_600_000  # after so long without a try the count begins anew


@dataclass(frozen=True)
class Limit:
    """`free` tries; each one after them waits twice as long as the one before, from two seconds to 15 minutes."""

    name: str
    free: int

    def wait_ms(self, count: int) -> int:
        over = min(count - self.free, 20)
        return 0 if over < 0 else min(2 ** (over + 1), LONGEST_WAIT_SECONDS) * 1000


class Attempt(Base):
    """How often something was tried lately, by somebody or at somebody."""

    __tablename__ = "attempts"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)  # a hash: what people type may be a secret
    count: Mapped[int] = mapped_column(Integer)
    last_ms: Mapped[int] = mapped_column(BigInteger, index=True)

    @classmethod
    def take(cls, session: Session, limit: Limit, *whose: object) -> None:
        """Count one more. Raises `Refusal` 429 when it comes too early, and then does not count it."""
        moment_ms = now_ms()
        row = session.get(cls, _key(limit, whose), with_for_update=True)
        if row is not None and moment_ms - row.last_ms < FORGOTTEN_MS:
            left_ms = row.last_ms + limit.wait_ms(row.count) - moment_ms
            if left_ms > 0:
                raise too_early(-(-left_ms // 1000))
        insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
        one = insert(cls).values(key=_key(limit, whose), count=1, last_ms=moment_ms)
        again = case((cls.last_ms <= moment_ms - FORGOTTEN_MS, 1), else_=cls.count + 1)
        session.execute(one.on_conflict_do_update(index_elements=["key"], set_={"count": again, "last_ms": moment_ms}))

    @classmethod
    def forgive(cls, session: Session, limit: Limit, *whose: object) -> None:
        """It was right after all: nothing is held against anybody."""
        session.execute(delete(cls).where(cls.key == _key(limit, whose)))

    @classmethod
    def undo(cls, session: Session, limit: Limit, *whose: object) -> None:
        """This one was right, which says nothing about those before it."""
        mine = (cls.key == _key(limit, whose)) & (cls.count > 0)
        session.execute(update(cls).where(mine).values(count=cls.count - 1))

    @classmethod
    def sweep(cls, session: Session) -> None:
        session.execute(delete(cls).where(cls.last_ms <= now_ms() - FORGOTTEN_MS))


def too_early(seconds: int) -> Refusal:
    return Refusal(429, f"Too many tries. Try again in {in_words(seconds)}.", retry_after_seconds=seconds)


def _key(limit: Limit, whose: tuple[object, ...]) -> str:
    return hashlib.sha256("\n".join([limit.name, *map(str, whose)]).encode()).hexdigest()
