"""From an event to what it changes.

An event only says what to look at. What counts is how that stands at Stripe now, so it does not matter in which order
events come, how often, or which are lost. Between reading there and writing here somebody else may have written what
is newer: then the version has moved, and it is read again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from soundbox.accounts.models import User
from soundbox.config import Config
from soundbox.extensions import db

from .faults import fault_of_invoice, fault_of_plan, fault_of_session
from .models import Order, Payment, Sale, StripeEvent
from .reversals import cents_back
from .sales import sale_again, sale_of_month, sale_of_pack
from .standing import Plan
from .stripe_account import Bought, NotThere, StripeAccount, StripeAway
from .subscriptions import Subscription

log = logging.getLogger(__name__)

MOST_LOOKS = 20


class Outcome(StrEnum):
    done = "done"
    ignored = "ignored"  # nothing that matters here
    foreign = "foreign"  # of something else that this Stripe account sells
    mismatch = "mismatch"  # not what was ordered: an admin must look
    other_mode = "other mode"  # of the test mode on a site that takes real money, or the other way round


class Foreign(Exception):
    """It has nothing to do with Sound Box."""


class Mismatch(Exception):
    """What Stripe tells is not what was ordered. Nothing is given for it."""


@dataclass(frozen=True)
class Told:
    """What of an event matters."""

    id: str
    type: str
    livemode: bool
    thing: dict[str, Any]

    @property
    def subject(self) -> str:
        return str(self.thing.get("id") or "")


class Settling:
    """Every method raises `StripeAway`; then the event should come again."""

    def __init__(self, account: StripeAccount, config: Config) -> None:
        self._stripe = account
        self._config = config

    def hear(self, told: Told) -> Outcome:
        """Once for each event. What an earlier delivery has done is not done again."""
        with db.read() as session:
            if settled := StripeEvent.settled(session, told.id):
                return Outcome(settled)
        outcome, note = self._judge(told)
        with db.write() as session:
            StripeEvent.note_down(session, told.id, told.type, told.subject, outcome, note)
        if outcome in (Outcome.mismatch, Outcome.other_mode):
            log.warning("Stripe event %s (%s): %s", told.id, told.type, note)
        return outcome

    def _judge(self, told: Told) -> tuple[Outcome, str]:
        verb = self.verb_for(told)
        if verb is None:
            return Outcome.ignored, ""
        if told.livemode != self._config.stripe_livemode:
            return Outcome.other_mode, "Livemode of the event and of the secret key differ"
        try:
            verb()
        except (Foreign, NotThere) as error:
            return Outcome.foreign, str(error)
        except Mismatch as error:
            return Outcome.mismatch, str(error)
        return Outcome.done, ""

    def verb_for(self, told: Told) -> Callable[[], None] | None:
        """What an event is about, by its type; None: nothing that matters."""
        family = next((prefix for prefix in ABOUT if told.type.startswith(prefix)), None)
        if family is None:
            return None
        field, verb = ABOUT[family]
        name = told.thing.get(field)
        return (lambda: verb(self, name)) if isinstance(name, str) and name else None

    def session(self, session_id: str) -> None:
        """A Checkout session: its order is paid, or has expired."""
        bought = self._stripe.bought(session_id)
        order, user = self._ordered(bought.order_id)
        if fault := fault_of_session(bought, order, user):
            with db.write() as session:
                Order.held(session, order.id).refuse(fault)
            raise Mismatch(fault)
        if order.is_tier and bought.subscription:
            self.subscription(bought.subscription)
        if not bought.is_paid or order.is_tier:
            self._note(bought, order)
            return
        self._book(sale_of_pack(bought, order, user))

    def invoice(self, invoice_id: str) -> None:
        """A month of a tier: paid, or not."""
        invoice = self._stripe.invoice(invoice_id)
        if invoice.subscription is None:
            raise Foreign("An invoice without a subscription")
        plan = self.subscription(invoice.subscription)
        if not invoice.is_paid:
            return
        order, user = self._ordered(plan.order_id)
        if fault := fault_of_invoice(invoice, plan, order):
            raise Mismatch(fault)
        self._book(sale_of_month(invoice, order, user))

    def subscription(self, subscription_id: str) -> Plan:
        """The tier follows how it stands."""
        for _ in range(MOST_LOOKS):
            with db.read() as session:
                seen = Subscription.version_of(session, subscription_id)
            plan = self._stripe.plan(subscription_id)
            if plan is None:
                raise Foreign("A subscription to something else")
            order, user = self._ordered(plan.order_id)
            if fault := fault_of_plan(plan, order, user):
                raise Mismatch(fault)
            with db.write() as session:
                if Subscription.follow(session, plan, user.id if user else None, self._config.grace_days, seen):
                    return plan
                session.rollback()
        raise StripeAway("It changes faster than it can be read")

    def payment(self, payment_intent: str) -> None:
        """Refunds and disputes of a payment."""
        with db.read() as session:
            booked = Payment.with_intent(session, payment_intent)
        if booked:
            self._book(sale_again(booked))
            return
        session_id, invoice_id = self._stripe.paid_with(payment_intent)
        if session_id:
            self.session(session_id)
        elif invoice_id:
            self.invoice(invoice_id)
        else:
            raise Foreign("A payment for something else")

    def _book(self, sale: Sale) -> None:
        """With all that has gone back by now."""
        for _ in range(MOST_LOOKS):
            with db.read() as session:
                seen = Payment.version_of(session, sale.reference)
            gone = self._gone(sale)
            with db.money() as session:
                Order.held(session, sale.order_id).pay()
                if Payment.book(session, gone, seen):
                    return
                session.rollback()
        raise StripeAway("It changes faster than it can be read")

    def _gone(self, sale: Sale) -> Sale:
        if sale.payment_intent is None:
            return sale
        reversals = self._stripe.reversals(sale.payment_intent)
        disputed = any(one.is_dispute and one.counts for one in reversals)
        return replace(sale, cents_gone=cents_back(reversals, sale.cents, sale.currency), is_disputed=disputed)

    def _note(self, bought: Bought, order: Order) -> None:
        with db.write() as session:
            held = Order.held(session, order.id)
            if bought.is_paid:
                held.pay()
            elif bought.is_expired:
                held.expire()

    def _ordered(self, order_id: str) -> tuple[Order, User | None]:
        """An order and who made it, if they are still here."""
        with db.read() as session:
            order = session.get(Order, order_id) if order_id else None
            if order is None:
                raise Foreign("There is no such order here")
            return order, session.get(User, order.user_id) if order.user_id else None


ABOUT: dict[str, tuple[str, Callable[[Settling, str], Any]]] = {
    "checkout.session.": ("id", Settling.session),
    "invoice.paid": ("id", Settling.invoice),
    "invoice.payment_": ("id", Settling.invoice),
    "invoice_payment.paid": ("invoice", Settling.invoice),
    "customer.subscription.": ("id", Settling.subscription),
    "charge.refund": ("payment_intent", Settling.payment),
    "refund.": ("payment_intent", Settling.payment),
    "charge.dispute.": ("payment_intent", Settling.payment),
}
