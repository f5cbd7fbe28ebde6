"""Counts that are kept, not counted: changed in the transaction of what they count."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import BigInteger, Integer, String, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from soundbox.extensions import Base

SHARDS = 16  # a busy count is spread over so many rows, or every writer would wait for the one before


class Tally(Base):
    __tablename__ = "tallies"

    # Sorted by bytes on both databases: `under` reads a range of names.
    name: Mapped[str] = mapped_column(
        String(64).with_variant(String(64, collation="C"), "postgresql"), primary_key=True
    )
    shard: Mapped[int] = mapped_column(Integer, primary_key=True)
    count: Mapped[int] = mapped_column(BigInteger)

    @classmethod
    def change(cls, session: Session, changes: Mapping[str, int], spread_by: int) -> None:
        """Add to the counts; `spread_by` is any number that differs between writers, such as a row's own."""
        shard = spread_by % SHARDS
        rows = [
            {"name": name, "shard": shard, "count": change}
            for name, change in sorted(
                changes.items()
            )  # in one order everywhere: two writers cannot lock each other out
            if change
        ]
        if not rows:
            return
        session.flush()  # what is counted stands before its counts, and so do its locks
        session.connection().execute(_ADDED[session.get_bind().dialect.name], rows)

    @classmethod
    def read(cls, session: Session, *names: str) -> dict[str, int]:
        """The counts of these names; 0 for what was never counted."""
        query = select(cls.name, func.sum(cls.count)).where(cls.name.in_(names)).group_by(cls.name)
        return dict.fromkeys(names, 0) | {name: int(count) for name, count in session.execute(query)}

    @classmethod
    def under(cls, session: Session, *prefixes: str, besides: Collection[str] = ()) -> dict[str, int]:
        """What is counted under these prefixes (each ends with a slash) and by the names `besides`, by the whole name;
        nothing that is zero."""
        ranges = [(cls.name >= prefix) & (cls.name < prefix[:-1] + chr(ord(prefix[-1]) + 1)) for prefix in prefixes]
        total = func.sum(cls.count)
        query = select(cls.name, total).where(or_(*ranges, cls.name.in_(besides))).group_by(cls.name).having(total > 0)
        return {name: int(count) for name, count in session.execute(query)}


def taken_by(user_id: int) -> str:
    """The name of the count of bytes that this person's files take."""
    return f"bytes/{user_id}"


def _added(insert: Any) -> Any:
    added = insert(Tally.__table__)
    counts = {"count": Tally.__table__.c.count + added.excluded.count}
    return added.on_conflict_do_update(index_elements=["name", "shard"], set_=counts)


_ADDED = {"sqlite": _added(sqlite.insert), "postgresql": _added(postgresql.insert)}  # built once: every write adds
