"""What the pages show of an order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from soundbox.clock import now_ms

from .models import Order, State
from .shop import money

SOON_MS, LATER_MS, LATEST_MS = 120_000, 900_000, 6 * 3_600_000  # how long an event of Stripe is waited for, and how


@dataclass(frozen=True)
class OrderCard:
    id: str
    is_tier: bool
    title: str
    aura: int
    price: str
    state: str
    pay_url: str | None
    balance: int
    came_back: bool  # from Stripe's page, having paid
    is_late: bool
    next_poll_seconds: int | None

    @classmethod
    def of(cls, order: Order, balance: int, came_back: bool) -> Self:
        age = now_ms() - order.created_ms
        is_open = order.state == State.open
        return cls(
            id=order.id,
            is_tier=order.is_tier,
            title=order.item.capitalize() if order.is_tier else f"{order.aura} Aura",
            aura=order.aura,
            price=money(order.cents, order.currency),
            state=order.state,
            pay_url=order.pay_url if is_open else None,
            balance=balance,
            came_back=came_back,
            is_late=came_back and is_open and age > LATER_MS,
            next_poll_seconds=_next_poll(age) if is_open else None,
        )


def _next_poll(age_ms: int) -> int | None:
    if age_ms < SOON_MS:
        return 2
    return 10 if age_ms < LATER_MS else 60 if age_ms < LATEST_MS else None
