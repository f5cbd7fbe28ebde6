"""What was paid while nobody listened: Stripe's own list of events, heard as if it had told them."""

from __future__ import annotations

import time
from collections import Counter

from soundbox.config import Config
from soundbox.extensions import db

from .models import StripeEvent
from .settling import Settling, Told
from .stripe_account import StripeAccount, StripeAway

DAY_SECONDS = 86_400
# What the endpoint at Stripe should send, and what is asked for here; twenty is the most that Stripe lists by name.
KINDS = [
    *(
        f"checkout.session.{what}"
        for what in ("completed", "async_payment_succeeded", "async_payment_failed", "expired")
    ),
    *(f"customer.subscription.{what}" for what in ("created", "updated", "deleted", "paused", "resumed")),
    *(f"invoice.{what}" for what in ("paid", "payment_failed")),
    *(f"refund.{what}" for what in ("created", "updated", "failed")),
    *(f"charge.dispute.{what}" for what in ("created", "updated", "closed", "funds_withdrawn", "funds_reinstated")),
    "charge.refunded",
]


class CannotReconcile(Exception):
    """The message says why not."""


def reconcile(config: Config, days: int) -> Counter[str]:
    """Hear all that was missed in this time. How many events came to what. Raises `CannotReconcile`; what was heard by
    then stays."""
    if not config.sells:
        raise CannotReconcile("Nothing is sold here: SOUNDBOX_STRIPE_SECRET_KEY is empty, or the mode is open.")
    try:
        return _hear_all(config, days)
    except StripeAway as away:
        raise CannotReconcile(f"Stripe: {away}") from None


def _hear_all(config: Config, days: int) -> Counter[str]:
    account = StripeAccount(config)
    settling = Settling(account, config)
    found: Counter[str] = Counter()
    for event in account.events_since(int(time.time()) - days * DAY_SECONDS, KINDS):
        told = Told(event.id, event.type, event.livemode, event.data.object.to_dict())
        with db.read() as session:
            is_known = StripeEvent.settled(session, told.id) is not None
        found["known" if is_known else settling.hear(told)] += 1
    return found
