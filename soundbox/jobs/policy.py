"""How turns work, in a few sentences for people."""

from __future__ import annotations

from soundbox.config import Config

from .outlook import STARTS_A_ROW


def policy_sentence(config: Config) -> str:
    if config.is_open:
        return "First come, first served: this is your own Sound Box."
    if config.queue_strict:
        return "Higher tiers go first; within a tier, first come, first served and people take turns."
    return (
        "People take turns, and tiers have a head start. Whatever others pay, of any "
        f"{STARTS_A_ROW} starts one goes to whoever has waited longest, so every wait has an end that is known."
    )
