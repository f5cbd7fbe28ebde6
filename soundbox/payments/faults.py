"""Is what Stripe tells what was ordered? One sentence for the admin if not, nothing if it is."""

from __future__ import annotations

from soundbox.accounts.models import User
from soundbox.accounts.tiers import TIERS

from .models import Order
from .shop import money
from .standing import Plan
from .stripe_account import Bought, Invoice, Line


def fault_of_session(bought: Bought, order: Order, user: User | None) -> str:
    asked, paid = money(order.cents, order.currency), money(bought.cents, bought.currency)
    return _first(
        (bought.sort != order.sort, f"It sells a {bought.sort}, the order is for a {order.sort}"),
        (order.session_id not in (None, bought.id), "The order has another Checkout session"),
        (_is_of_another(bought.person, user), "It is of another person than the order"),
        (bought.livemode != order.livemode, "Livemode differs from the order's"),
        (asked != paid, f"It is about {paid}, the order about {asked}"),
    )


def fault_of_plan(plan: Plan, order: Order, user: User | None) -> str:
    return _first(
        (not order.is_tier, "The order is not for a tier"),
        (plan.tier not in TIERS, f"There is no tier {plan.tier!r}"),
        (_is_of_another(plan.person, user), "It is of another person than the order"),
        (plan.livemode != order.livemode, "Livemode differs from the order's"),
    )


def fault_of_invoice(invoice: Invoice, plan: Plan, order: Order) -> str:
    return _first(
        (invoice.customer != plan.customer, "It is of another customer than the subscription"),
        (invoice.livemode != order.livemode, "Livemode differs from the order's"),
        (invoice.currency != order.currency, f"It is in {invoice.currency}, the order in {order.currency}"),
        *((_is_mispriced(line, order), "A price on it is not that of its tier") for line in invoice.lines),
    )


def _is_of_another(person: str, user: User | None) -> bool:
    """Whoever has deleted their account is nobody any more."""
    return user is not None and person != user.public_id


def _is_mispriced(line: Line, order: Order) -> bool:
    """A price that was ordered stays good when ours changes; every other must be that of today."""
    price = line.price
    if price is None:
        return False
    today = TIERS[price.tier].price_dollars * 100 if price.tier in TIERS else 0
    right = order.cents if price.tier == order.item else today
    return (price.cents, price.currency) != (right, order.currency) or right == 0


def _first(*faults: tuple[bool, str]) -> str:
    return next((words for is_so, words in faults if is_so), "")
