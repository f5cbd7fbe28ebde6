"""What runs in processes of its own: a purchase begun, or an event received, and killed at a named point."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from soundbox.app import create_app
from soundbox.config import Config
from soundbox.payments.models import Order, Payment, StripeEvent
from soundbox.payments.stripe_account import StripeAccount


def die(*_: Any, **__: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def before(owner: Any, name: str) -> None:
    setattr(owner, name, die)


def after(owner: Any, name: str) -> None:
    real = getattr(owner, name)

    def then_die(*arguments: Any, **named: Any) -> None:
        real(*arguments, **named)
        die()

    setattr(owner, name, then_die)


BUYING_POINTS: dict[str, Callable[[], None]] = {
    "before the order is committed": lambda: after(Order, "place"),
    "before Stripe hears of it": lambda: before(StripeAccount, "open_checkout"),
    "before its answer is kept": lambda: after(StripeAccount, "open_checkout"),
}
HEARING_POINTS: dict[str, Callable[[], None]] = {
    "before Stripe is asked": lambda: before(StripeAccount, "bought"),
    "before anything is booked": lambda: before(Payment, "book"),
    "before what is booked is committed": lambda: after(Payment, "book"),
    "before the event is noted": lambda: before(StripeEvent, "note_down"),
    "before the note is committed": lambda: after(StripeEvent, "note_down"),
    "before the answer": lambda: None,
}


def buy(instance: Path, settings: dict[str, Any], token: str, point: str) -> None:
    app = create_app(Config.load(instance, **settings))
    BUYING_POINTS[point]()
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "the same"}
    app.test_client().post("/api/aura/checkout", json={"pack": "medium"}, headers=headers)


def hear(instance: Path, settings: dict[str, Any], body: bytes, headers: dict[str, str], point: str) -> None:
    app = create_app(Config.load(instance, **settings))
    HEARING_POINTS[point]()
    app.test_client().post("/stripe/webhook", data=body, headers=headers)
    die()
