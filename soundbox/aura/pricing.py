"""What it costs to skip the queue, by the length of the sound."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Price:
    max_duration: int  # seconds
    cost: int  # Aura
    label: str


PRICES = (
    Price(10, 1, "Short SFX"),
    Price(30, 3, "Medium clip"),
    Price(60, 5, "Long SFX"),
    Price(120, 10, "Song"),
    Price(999, 15, "Long song"),
)


def skip_cost(seconds: float) -> int:
    return next((price.cost for price in PRICES if seconds <= price.max_duration), PRICES[-1].cost)
