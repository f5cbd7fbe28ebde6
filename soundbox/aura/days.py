"""The head of the chain at the end of each day: what is published, so that nobody can write the past anew unseen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from sqlalchemy import text
from sqlalchemy.orm import Session

DAY_MS = 86_400_000
DAYS_A_PAGE = 31

# From the newest day back: each step is one look into the index of times, however many entries a day has.
HEADS = text("""
    WITH RECURSIVE heads (number, created_ms, hash) AS (
        SELECT number, created_ms, hash FROM aura_entries WHERE number = (
            SELECT number FROM aura_entries WHERE created_ms < :before ORDER BY created_ms DESC, number DESC LIMIT 1)
        UNION ALL
        SELECT entry.number, entry.created_ms, entry.hash FROM heads
        JOIN aura_entries AS entry ON entry.number = (
            SELECT number FROM aura_entries WHERE created_ms < heads.created_ms - heads.created_ms % :day
            ORDER BY created_ms DESC, number DESC LIMIT 1)
    )
    SELECT number, created_ms, hash FROM heads LIMIT :most
""")


@dataclass(frozen=True)
class Day:
    """`entries` of this day, in UTC; `number` and `hash` are those of the last of them."""

    date: str  # 2026-11-20
    entries: int
    number: int
    hash: str


def days_before(session: Session, end: date | None = None) -> list[Day]:
    """Up to 31 days that have entries, the newest first; `end`: only days before this one."""
    moment = datetime(end.year, end.month, end.day, tzinfo=UTC) if end else datetime.now(UTC) + timedelta(days=1)
    given = {"before": round(moment.timestamp() * 1000), "day": DAY_MS, "most": DAYS_A_PAGE + 1}
    heads = [*session.execute(HEADS, given), None]
    return [
        Day(_date_of(head.created_ms), head.number - (earlier.number if earlier else 0), head.number, head.hash)
        for head, earlier in pairwise(heads)
        if head is not None
    ][:DAYS_A_PAGE]


def _date_of(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).date().isoformat()
