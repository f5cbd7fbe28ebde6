"""Five events, each delivered three times by four threads, in every order: the end is always the same."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import permutations
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from soundbox.accounts.models import User
from soundbox.aura.models import Account, Entry
from soundbox.extensions import db
from soundbox.payments.models import Order, Payment, StripeEvent
from tests.conftest import member
from tests.payments.conftest import Shop, purse, spend

EVENTS = 5
DELIVERIES = 3
THREADS = 4
ORDERS = list(permutations(range(EVENTS)))
A_SAMPLE = ORDERS[:: len(ORDERS) // 6]


class Story:
    """What happens to one person at Stripe. It goes on only as far as somebody tells of it, so whoever hears of the
    beginning first reads what is not true any more when the rest is told."""

    def __init__(self, shop: Shop, name: str, verdict: str) -> None:
        self.shop, self.stripe, self.name, self.verdict = shop, shop.stripe, name, verdict
        self.client: FlaskClient = member(shop.app, name, "free")
        self.pack = shop.session_of(shop.order(self.client, pack="medium"))
        self.tier = shop.session_of(shop.order(self.client, tier="premium"))
        self.told: list[dict[str, Any]] = []
        self._lock = threading.Lock()

    def event(self, number: int) -> dict[str, Any]:
        with self._lock:
            while len(self.told) <= number:
                self.told.append(self._happens())
            return self.told[number]

    def _happens(self) -> dict[str, Any]:
        with self.stripe.lock:
            return (self._pack_paid, self._month_paid, self._refunded, self._disputed, self._decided)[len(self.told)]()

    def _pack_paid(self) -> dict[str, Any]:
        self.intent = self.stripe.pay(self.pack)["payment_intent"]
        return self._last("checkout.session.completed")

    def _month_paid(self) -> dict[str, Any]:
        invoice = self.stripe.things[self.stripe.pay(self.tier)["invoice"]]
        self.month = invoice["payments"]["data"][0]["payment"]["payment_intent"]
        return self._last("invoice.paid")

    def _refunded(self) -> dict[str, Any]:
        self.stripe.refund(self.intent, 250)
        return self._last("refund.created")

    def _disputed(self) -> dict[str, Any]:
        self.dispute = self.stripe.dispute(self.month, 1000)["id"]
        return self._last("charge.dispute.created")

    def _decided(self) -> dict[str, Any]:
        self.stripe.close(self.dispute, self.verdict)
        return self._last("charge.dispute.closed")

    def _last(self, kind: str) -> dict[str, Any]:
        return next(event for event in reversed(self.stripe.events) if event["type"] == kind)

    def end(self) -> dict[str, Any]:
        with db.read() as session:
            user = User.named(session, self.name)
            assert user
            orders = select(Order.item, Order.state).where(Order.user_id == user.id).order_by(Order.item)
            payments = select(Payment.aura, Payment.aura_gone, Payment.cents_gone).where(Payment.user_id == user.id)
            return {
                "purse": purse(self.name),
                "tier": user.limits.name,
                "orders": [tuple(row) for row in session.execute(orders)],
                "payments": sorted(tuple(row) for row in session.execute(payments)),
            }


def tell(story: Story, order: Iterable[int]) -> None:
    """All deliveries in this order, by threads that take what comes next."""
    waiting = [number for _ in range(DELIVERIES) for number in order]
    together = threading.Barrier(THREADS)

    def deliver() -> None:
        together.wait()
        while waiting:
            try:
                number = waiting.pop(0)
            except IndexError:
                return
            assert story.shop.deliver(story.event(number)).json == {"received": True, "outcome": "done"}

    with ThreadPoolExecutor(THREADS) as pool:
        for done in [pool.submit(deliver) for _ in range(THREADS)]:
            done.result()


def check(shop: Shop, orders: list[tuple[int, ...]], verdict: str, left: int) -> None:
    for number, order in enumerate(orders):
        story = Story(shop, f"person-{number}", verdict)
        tell(story, order)
        assert story.end() == {
            "purse": (left, 0),
            "tier": "premium",
            "orders": [("medium", "paid"), ("premium", "paid")],
            "payments": [(275, 137, 250), (700, 700 - left + 138, 0 if verdict == "won" else 1000)],
        }, order
    with db.read() as session:
        assert session.scalar(select(func.sum(Account.balance))) == 0
        assert session.scalar(select(func.count()).select_from(StripeEvent)) == EVENTS * len(orders)
        bought = select(func.count()).where(Entry.kind.in_(("purchase", "monthly")))
        assert session.scalar(bought) == 2 * len(orders)


VERDICTS = pytest.mark.parametrize(("verdict", "left"), [("won", 838), ("lost", 138)])


@VERDICTS
def test_the_order_of_events_does_not_matter(shop: Shop, verdict: str, left: int) -> None:
    check(shop, A_SAMPLE, verdict, left)


@pytest.mark.long
@VERDICTS
def test_no_order_of_events_matters(shop: Shop, verdict: str, left: int) -> None:
    check(shop, ORDERS, verdict, left)


def test_aura_spent_in_the_middle_is_owed_in_every_order(shop: Shop) -> None:
    """Whoever spends what a bank then takes back owes it, whatever is told first."""
    order = list(range(EVENTS))
    for number in range(4):
        story = Story(shop, f"person-{number}", "lost")
        tell(story, order[:2])
        spend(story.name, 900, f"job-{number}")
        random.Random(number).shuffle(order)
        tell(story, order)
        order.sort()
        assert purse(story.name) == (0, 137 + 700 - 75)
