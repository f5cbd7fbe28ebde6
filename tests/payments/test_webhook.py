"""Who may tell us that somebody paid: Stripe, just now, about what was ordered."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from soundbox.accounts.models import User
from soundbox.extensions import db
from soundbox.payments.models import Order, StripeEvent
from tests.payments.conftest import Shop, purse

FAR = 301


def events() -> dict[str, tuple[str, str]]:
    with db.read() as session:
        return {event.type: (event.outcome, event.note) for event in session.scalars(select(StripeEvent))}


@pytest.fixture
def paid(shop: Shop, ada: FlaskClient) -> dict[str, Any]:
    """The event of a payment that we have not heard of."""
    shop.buy(ada)
    return shop.stripe.events[-1]


@pytest.mark.parametrize("late_by", [FAR, -FAR])
def test_a_moment_too_far_away_is_refused(shop: Shop, paid: dict[str, Any], late_by: int) -> None:
    assert shop.deliver(paid, late_by=late_by).status_code == 400
    assert (purse("ada"), events()) == ((0, 0), {})


@pytest.mark.parametrize("late_by", [290, -290])
def test_a_clock_that_is_a_little_wrong_is_not(shop: Shop, paid: dict[str, Any], late_by: int) -> None:
    assert shop.deliver(paid, late_by=late_by).status_code == 200
    assert purse("ada") == (100, 0)


def test_another_secret_is_refused(shop: Shop, paid: dict[str, Any]) -> None:
    assert shop.deliver(paid, secret="whsec_stolen").status_code == 400
    assert purse("ada") == (0, 0)


def test_any_of_our_secrets_will_do(shop: Shop, paid: dict[str, Any]) -> None:
    assert shop.deliver(paid, secret="whsec_next").status_code == 200


HEADERS = ("", "t=", "v1=", "t=1,v1=", "t=x,v1=0", "t=1", "t=1,t=2,v1=0", "v1=0", "t=-1,v1=0", "t=٣,v1=0", "t=1,v1=é")


@pytest.mark.parametrize("header", [*HEADERS, "t=1800000000000,v1=0", "," * 5000])
def test_a_damaged_signature_is_refused(shop: Shop, paid: dict[str, Any], header: str) -> None:
    body, headers = shop.stripe.signed(paid, int(time.time()))
    damaged = {**headers, "Stripe-Signature": header.encode().decode("latin-1")}
    assert shop.app.test_client().post("/stripe/webhook", data=body, headers=damaged).status_code == 400


def test_the_signature_is_of_the_raw_body(shop: Shop, paid: dict[str, Any]) -> None:
    body, headers = shop.stripe.signed(paid, int(time.time()))
    client = shop.app.test_client()
    assert client.post("/stripe/webhook", data=body + b" ", headers=headers).status_code == 400
    assert client.post("/stripe/webhook", data=json.dumps(paid), headers=headers).status_code == 400
    assert client.post("/stripe/webhook", data=body, headers=headers).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"id": 1}',
        b"[" * 100_000,
        b"\xff\xfe",
        b'{"id":"e","type":"t","livemode":false,"data":[]}',
    ],
)
def test_what_is_signed_but_no_event_is_refused(shop: Shop, body: bytes) -> None:
    from soundbox.payments.signature import sign

    headers = {"Stripe-Signature": sign(body, shop.stripe.secret, int(time.time()))}
    answer = shop.app.test_client().post("/stripe/webhook", data=body, headers=headers)
    assert answer.status_code == 400


def test_a_huge_body_is_refused_before_it_is_read(shop: Shop) -> None:
    assert shop.app.test_client().post("/stripe/webhook", data=b"x" * 300_000).status_code == 413


def test_another_mode_credits_nothing(shop: Shop, paid: dict[str, Any]) -> None:
    assert shop.deliver({**paid, "livemode": True}).json["outcome"] == "other mode"
    assert purse("ada") == (0, 0)


def test_unknown_events_are_accepted_and_noted(shop: Shop) -> None:
    event = shop.stripe.tell("payout.created", {"id": "po_1", "object": "payout"})
    assert shop.deliver(event).json == {"received": True, "outcome": "ignored"}
    assert events() == {"payout.created": ("ignored", "")}


def test_what_is_sold_elsewhere_with_the_same_account_is_not_ours(shop: Shop) -> None:
    foreign = shop.stripe.make("payment_intent", "pi", amount=700, currency="usd")["id"]
    shop.stripe.refund(foreign, 700)
    shop.stripe.tell("invoice.paid", {"id": "in_unknown", "object": "invoice"})
    shop.stripe.tell("checkout.session.completed", {"id": "cs_unknown", "object": "checkout.session"})
    assert shop.deliver_all() == ["foreign"] * 3


@pytest.mark.parametrize(
    ("lie", "words"),
    [
        ({"amount_total": 1}, "It is about $0.01, the order about $2.00"),
        ({"amount_total": 20000}, "the order about $2.00"),
        ({"currency": "huf"}, "It is about 2.00 HUF"),
        ({"metadata": {"person": "somebody-else"}}, "another person"),
        ({"metadata": {}}, "another person"),
        ({"livemode": True}, "Livemode"),
    ],
)
def test_what_was_not_ordered_credits_nothing_and_is_noted(
    shop: Shop, ada: FlaskClient, lie: dict[str, Any], words: str
) -> None:
    order = shop.order(ada)
    shop.stripe.pay(shop.session_of(order), **lie)
    shop.stripe.events[-1]["livemode"] = False
    assert shop.deliver_all() == ["mismatch"]
    assert words in events()["checkout.session.completed"][1]
    assert purse("ada") == (0, 0)
    with db.read() as session:
        found = session.get_one(Order, order["order"])
        assert found.state == "refused" and words in found.note


def test_what_was_set_right_counts_when_the_event_comes_again(shop: Shop, ada: FlaskClient) -> None:
    paid = shop.stripe.pay(shop.session_of(shop.order(ada)), metadata={})
    assert (shop.deliver_all(), purse("ada")) == (["mismatch"], (0, 0))
    with db.read() as session:
        user = User.named(session, "ada")
        assert user
        paid["metadata"] = {"person": user.public_id}
    assert (shop.deliver_all(), purse("ada")) == (["done"], (100, 0))
    assert events() == {"checkout.session.completed": ("done", "")}


def test_the_session_of_another_order_pays_only_its_own(shop: Shop, ada: FlaskClient) -> None:
    cheap, dear = shop.order(ada, pack="small"), shop.order(ada, pack="large")
    shop.stripe.pay(shop.session_of(cheap), client_reference_id=dear["order"])
    assert shop.deliver_all() == ["mismatch"]
    assert purse("ada") == (0, 0)


def test_while_stripe_is_away_the_event_must_come_again(shop: Shop, paid: dict[str, Any]) -> None:
    shop.stripe.is_away = True
    assert shop.deliver(paid).status_code == 503
    shop.stripe.is_away = False
    assert shop.deliver(paid).status_code == 200
    assert purse("ada") == (100, 0)


def test_many_events_in_a_row_meet_no_limit(shop: Shop) -> None:
    event = shop.stripe.tell("payout.created", {"id": "po_1", "object": "payout"})
    assert {shop.deliver(event).status_code for _ in range(100)} == {200}


def test_what_was_read_before_somebody_wrote_is_read_again(shop: Shop, ada: FlaskClient) -> None:
    """A refund becomes known while an older delivery still believes that there is none."""
    intent = shop.buy(ada)["payment_intent"]
    shop.deliver_all()
    refund = shop.stripe.refund(intent, 200)
    shop.stripe.things[refund["id"]]["payment_intent"] = "hidden"
    slow = shop.stripe.tell("refund.updated", {**refund, "payment_intent": intent})

    def overtake(method: str, path: str) -> None:
        if path == "/v1/refunds":
            shop.stripe.before_answer = lambda *_: None
            shop.stripe.things[refund["id"]]["payment_intent"] = intent
            assert shop.deliver(shop.stripe.events[-2]).status_code == 200
            assert purse("ada") == (0, 0)

    shop.stripe.before_answer = overtake
    assert shop.deliver(slow).status_code == 200
    assert purse("ada") == (0, 0)
