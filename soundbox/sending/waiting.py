"""Rows that wait to be sent somewhere: claimed under a lease, tried again after pauses, lost with no process."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, ClassVar, Self

from sqlalchemy import BigInteger, Integer, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from soundbox.clock import now_ms


class Waiting:
    """What a table of such rows inherits; it names its own primary key `id`."""

    lease_ms: ClassVar[int]  # for one attempt, which must take less
    lane: ClassVar[str] = "id"  # the column that names where it goes; nothing else is sent there meanwhile

    id: Mapped[str]
    next_ms: Mapped[int | None] = mapped_column(BigInteger, default=now_ms)  # not before; None: never again
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    last_ms: Mapped[int | None] = mapped_column(BigInteger)  # when it was tried

    @property
    def where(self) -> str:
        """The value of its lane."""
        value: str = getattr(self, self.lane)
        return value

    @classmethod
    def is_due(cls, session: Session, moment_ms: int) -> bool:
        return session.scalar(select(cls.id).where(cls.next_ms <= moment_ms).limit(1)) is not None

    @classmethod
    def claim(cls, session: Session, moment_ms: int, besides: Collection[str] = ()) -> Self | None:
        """The one that is due for longest, but none of these lanes. Should its sender die, it is due again when its
        lease has run out.
        """
        lane: Any = getattr(cls, cls.lane)
        due = select(cls).where(cls.next_ms <= moment_ms, lane.not_in(besides)).order_by(cls.next_ms).limit(1)
        row = session.scalar(due.with_for_update(skip_locked=True, of=cls))
        if row is not None:
            row.attempts += 1
            row.last_ms, row.next_ms = moment_ms, moment_ms + cls.lease_ms
        return row

    def held(self, session: Session) -> Self | None:
        """The row as it is now. None: it waits no more, or another sender has tried meanwhile because this one was so
        slow."""
        row = session.get(type(self), self.id, with_for_update={"of": type(self)}, populate_existing=True)
        return row if row is not None and row.attempts == self.attempts and row.next_ms is not None else None

    def try_again(self, moment_ms: int, pauses_ms: Sequence[int], jitter: float = 1.0) -> bool:
        """After the pause that follows this attempt. False: there is none left."""
        if self.attempts > len(pauses_ms):
            return False
        self.next_ms = moment_ms + round(pauses_ms[self.attempts - 1] * jitter)
        return True
