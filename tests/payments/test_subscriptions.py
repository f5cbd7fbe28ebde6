"""A tier by the month: Aura with each paid month, grace when a card fails, changes and ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from soundbox.accounts import models as accounts
from soundbox.accounts.models import User
from soundbox.accounts.signals import stopping
from soundbox.extensions import db
from soundbox.payments import leaving, subscriptions
from soundbox.payments.models import Order
from soundbox.web.errors import Refusal
from tests.conftest import member
from tests.payments.conftest import Shop, purse
from tests.payments.fake_stripe import MONTH_SECONDS, FakeStripe

DAY = 86_400


class Subscribed:
    """Ada's premium tier at Stripe, and the site that has heard of it."""

    def __init__(self, shop: Shop, ada: FlaskClient) -> None:
        self.shop, self.ada, self.stripe = shop, ada, shop.stripe
        self.session = shop.buy(ada, tier="premium")
        self.id: str = self.session["subscription"]
        shop.deliver_all()

    @property
    def tier(self) -> str:
        with db.read() as session:
            user = User.named(session, "ada")
            assert user
            return user.limits.name

    @property
    def told(self) -> dict[str, Any]:
        answer: dict[str, Any] = self.ada.get("/api/aura").json
        return answer

    def price_of(self, tier: str) -> str:
        """As our Checkout makes it."""
        return next(price["id"] for price in self.stripe.of("price") if price["metadata"]["soundbox_tier"] == tier)


@pytest.fixture
def premium(shop: Shop, ada: FlaskClient) -> Subscribed:
    return Subscribed(shop, ada)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch, stripe: FakeStripe) -> Callable[[int], None]:
    """The same site some seconds after the subscription began."""

    def travel(seconds: int) -> None:
        for module in (accounts, subscriptions):
            monkeypatch.setattr(module, "now_ms", lambda: (stripe.now + seconds) * 1000)

    return travel


def test_a_tier_and_its_aura_come_with_the_first_month(premium: Subscribed) -> None:
    assert (premium.tier, purse("ada")) == ("premium", (700, 0))
    assert premium.told["tier"] == "premium" and premium.told["subscription"]["renews"]


def test_every_paid_month_brings_aura_once(premium: Subscribed, later: Callable[[int], None]) -> None:
    premium.stripe.renew(premium.id)
    premium.shop.deliver_all()
    premium.shop.deliver_all()
    assert purse("ada") == (1400, 0)
    later(2 * MONTH_SECONDS - DAY)
    assert premium.tier == "premium"


def test_a_month_that_cannot_be_paid_has_grace_and_then_ends(premium: Subscribed, later: Callable[[int], None]) -> None:
    premium.stripe.renew(premium.id, paid=False)
    premium.shop.deliver_all()
    assert purse("ada") == (700, 0)
    later(MONTH_SECONDS + 6 * DAY)
    assert premium.tier == "premium"
    later(MONTH_SECONDS + 8 * DAY)
    assert premium.tier == "free"


def test_a_card_that_works_after_all_keeps_the_tier(premium: Subscribed, later: Callable[[int], None]) -> None:
    invoice = premium.stripe.renew(premium.id, paid=False)
    premium.shop.deliver_all()
    premium.stripe.pay_late(invoice["id"], premium.id)
    premium.shop.deliver_all()
    later(2 * MONTH_SECONDS - DAY)
    assert (premium.tier, purse("ada")) == ("premium", (1400, 0))


def test_whatever_is_never_heard_of_ends_by_itself(premium: Subscribed, later: Callable[[int], None]) -> None:
    """Stripe's events may be lost for good: nobody keeps a tier for ever."""
    later(MONTH_SECONDS + 8 * DAY)
    assert premium.tier == "free"


def test_a_cancelled_tier_stays_until_its_month_is_over(premium: Subscribed, later: Callable[[int], None]) -> None:
    premium.stripe.cancel(premium.id)
    premium.shop.deliver_all()
    assert premium.tier == "premium"
    assert premium.told["subscription"]["renews"] is None and premium.told["tier_until"]
    later(MONTH_SECONDS + 1)
    assert premium.tier == "free"


def test_an_end_at_once_is_one(premium: Subscribed) -> None:
    premium.stripe.cancel(premium.id, at_once=True)
    premium.shop.deliver_all()
    assert (premium.tier, premium.told["tier_until"], purse("ada")) == ("free", None, (700, 0))


def test_an_old_event_does_not_bring_back_what_has_ended(premium: Subscribed) -> None:
    premium.stripe.cancel(premium.id, at_once=True)
    ended, begun = premium.stripe.events[-1], premium.stripe.tell("customer.subscription.created", premium.session)
    begun["data"]["object"] = {**premium.stripe.things[premium.id], "status": "active"}
    assert [premium.shop.deliver(event).json["outcome"] for event in (ended, begun)] == ["done", "done"]
    assert premium.tier == "free"


