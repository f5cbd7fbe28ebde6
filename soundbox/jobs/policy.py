"""How turns work, in one sentence for people."""

from __future__ import annotations

from soundbox.accounts.tiers import TIERS
from soundbox.config import Config


def policy_sentence(config: Config) -> str:
    if config.is_open:
        return "First come, first served: this is your own Sound Box."
    if config.queue_strict:
        return "Higher tiers go first; within a tier, first come, first served and people take turns."
    most = max(tier.head_start_minutes for tier in TIERS.values() if tier.name != "admin")
    return (
        "First come, first served, and people take turns. Tiers give a head start, so nobody waits more than "
        f"{most} minutes longer than their turn."
    )
