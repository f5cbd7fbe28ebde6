"""A public site with a shop, the fake Stripe behind it, and who buys there."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from soundbox.accounts.models import User
from soundbox.app import create_app
from soundbox.aura import ledger
from soundbox.config import Config
from soundbox.extensions import db
from tests.conftest import member
from tests.payments.fake_stripe import FakeStripe


class Shop:
    """The site, and Stripe's way to it."""

    def __init__(self, app: Flask, stripe: FakeStripe) -> None:
        self.app, self.stripe = app, stripe
        self.post_box = app.test_client()

    def deliver(self, event: dict[str, Any], *, late_by: int = 0, secret: str = "") -> TestResponse:
        """One event, as Stripe sends it; `late_by` seconds after it was signed."""
        body, headers = self.stripe.signed(event, int(time.time()) - late_by, secret)
        return self.app.test_client().post("/stripe/webhook", data=body, headers=headers)

    def deliver_all(self) -> list[str]:
        """Everything that has happened, in order. What came of each."""
        return [self.deliver(event).json["outcome"] for event in self.stripe.events]

    def order(self, who: FlaskClient, **item: str) -> dict[str, Any]:
        answer = who.post("/api/aura/checkout", json=item or {"pack": "small"})
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json
        return made

    def session_of(self, order: dict[str, Any]) -> str:
        return next(
            one["id"] for one in self.stripe.of("checkout.session") if one["client_reference_id"] == order["order"]
        )

    def buy(self, who: FlaskClient, **item: str) -> dict[str, Any]:
        """Ordered and paid at Stripe; we have not heard of it yet. The paid session."""
        return self.stripe.pay(self.session_of(self.order(who, **item)))


def purse(name: str) -> tuple[int, int]:
    """Balance and debt."""
    with db.read() as session:
        user = User.named(session, name)
        assert user
        return ledger.balance(session, user.id), ledger.debt(session, user.id)


def spend(name: str, aura: int, job: str = "job") -> None:
    """On a skip that was worth it."""
    with db.money() as session:
        user = User.named(session, name)
        assert user
        ledger.hold(session, user.id, aura, job)
        ledger.capture(session, job)


@pytest.fixture
def stripe() -> Iterator[FakeStripe]:
    running = FakeStripe()
    yield running
    running.stop()


@pytest.fixture
def shop_settings(config: Config, stripe: FakeStripe) -> dict[str, Any]:
    return {
        "database": config.database,
        "worker": "none",
        "mode": "accounts",
        "stripe_secret_key": "sk_test_fake",
        "stripe_webhook_secrets": ("whsec_next", stripe.secret),
        "stripe_api": stripe.address,
        "stripe_pages": (stripe.address,),
    }


@pytest.fixture
def shop(config: Config, database: None, stripe: FakeStripe, shop_settings: dict[str, Any]) -> Shop:
    return Shop(create_app(Config.load(config.instance, **shop_settings)), stripe)


@pytest.fixture
def ada(shop: Shop) -> FlaskClient:
    return member(shop.app, "ada", "free")
