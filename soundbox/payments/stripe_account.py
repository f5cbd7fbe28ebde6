"""What we ask Stripe, and its answers in our words. The only place that knows the `stripe` package.

Its API is versioned by the package, not by whatever an endpoint was set up with: that is why an event only names what
to look at, and what counts is read here.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import stripe

from soundbox.config import Config

from .catalogue import Catalogue, Listed
from .models import Order
from .reversals import Reversal
from .shop import Item
from .standing import Plan

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 8.0  # Stripe waits longer than this for the answer to an event
RETRIES = 2
PAGE = 100


class StripeAway(Exception):
    """Stripe cannot be reached, or does not want to talk to us now. Trying again later helps."""


class NotThere(Exception):
    """Stripe knows no such thing."""


@dataclass(frozen=True)
class Bought:
    """A Checkout session. `order_id` and `person` are what we gave it; `cents` what its page asked for."""

    id: str
    order_id: str
    person: str
    sort: str
    is_paid: bool
    is_expired: bool
    cents: int
    currency: str
    livemode: bool
    payment_intent: str | None
    subscription: str | None


@dataclass(frozen=True)
class Line:
    """One line of an invoice; `cents` is negative for time that is given back. `price` is None for what is not ours."""

    cents: int
    price: Listed | None


@dataclass(frozen=True)
class Invoice:
    id: str
    subscription: str | None
    customer: str
    is_paid: bool
    cents: int
    currency: str
    livemode: bool
    payment_intent: str | None
    lines: tuple[Line, ...]


class StripeAccount:
    """The operator's account. Every method raises `StripeAway`, those that look something up `NotThere`, too."""

    def __init__(self, config: Config) -> None:
        self._client = stripe.StripeClient(
            config.stripe_secret_key,
            base_addresses={"api": config.stripe_api},
            max_network_retries=RETRIES,
            http_client=stripe.RequestsClient(timeout=TIMEOUT_SECONDS),
        )
        self._catalogue = Catalogue(self._client.v1)

    def open_checkout(
        self, order: Order, item: Item, person: str, customer: str | None, success: str, cancel: str
    ) -> tuple[str, str]:
        """The id of the session and the address of its page; the same ones for the same order."""
        marks = {"order": order.id, "person": person}
        params: dict[str, Any] = {
            "client_reference_id": order.id,
            "metadata": marks,
            "success_url": success,
            "cancel_url": cancel,
        }
        if customer:
            params["customer"] = customer
        with talking():
            if order.is_tier:
                line: dict[str, Any] = {"price": self._catalogue.price_of(item).id, "quantity": 1}
                params |= {"mode": "subscription", "subscription_data": {"metadata": marks}}
            else:
                product = {"name": f"{item.aura} Aura", "metadata": {"soundbox_pack": item.name}}
                data = {"currency": item.currency, "unit_amount": item.cents, "product_data": product}
                line = {"price_data": data, "quantity": 1}
                params |= {"mode": "payment", "payment_intent_data": {"metadata": marks}}
            params["line_items"] = [line]
            made = self._client.v1.checkout.sessions.create(params, {"idempotency_key": f"order-{order.id}"})  # type: ignore[arg-type]
        return made.id, made.url or ""

    def open_portal(self, items: list[Item], customer: str, back: str) -> str:
        """The address of the page where this customer manages the subscription."""
        with talking():
            configuration = self._catalogue.portal_for(items)
            made = self._client.v1.billing_portal.sessions.create(
                {"customer": customer, "return_url": back, "configuration": configuration}
            )
        return made.url

    def bought(self, session_id: str) -> Bought:
        with talking():
            return _bought(self._client.v1.checkout.sessions.retrieve(session_id))

    def invoice(self, invoice_id: str) -> Invoice:
        with talking():
            found: Any = self._client.v1.invoices.retrieve(invoice_id, {"expand": ["payments"]})
            details = found.parent.subscription_details if found.parent else None
            return Invoice(
                id=found.id,
                subscription=_id(details.subscription) if details else None,
                customer=_id(found.customer) or "",
                is_paid=found.status == "paid",
                cents=found.amount_paid,
                currency=found.currency,
                livemode=found.livemode,
                payment_intent=_paid_by(found),
                lines=tuple(Line(line.amount, self._price_on(line)) for line in found.lines.data),
            )

    def plan(self, subscription_id: str) -> Plan | None:
        """None: it is none of ours."""
        with talking():
            found: Any = self._client.v1.subscriptions.retrieve(subscription_id)
            item = found["items"].data[0]
            price = self._catalogue.price(item.price.id)
        marks = found.metadata
        if price is None or "order" not in marks:
            return None
        return Plan(
            id=found.id,
            order_id=marks["order"],
            person=_mark(marks, "person"),
            customer=_id(found.customer) or "",
            tier=price.tier,
            status=found.status,
            period_start_ms=item.current_period_start * 1000,
            period_end_ms=item.current_period_end * 1000,
            ends_ms=_ends_ms(found, item),
            livemode=found.livemode,
        )

    def reversals(self, payment_intent: str) -> list[Reversal]:
        """All refunds and disputes of a payment."""
        with talking():
            about: Any = {"payment_intent": payment_intent, "limit": PAGE}
            refunds = self._client.v1.refunds.list(about).auto_paging_iter()
            disputes = self._client.v1.disputes.list(about).auto_paging_iter()
            return [
                *(Reversal(one.id, one.amount, one.currency, one.status or "") for one in refunds),
                *(Reversal(one.id, one.amount, one.currency, one.status, is_dispute=True) for one in disputes),
            ]

    def paid_with(self, payment_intent: str) -> tuple[str | None, str | None]:
        """What a payment was for: a Checkout session or an invoice; neither, when it has nothing to do with us."""
        with talking():
            sessions = self._client.v1.checkout.sessions.list({"payment_intent": payment_intent, "limit": 1}).data
            if sessions:
                return sessions[0].id, None
            about: Any = {"payment": {"type": "payment_intent", "payment_intent": payment_intent}, "limit": 1}
            invoices = self._client.v1.invoice_payments.list(about).data
            return None, _id(invoices[0].invoice) if invoices else None

    def events_since(self, seconds: int, kinds: list[str]) -> Iterator[Any]:
        """Stripe's own list of what happened since this second of 1970, oldest first. It keeps 30 days."""
        with talking():
            about: Any = {"created": {"gte": seconds}, "types": kinds, "limit": PAGE}
            yield from reversed(list(self._client.v1.events.list(about).auto_paging_iter()))

    def _price_on(self, line: Any) -> Listed | None:
        details = line.pricing.price_details if line.pricing else None
        price_id = _id(details.price) if details else None
        return self._catalogue.price(price_id) if price_id else None