def test_half_a_month_of_a_higher_tier_brings_the_rest_of_its_aura(premium: Subscribed, shop: Shop) -> None:
    ben = _another(shop)
    shop.order(ben, tier="creator")  # so that the price is there
    premium.stripe.change(premium.id, premium.price_of("creator"), 0.5)
    shop.deliver_all()
    assert (premium.tier, purse("ada")) == ("creator", (700 - 350 + 750, 0))


def test_jobs_that_wait_keep_the_tier_they_were_asked_with(premium: Subscribed) -> None:
    body = {"prompt": "rain", "model": "audio", "duration": 100}
    job = premium.ada.post("/generate", json=body).json["job_id"]
    premium.stripe.cancel(premium.id, at_once=True)
    premium.shop.deliver_all()
    assert premium.ada.get(f"/job/{job}").json["priority"] == "premium"
    assert premium.ada.post("/generate", json=body).status_code == 400


def test_what_an_admin_gave_stays_beside_what_is_paid(premium: Subscribed) -> None:
    with db.write() as session:
        user = User.named(session, "ada")
        assert user
        user.tier = "creator"
    premium.stripe.cancel(premium.id, at_once=True)
    premium.shop.deliver_all()
    assert premium.tier == "creator"


def test_a_second_subscription_is_refused(premium: Subscribed) -> None:
    answer = premium.ada.post("/api/aura/checkout", json={"tier": "creator"})
    assert (answer.status_code, answer.json["error"]) == (400, "You are Premium already")


def test_after_an_end_one_may_begin_again_as_the_same_customer(premium: Subscribed) -> None:
    premium.stripe.cancel(premium.id, at_once=True)
    premium.shop.deliver_all()
    again = premium.shop.buy(premium.ada, tier="supporter")
    premium.shop.deliver_all()
    assert (premium.tier, purse("ada")) == ("supporter", (1000, 0))
    assert again["customer"] == premium.session["customer"]


def test_the_portal_is_that_of_ones_own_customer(premium: Subscribed, shop: Shop) -> None:
    answer = premium.ada.post("/api/aura/portal", json={})
    portal = premium.stripe.of("billing_portal.session")[0]
    assert (answer.status_code, answer.json["url"]) == (201, portal["url"])
    assert portal["customer"] == premium.session["customer"]
    assert _another(shop).post("/api/aura/portal", json={}).status_code == 404


def test_the_portal_and_the_prices_are_made_once(premium: Subscribed) -> None:
    for _ in range(2):
        premium.ada.post("/api/aura/portal", json={})
        premium.shop.app.extensions.pop("soundbox_stripe")  # as after a restart
    assert len(premium.stripe.of("billing_portal.configuration")) == 1
    assert len(premium.stripe.of("price")) == 3


def test_a_month_paid_at_another_price_brings_nothing(premium: Subscribed) -> None:
    cheap = premium.stripe.make("price", "price", unit_amount=1, currency="usd", product="prod", lookup_key=None)
    cheap["metadata"] = {"soundbox_tier": "creator"}
    premium.stripe.change(premium.id, cheap["id"], 1.0)
    assert "mismatch" in premium.shop.deliver_all()
    assert purse("ada") == (700, 0)


@pytest.mark.parametrize("lie", [{"customer": "cus_other"}, {"currency": "eur"}, {"livemode": True}])
def test_an_invoice_that_does_not_fit_brings_nothing(premium: Subscribed, lie: dict[str, Any]) -> None:
    invoice = premium.stripe.renew(premium.id)
    invoice |= lie
    assert "mismatch" in premium.shop.deliver_all()
    assert purse("ada") == (700, 0)


def _another(shop: Shop) -> FlaskClient:
    return member(shop.app, "ben", "free")


def test_whoever_leaves_must_have_ended_what_asks_for_money(premium: Subscribed) -> None:
    def leave() -> None:
        with db.money() as session:
            stopping.send(session, user=User.named(session, "ada"))

    with pytest.raises(Refusal, match="would go on"):
        leave()
    premium.stripe.cancel(premium.id)
    premium.shop.deliver_all()
    leave()


def test_orders_of_whoever_left_are_nobodys_and_refunds_do_no_harm(premium: Subscribed) -> None:
    with db.money() as session:
        user = User.named(session, "ada")
        assert user
        leaving.leave(session, user)
    paid = premium.stripe.of("invoice_payment")[0]["payment"]["payment_intent"]
    premium.stripe.refund(paid, 1000)
    premium.stripe.cancel(premium.id, at_once=True)
    assert set(premium.shop.deliver_all()) == {"done"}
    with db.read() as session:
        assert session.scalars(select(Order.user_id)).all() == [None]
