"""The figures that lists are sorted by; stored, and worked out anew with every vote and favorite."""

from __future__ import annotations

import math

TENFOLD_MS = 12.5 * 3_600_000  # ten times the points make up for so much age


def wilson(upvotes: int, downvotes: int, z: float = 1.96) -> float:
    """Lower bound of the share of upvotes at 95 % (Wilson 1927): few votes promise little."""
    votes = upvotes + downvotes
    if votes == 0:
        return 0.0
    share = upvotes / votes
    spread = z * math.sqrt(share * (1 - share) / votes + z * z / (4 * votes * votes))
    return (share + z * z / (2 * votes) - spread) / (1 + z * z / votes)


def trend(upvotes: int, downvotes: int, favorites: int, created_ms: int) -> float:
    """How much a track is on people's minds, in units of `TENFOLD_MS`: new ones stand above old ones, loved ones above
    those of their age. It changes only when somebody votes, never with the clock, so that an index can hold it."""
    points = upvotes - downvotes + favorites
    return math.copysign(math.log10(max(abs(points), 1)), points) + created_ms / TENFOLD_MS