@contextmanager
def talking() -> Iterator[None]:
    try:
        yield
    except stripe.InvalidRequestError as error:
        if error.http_status == 404:
            raise NotThere(str(error.user_message or "Stripe does not know it")) from None
        log.exception("Stripe did not understand us")
        raise StripeAway(str(error.user_message)) from None
    except stripe.StripeError as error:
        log.warning("Stripe: %s", type(error).__name__)
        raise StripeAway(str(error.user_message or type(error).__name__)) from None


def _bought(found: Any) -> Bought:
    marks = found.metadata or {}
    return Bought(
        id=found.id,
        order_id=found.client_reference_id or "",
        person=_mark(marks, "person"),
        sort="tier" if found.mode == "subscription" else "pack",
        is_paid=found.payment_status == "paid",
        is_expired=found.status == "expired",
        cents=found.amount_total or 0,
        currency=found.currency or "",
        livemode=found.livemode,
        payment_intent=_id(found.payment_intent),
        subscription=_id(found.subscription),
    )


def _paid_by(invoice: Any) -> str | None:
    paid = (one.payment for one in invoice.payments.data if one.status == "paid") if invoice.payments else ()
    return next((_id(one.payment_intent) for one in paid if one.type == "payment_intent"), None)


def _ends_ms(found: Any, item: Any) -> int | None:
    seconds = found.ended_at or found.cancel_at or (item.current_period_end if found.cancel_at_period_end else None)
    return seconds * 1000 if seconds else None


def _mark(marks: Any, name: str) -> str:
    return str(getattr(marks, name, ""))


def _id(found: Any) -> str | None:
    """Of something that Stripe may have told in full."""
    return found if found is None or isinstance(found, str) else found.id
