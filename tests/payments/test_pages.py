"""Aura's page explains itself: to members, guests, people who owe, where nothing is sold, and to the owner."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from soundbox.app import create_app
from soundbox.config import Config, ConfigError
from soundbox.extensions import db
from tests.conftest import member
from tests.payments.conftest import Shop, purse, spend

HTML = {"Accept": "text/html"}


def page(who: FlaskClient, path: str = "/aura") -> str:
    answer = who.get(path, headers=HTML)
    assert answer.status_code == 200
    return " ".join(answer.text.split())


def test_a_member_sees_what_they_have_and_what_is_sold(shop: Shop, ada: FlaskClient) -> None:
    shop.buy(ada)
    shop.deliver_all()
    text = page(ada)
    assert "100 <small>Aura</small>" in text
    for words in ("Buy for $5.00", "Become Creator", "$20.00 a month", "1500 Aura every month", "up to 30 seconds"):
        assert words in text
    assert 'aria-label="100 Aura"' in page(ada, "/library")


def test_a_guest_is_asked_to_sign_up(shop: Shop) -> None:
    text = page(shop.app.test_client())
    assert "Sign up to buy" in text and "$5.00" in text and "Buy for" not in text


def test_without_a_shop_nothing_is_offered(public_app: Flask) -> None:
    text = page(member(public_app, "ada", "free"))
    assert "Nothing is sold here" in text and "Buy" not in text and "Stripe" not in text
    assert "up to 30 seconds" in text


def test_the_owner_of_an_open_instance_needs_none(owner: FlaskClient) -> None:
    text = page(owner)
    assert "You need none here" in text and "<small>Aura</small>" not in text


def test_programs_read_the_same(shop: Shop, ada: FlaskClient) -> None:
    told = ada.get("/api/aura").json
    assert [(pack["name"], pack["aura"], pack["price"]) for pack in told["packs"]] == [
        ("small", 100, "$2.00"),
        ("medium", 275, "$5.00"),
        ("large", 600, "$10.00"),
    ]
    assert [(tier["name"], tier["cents"]) for tier in told["tiers"]] == [
        ("supporter", 500),
        ("premium", 1000),
        ("creator", 2000),
    ]
    assert (told["balance"], told["held"], told["debt"], told["tier"]) == (0, 0, 0, "free")


def test_the_page_tells_where_it_came_from(shop: Shop, ada: FlaskClient) -> None:
    assert "Where it came from" not in page(ada)
    shop.stripe.refund(shop.buy(ada)["payment_intent"], 200)
    shop.deliver_all()
    text = page(ada)
    assert "Where it came from and went" in text and "+100" in text and "-100" in text


def test_the_page_asks_the_database_few_questions(shop: Shop, ada: FlaskClient) -> None:
    """Five of its own; identity and header ask three more."""
    shop.buy(ada, tier="premium")
    shop.deliver_all()
    page(ada)
    asked: list[str] = []

    def count(_connection, _cursor, statement: str, *_: object) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", count)
    page(ada)
    event.remove(db.engine, "before_cursor_execute", count)
    assert len(asked) <= 8, asked


def test_who_owes_is_told_what_that_means(shop: Shop, ada: FlaskClient) -> None:
    paid = shop.buy(ada)
    shop.deliver_all()
    spend("ada", 60)
    shop.stripe.dispute(paid["payment_intent"], 200)
    shop.deliver_all()
    assert purse("ada") == (0, 60)
    assert "You owe 60 Aura" in page(ada)


def test_a_subscription_says_how_it_stands(shop: Shop, ada: FlaskClient) -> None:
    subscription = shop.buy(ada, tier="premium")["subscription"]
    shop.deliver_all()
    assert "You have Premium. It is renewed on" in page(ada) and "Become" not in page(ada)
    shop.stripe.renew(subscription, paid=False)
    shop.deliver_all()
    assert "The last payment for Premium failed" in page(ada)
    shop.stripe.cancel(subscription)
    shop.stripe.things[subscription]["status"] = "active"
    shop.deliver_all()
    shop.deliver(shop.stripe.tell("customer.subscription.updated", shop.stripe.things[subscription]))
    assert "It will not be renewed" in page(ada)
    shop.stripe.cancel(subscription, at_once=True)
    shop.deliver_all()
    assert "Premium has ended" in page(ada) and "Become Premium" in page(ada)


def test_an_order_tells_what_happens_and_then_what_has(shop: Shop, ada: FlaskClient) -> None:
    order = shop.order(ada, pack="medium")
    path = f"/aura/orders/{order['order']}"
    assert "nothing was charged" in page(ada, f"{path}?back=left") and order["url"] in page(ada, f"{path}?back=left")
    shop.stripe.pay(shop.session_of(order))
    waiting = page(ada, f"{path}?back=paid")
    assert "275 Aura arrives in a moment" in waiting and "every 2s" in waiting
    shop.deliver_all()
    assert "275 Aura arrived" in page(ada, f"{path}?back=paid") and "every 2s" not in page(ada, f"{path}?back=paid")


def test_a_page_that_waits_is_not_drawn_again_for_nothing(shop: Shop, ada: FlaskClient) -> None:
    order = shop.order(ada)
    path = f"/aura/orders/{order['order']}?back=paid&seen=open False 2"
    assert ada.get(path, headers={"HX-Request": "true"}).status_code == 204
    shop.stripe.pay(shop.session_of(order))
    shop.deliver_all()
    answer = ada.get(path, headers={"HX-Request": "true"})
    assert "100 Aura arrived" in answer.text and "<html" not in answer.text


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"stripe_secret_key": "sk_test_x"}, "SOUNDBOX_STRIPE_WEBHOOK_SECRETS"),
        ({"currency": "jpy"}, "two digits"),
        ({"currency": "dollars"}, "CURRENCY"),
        ({"aura_packs": "Small:100"}, "Small:100:2.00"),
        ({"aura_packs": "Small:0:2.00"}, "Small:100:2.00"),
        ({"aura_packs": "A:1:2.00,a:2:3.00"}, "names differ"),
    ],
)
def test_nonsense_is_refused_at_the_start(tmp_path, settings: dict[str, str], words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        Config.load(tmp_path, mode="accounts", **settings)


def test_secrets_are_not_told(shop_settings: dict[str, object], config: Config) -> None:
    told = repr(Config.load(config.instance, **shop_settings))
    assert "sk_test_fake" not in told and "whsec" not in told


def test_packs_and_currency_are_the_operators_choice(
    config: Config, shop_settings: dict[str, object], database: None
) -> None:
    chosen = {**shop_settings, "aura_packs": "A few:50:0.99", "currency": "eur"}
    app = create_app(Config.load(config.instance, **chosen))
    told = app.test_client().get("/api/aura").json
    assert [(pack["name"], pack["aura"], pack["price"]) for pack in told["packs"]] == [("a-few", 50, "€0.99")]
