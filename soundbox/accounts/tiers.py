"""The one table of tiers and what each may do. Docs, errors and pages read it from here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Tier:
    """Limits of a person. None means no limit."""

    name: str
    price_dollars: int  # a month
    waiting_jobs: int | None
    jobs_an_hour: int | None
    longest_seconds: int
    head_start_minutes: int
    aura_a_month: int
    storage_gb: int | None  # 10^9 bytes; half a minute of sound with its pictures takes some 6 MB

    @property
    def head_start_ms(self) -> int:
        return self.head_start_minutes * 60_000

    @property
    def storage_bytes(self) -> int | None:
        return None if self.storage_gb is None else self.storage_gb * 10**9


TIERS = {
    tier.name: tier
    for tier in (
        Tier("admin", 0, None, None, 180, 60, 0, None),
        Tier("creator", 20, 20, 60, 180, 30, 1500, 50),
        Tier("premium", 10, 10, 30, 120, 20, 700, 20),
        Tier("supporter", 5, 5, 15, 60, 10, 300, 5),
        Tier("free", 0, 2, 3, 30, 0, 0, 1),
    )
}
LEGACY_NAMES = {"standard": "free"}


def better(one: str, other: str) -> Tier:
    """The one that may more."""
    return TIERS[min(one, other, key=list(TIERS).index)]


def tier_named(name: str) -> Tier | None:
    return TIERS.get(LEGACY_NAMES.get(name, name))
