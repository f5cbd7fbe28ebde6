"""Rhythms of tunes: written rows of lengths, fitted to any metre."""

from __future__ import annotations

from soundbox.engines.procedural.composition.metre import Metre

Rhythm = tuple[int, ...]  # lengths in sixteenths, negative for a rest

# Rhythms of one bar of sixteen steps, from plain to lively within each pace.
PACES: dict[str, tuple[Rhythm, ...]] = {
    "slow": ((16,), (8, 8), (12, 4), (-4, 12), (6, 10), (-8, 8), (4, 4, 8)),
    "bowls": ((16,), (-16,), (-8, 8), (16,)),
    "lyrical": ((8, 4, 4), (6, 2, 8), (4, 4, 4, 4), (4, 2, 2, 8), (3, 3, 2, 8), (-4, 4, 4, 4), (6, 2, 4, 4),
        (-2, 2, 4, 2, 6)),
    "flowing": ((4, 2, 2, 4, 4), (2, 2, 2, 2, 8), (2, 2, 4, 2, 2, 4), (6, 2, 2, 2, 4), (3, 1, 4, 3, 1, 4),
        (-2, 2, 2, 2, 4, 4), (2, 2, 2, 2, 2, 2, 4)),
    "busy": ((3, 3, 3, 3, 4), (2, 2, 2, 2, 2, 2, 4), (3, 3, 2, 2, 2, 4), (2, 1, 1, 2, 2, 4, 4), (1, 1, 2, 2, 2, 4, 4),
        (2, 2, 1, 1, 2, 2, 2, 4)),
    "sparse": ((2, 6, -8), (3, 3, 10), (-8, 3, 5), (-4, 2, 2, -8), (-6, 2, 2, 6), (-2, 2, 4, -8), (2, 2, 4, -8)),
    "syncopated": ((3, 5, 3, 5), (3, 3, 2, -2, 2, 4), (3, 3, 3, 3, 4), (-2, 4, 4, 2, 4), (-2, 2, 2, 4, 6),
        (-4, 3, 3, 2, 4), (2, 1, 3, 2, -4, 4)),
    "swung": ((4, 4, 4, -4), (6, 2, -8), (4, 2, 2, 4, 4), (-4, 2, 2, 2, 6), (2, 2, -2, 2, 4, 4), (-2, 2, 4, 2, 6),
        (2, 2, 2, 2, 4, -4), (-2, 2, 2, 2, 2, 2, 4)),
    "bouncy": ((4, 4, 2, 2, 4), (2, 2, 4, 2, 2, 4), (2, 2, 2, 2, 4, -4), (3, 1, 2, 2, 4, 4), (4, -4, 2, 2, 4)),
    "reel": ((2, 2, 2, 2, 2, 2, 2, 2), (4, 2, 2, 2, 2, 2, 2), (2, 1, 1, 2, 2, 2, 2, 4), (2, 2, 2, 2, 4, 4)),
    "ornate": ((6, 1, 1, 8), (4, 2, 2, 6, 2), (3, 1, 4, 2, 2, 4), (2, 1, 1, 4, 2, 1, 1, 4), (-2, 2, 4, 1, 1, 6)),
}  # fmt: skip
# The same for one compound bar of twelve, by how lively.
_COMPOUND: dict[str, tuple[Rhythm, ...]] = {
    "calm": ((12,), (6, 6), (-6, 6), (8, 4), (4, 2, 6)),
    "even": ((4, 2, 6), (6, 4, 2), (4, 2, 4, 2), (2, 2, 2, 6), (3, 1, 2, 6), (-2, 2, 2, 6)),
    "lively": ((2, 2, 2, 2, 2, 2), (4, 2, 2, 2, 2), (2, 2, 2, 4, 2), (3, 1, 2, 3, 1, 2), (4, 2, 2, 1, 1, 2)),
}
_LIVELINESS = {"slow": "calm", "bowls": "calm", "sparse": "calm", "lyrical": "even", "swung": "even",
    "syncopated": "even"}  # fmt: skip


def rhythm(pace: str, metre: Metre, place: float) -> Rhythm:
    """The rhythm of one bar; `place` (0..1) says how lively among those of its pace."""
    if metre.pulse == 6:
        rows = _COMPOUND[_LIVELINESS.get(pace, "lively")]
        row = rows[min(len(rows) - 1, int(place * len(rows)))]
        return row * (metre.steps // 12) if metre.steps >= 12 else _cut(row, metre.steps)
    rows = PACES[pace]
    row = rows[min(len(rows) - 1, int(place * len(rows)))]
    return _cut(row if metre.steps <= 16 else (*row, *row), metre.steps)


def _cut(row: Rhythm, steps: int) -> Rhythm:
    kept: list[int] = []
    left = steps
    for length in row:
        if left <= 0:
            break
        span = min(abs(length), left)
        kept.append(span if length > 0 else -span)
        left -= span
    if left > 0:
        kept.append(left)
    return tuple(kept)
