"""Time as it is stored and as it is shown."""

from __future__ import annotations

import time
from datetime import UTC, datetime


def now_ms() -> int:
    """Milliseconds since 1970 in UTC, the unit of every stored time."""
    return time.time_ns() // 1_000_000


def iso_z(ms: int) -> str:
    """2024-01-15T10:30:00Z, as jobs tell times."""
    return f"{iso_plain(ms)}Z"


def iso_plain(ms: int) -> str:
    """2024-01-15T10:30:00, UTC without saying so, as /history tells times."""
    return _utc(ms).strftime("%Y-%m-%dT%H:%M:%S")


def iso_micro(ms: int) -> str:
    """2024-01-15T10:30:00.123000, UTC without saying so, as programs of other documents tell times."""
    return _utc(ms).replace(tzinfo=None).isoformat(timespec="microseconds")


def sql_time(ms: int) -> str:
    """2024-01-15 10:30:00, UTC, as library rows tell times."""
    return _utc(ms).strftime("%Y-%m-%d %H:%M:%S")


def day(ms: int) -> str:
    """20 December 2026."""
    return f"{_utc(ms).day} {_utc(ms):%B %Y}"


def age(ms: int, now: int | None = None) -> str:
    """How long ago, as people say it: "just now", "12 minutes ago", "3 days ago"."""
    seconds = max(0, ((now_ms() if now is None else now) - ms) // 1000)
    for unit, size in (("year", 31_536_000), ("month", 2_592_000), ("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= size:
            count = seconds // size
            return f"{count} {unit}{'s' if count > 1 else ''} ago"
    return "just now"


def in_words(seconds: float) -> str:
    """A wait as people say it: "20 s", "4 min", "2 h"."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / 60)} min" if seconds < 5400 else f"{round(seconds / 3600)} h"


def _utc(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)
