"""Money that goes back takes its Aura along; what was spent before is owed."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from soundbox.payments.reversals import Reversal, aura_back, cents_back
from tests.payments.conftest import Shop, purse, spend


def refund(cents: int, status: str = "succeeded", currency: str = "usd") -> Reversal:
    return Reversal("re", cents, currency, status)


def dispute(cents: int, status: str = "needs_response") -> Reversal:
    return Reversal("dp", cents, "usd", status, is_dispute=True)


@pytest.mark.parametrize(
    ("reversals", "gone"),
    [
        ([], 0),
        ([refund(200)], 200),
        ([refund(200), refund(300)], 500),
        ([refund(200, "pending")], 200),
        ([refund(200, "failed"), refund(100, "canceled")], 0),
        ([dispute(500)], 500),
        ([dispute(500, "lost")], 500),
        ([dispute(500, "won")], 0),
        ([dispute(500, "warning_needs_response")], 0),
        ([refund(300), dispute(500)], 500),
        ([refund(900)], 500),
        ([refund(30, currency="huf")], 500),
    ],
)
def test_what_is_gone_of_five_dollars(reversals: list[Reversal], gone: int) -> None:
    assert cents_back(reversals, 500, "usd") == gone


@pytest.mark.parametrize(("cents", "aura"), [(0, 0), (1, 0), (250, 137), (499, 274), (500, 275)])
def test_aura_goes_in_proportion_and_all_of_it_for_all(cents: int, aura: int) -> None:
    assert aura_back(275, 500, cents) == aura


def test_a_month_that_cost_nothing_has_nothing_to_give_back() -> None:
    assert aura_back(300, 0, 0) == 0


@pytest.fixture
def intent(shop: Shop, ada: FlaskClient) -> str:
    """The payment of ada's 275 Aura."""
    paid = shop.buy(ada, pack="medium")
    shop.deliver_all()
    name: str = paid["payment_intent"]
    return name


def test_a_refund_takes_the_aura_back(shop: Shop, intent: str) -> None:
    shop.stripe.refund(intent, 500)
    shop.deliver_all()
    assert purse("ada") == (0, 0)


def test_refunds_in_parts_take_parts(shop: Shop, intent: str) -> None:
    for _ in range(2):
        shop.stripe.refund(intent, 250)
    shop.deliver_all()
    assert purse("ada") == (0, 0)


def test_a_refund_that_fails_gives_the_aura_again(shop: Shop, intent: str) -> None:
    refund = shop.stripe.refund(intent, 500)
    shop.deliver_all()
    refund["status"] = "failed"
    shop.stripe.tell("refund.failed", refund)
    shop.deliver_all()
    assert purse("ada") == (275, 0)


def test_what_was_spent_before_is_owed_and_paid_first(shop: Shop, ada: FlaskClient, intent: str) -> None:
    spend("ada", 200)
    shop.stripe.dispute(intent, 500)
    shop.deliver_all()
    assert purse("ada") == (0, 200)
    shop.buy(ada, pack="medium")
    shop.deliver_all()
    assert purse("ada") == (75, 0)


@pytest.mark.parametrize(("status", "left"), [("won", (75, 0)), ("lost", (0, 200))])
def test_a_dispute_is_decided(shop: Shop, intent: str, status: str, left: tuple[int, int]) -> None:
    spend("ada", 200)
    dispute = shop.stripe.dispute(intent, 500)
    shop.deliver_all()
    shop.stripe.close(dispute["id"], status)
    shop.deliver_all()
    assert purse("ada") == left


def test_a_month_of_a_tier_goes_back_too(shop: Shop, ada: FlaskClient) -> None:
    """Its payment has no Checkout session: it is found by its invoice."""
    shop.buy(ada, tier="supporter")
    shop.deliver_all()
    assert purse("ada") == (300, 0)
    paid = shop.stripe.of("invoice_payment")[0]["payment"]["payment_intent"]
    shop.stripe.refund(paid, 500)
    shop.deliver_all()
    assert purse("ada") == (0, 0)


def test_a_refund_that_is_told_before_the_payment_finds_it(shop: Shop, ada: FlaskClient) -> None:
    paid = shop.buy(ada, pack="medium")
    shop.stripe.refund(paid["payment_intent"], 250)
    assert shop.deliver(shop.stripe.events[-1]).json["outcome"] == "done"
    assert purse("ada") == (138, 0)
    shop.deliver_all()
    assert purse("ada") == (138, 0)
