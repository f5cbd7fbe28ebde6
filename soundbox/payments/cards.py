"""What the pages show of orders, tiers and subscriptions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from soundbox.accounts.tiers import TIERS, Tier
from soundbox.clock import day, now_ms

from .models import Order, State
from .shop import Item, money
from .standing import LATE
from .subscriptions import Subscription

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
    version: str  # changes with what is shown

    @classmethod
    def of(cls, order: Order, balance: int, came_back: bool) -> Self:
        age = now_ms() - order.created_ms
        is_open = order.state == State.open
        is_late, next_poll = came_back and is_open and age > LATER_MS, _next_poll(age) if is_open else None
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
            is_late=is_late,
            next_poll_seconds=next_poll,
            version=f"{order.state} {is_late} {next_poll}",
        )


def _next_poll(age_ms: int) -> int | None:
    if age_ms < SOON_MS:
        return 2
    return 10 if age_ms < LATER_MS else 60 if age_ms < LATEST_MS else None


@dataclass(frozen=True)
class TierCard:
    """A tier that can be paid by the month, with what it brings."""

    name: str
    title: str
    price: str
    brings: list[str]
    is_mine: bool

    @classmethod
    def of(cls, item: Item, mine: Tier) -> Self:
        return cls(item.name, item.title, item.price, _brings(TIERS[item.name]), item.name == mine.name)


@dataclass(frozen=True)
class SubscriptionCard:
    """How it stands, in one sentence. `is_late`: the last month could not be paid."""

    words: str
    is_late: bool
    runs: bool

    @classmethod
    def of(cls, subscription: Subscription) -> Self:
        return cls(_standing(subscription), subscription.status == LATE, subscription.runs)


def _brings(tier: Tier) -> list[str]:
    return [
        f"{tier.aura_a_month} Aura every month",
        f"Sounds start as if asked for {tier.head_start_minutes} minutes earlier",
        f"Up to {tier.longest_seconds} seconds long",
        f"{tier.waiting_jobs} waiting at a time, {tier.jobs_an_hour} an hour",
    ]


def _standing(subscription: Subscription) -> str:
    title, until = subscription.tier.capitalize(), subscription.until_ms
    if until is None or not subscription.runs:
        return f"{title} has ended."
    if subscription.is_ending:
        return f"You have {title} until {day(until)}. It will not be renewed."
    if subscription.status == LATE:
        return f"The last payment for {title} failed. You keep it until {day(until)}; please check your card."
    return f"You have {title}. It is renewed on {day(subscription.renews_ms)}."
