"""What was sold, read from what Stripe tells of it."""

from __future__ import annotations

from soundbox.accounts.models import User
from soundbox.accounts.tiers import TIERS
from soundbox.aura.ledger import Kind

from .models import Order, Payment, Sale
from .stripe_account import Bought, Invoice


def sale_of_pack(bought: Bought, order: Order, user: User | None) -> Sale:
    return Sale(
        reference=order.id,
        order_id=order.id,
        user_id=user.id if user else None,
        kind=Kind.purchase,
        payment_intent=bought.payment_intent,
        cents=bought.cents,
        currency=bought.currency,
        aura=order.aura,
    )


def sale_of_month(invoice: Invoice, order: Order, user: User | None) -> Sale:
    return Sale(
        reference=invoice.id,
        order_id=order.id,
        user_id=user.id if user else None,
        kind=Kind.monthly,
        payment_intent=invoice.payment_intent,
        cents=invoice.cents,
        currency=invoice.currency,
        aura=aura_of(invoice),
    )


def sale_again(booked: Payment) -> Sale:
    return Sale(
        reference=booked.reference,
        order_id=booked.order_id,
        user_id=booked.user_id,
        kind=Kind(booked.kind),
        payment_intent=booked.payment_intent,
        cents=booked.cents,
        currency=booked.currency,
        aura=booked.aura,
    )


def aura_of(invoice: Invoice) -> int:
    """Each line brings the Aura of its tier, in proportion: half a month half of it. Time given back, when somebody
    changes to a higher tier, counts against it."""
    thousandths = sum(
        TIERS[line.price.tier].aura_a_month * line.cents * 1000 // line.price.cents
        for line in invoice.lines
        if line.price
    )
    return max(0, thousandths // 1000)
