"""From an order to Aura: paid at Stripe, told by a signed event, credited once."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from soundbox.extensions import db
from soundbox.payments.models import Order
from tests.conftest import member
from tests.payments.conftest import Shop, purse

HTML = {"Accept": "text/html"}
JSON = {"Accept": "application/json"}


def state_of(who: FlaskClient, order: str) -> str:
    state: str = who.get(f"/aura/orders/{order}", headers=JSON).json["state"]
    return state


def test_aura_comes_with_the_event_and_not_before(shop: Shop, ada: FlaskClient) -> None:
    order = shop.order(ada, pack="medium")
    assert order["url"].startswith(shop.stripe.address)
    shop.stripe.pay(shop.session_of(order))
    assert (purse("ada"), state_of(ada, order["order"])) == ((0, 0), "open")
    assert shop.deliver_all() == ["done"]
    assert (purse("ada"), state_of(ada, order["order"])) == ((275, 0), "paid")


def test_an_event_that_comes_again_changes_nothing(shop: Shop, ada: FlaskClient) -> None:
    shop.buy(ada)
    assert shop.deliver_all() == shop.deliver_all() == ["done"]
    assert purse("ada") == (100, 0)


def test_two_events_about_one_payment_credit_once(shop: Shop, ada: FlaskClient) -> None:
    session = shop.buy(ada)
    shop.stripe.tell("checkout.session.async_payment_succeeded", session)
    assert shop.deliver_all() == ["done", "done"]
    assert purse("ada") == (100, 0)


def test_a_slow_payment_counts_when_it_arrives(shop: Shop, ada: FlaskClient) -> None:
    session = shop.stripe.pay(shop.session_of(shop.order(ada)), payment_status="unpaid")
    assert (shop.deliver_all(), purse("ada")) == (["done"], (0, 0))
    session["payment_status"] = "paid"
    shop.deliver(shop.stripe.tell("checkout.session.async_payment_succeeded", session))
    assert purse("ada") == (100, 0)


def test_an_order_that_nobody_paid_expires(shop: Shop, ada: FlaskClient) -> None:
    order = shop.order(ada)
    shop.stripe.expire(shop.session_of(order))
    shop.deliver_all()
    assert (purse("ada"), state_of(ada, order["order"])) == ((0, 0), "expired")


def test_a_form_is_led_to_stripe_and_htmx_is_told_to_go(shop: Shop, ada: FlaskClient) -> None:
    answer = ada.post("/api/aura/checkout", data={"pack": "small"}, headers=HTML)
    assert answer.status_code == 303 and answer.location.startswith(shop.stripe.address)
    answer = ada.post("/api/aura/checkout", data={"pack": "small"}, headers={"HX-Request": "true"})
    assert answer.status_code == 204 and answer.headers["HX-Redirect"].startswith(shop.stripe.address)


def test_the_page_lets_forms_go_to_stripe_and_nowhere_else(shop: Shop, ada: FlaskClient) -> None:
    policy = ada.get("/aura", headers=HTML).headers["Content-Security-Policy"]
    assert f"form-action 'self' {shop.stripe.address};" in policy
    assert shop.stripe.address not in ada.get("/library", headers=HTML).headers["Content-Security-Policy"]


def test_the_same_key_begins_one_purchase(shop: Shop, ada: FlaskClient) -> None:
    first, again = (
        ada.post("/api/aura/checkout", json={"pack": "small"}, headers={"Idempotency-Key": "k"}) for _ in range(2)
    )
    other = ada.post("/api/aura/checkout", json={"pack": "large"}, headers={"Idempotency-Key": "k"})
    assert (first.json, other.status_code) == (again.json, 422)
    assert len(shop.stripe.of("checkout.session")) == 1


def test_somebody_elses_key_is_another_key(shop: Shop, ada: FlaskClient) -> None:
    dov = member(shop.app, "dov", "free")
    orders = {
        who.post("/api/aura/checkout", json={"pack": "small"}, headers={"Idempotency-Key": "k"}).json["order"]
        for who in (ada, dov)
    }
    assert len(orders) == 2


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ({}, 400, "either a pack or a tier"),
        ({"pack": "small", "tier": "premium"}, 400, "either a pack or a tier"),
        ({"pack": "huge"}, 400, "no pack of this name"),
        ({"tier": "admin"}, 400, "no tier of this name"),
        ({"tier": "free"}, 400, "no tier of this name"),
    ],
)
def test_what_is_not_sold_is_refused(
    shop: Shop, ada: FlaskClient, body: dict[str, str], status: int, words: str
) -> None:
    answer = ada.post("/api/aura/checkout", json=body)
    assert answer.status_code == status and words in answer.json["error"]
    assert shop.stripe.requests == []


def test_prices_come_from_us_and_not_from_the_buyer(shop: Shop, ada: FlaskClient) -> None:
    order = shop.order(ada, pack="large", price="0.01", cents="1", aura="9999")
    assert shop.stripe.things[shop.session_of(order)]["amount_total"] == 1000
    shop.stripe.pay(shop.session_of(order))
    shop.deliver_all()
    assert purse("ada") == (600, 0)


def test_guests_sign_up_first(shop: Shop) -> None:
    assert shop.app.test_client().post("/api/aura/checkout", json={"pack": "small"}).status_code == 401


def test_nobody_sees_the_orders_of_others(shop: Shop, ada: FlaskClient) -> None:
    order = shop.order(ada)["order"]
    for other in (member(shop.app, "dov", "free"), member(shop.app, "cleo", "free", is_admin=True)):
        assert other.get(f"/aura/orders/{order}").status_code == 404
    assert shop.app.test_client().get(f"/aura/orders/{order}").status_code == 404


def test_while_stripe_is_away_nothing_is_begun(shop: Shop, ada: FlaskClient) -> None:
    shop.stripe.is_away = True
    key = {"Idempotency-Key": "k"}
    answer = ada.post("/api/aura/checkout", json={"pack": "small"}, headers=key)
    assert answer.status_code == 503 and answer.headers["Retry-After"]
    shop.stripe.is_away = False
    assert ada.post("/api/aura/checkout", json={"pack": "small"}, headers=key).status_code == 201
    with db.read() as session:
        assert session.query(Order).count() == 1


def test_a_payment_page_of_an_unknown_place_is_not_followed(shop: Shop, ada: FlaskClient) -> None:
    shop.stripe.address = "https://evil.example"
    assert ada.post("/api/aura/checkout", data={"pack": "small"}, headers=HTML).status_code == 503


@pytest.mark.parametrize("path", ["/api/aura/checkout", "/api/aura/portal", "/stripe/webhook"])
def test_without_a_key_there_is_no_shop(public_app: Flask, path: str) -> None:
    ada = member(public_app, "ada", "free")
    answer = ada.post(path, json={"pack": "small"})
    assert (answer.status_code, answer.json) == (404, {"error": "Nothing is sold here"})
    assert ada.get("/api/aura").json["packs"] == []
