"""A purchase begins: first the order, then Stripe's page for it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from soundbox.accounts.principal import Principal
from soundbox.accounts.replays import Replay
from soundbox.config import Config
from soundbox.extensions import db
from soundbox.web.errors import Refusal

from .models import Order
from .shop import Item, Sort
from .stripe_account import StripeAccount
from .subscriptions import Subscription

ACTION = "checkout"


@dataclass(frozen=True)
class Buyer:
    """What Stripe is told about somebody: a name for them, and who they are there if they have a subscription."""

    person: str
    customer: str | None


def begin(who: Principal, item: Item, key: str | None, account: StripeAccount, config: Config) -> Order:
    """The order with the address of Stripe's page. The same key begins the same purchase only once.

    Killed anywhere in between, nothing is lost: the order has its number before Stripe hears of it, Stripe makes one
    session for one order, and its event names the order. Raises `Refusal` and `StripeAway`.
    """
    order, buyer = _order(who, item, key, config)
    if order.pay_url:
        return order
    back = url_for("orders.show", order_id=order.id, _external=True)
    success, cancel = f"{back}?back=paid", f"{back}?back=left"
    session_id, pay_url = account.open_checkout(order, item, buyer.person, buyer.customer, success, cancel)
    with db.write() as session:
        held = Order.held(session, order.id)
        held.session_id, held.pay_url = session_id, pay_url
    return held


def _order(who: Principal, item: Item, key: str | None, config: Config) -> tuple[Order, Buyer]:
    body = {"sort": item.sort, "name": item.name}
    with db.write() as session:
        user = who.settle(session)
        subscription = Subscription.newest_of(session, user.id)
        buyer = Buyer(user.public_id, subscription.customer if subscription else None)
        replay = Replay.held(session, who, ACTION, key, body) if key else None
        if replay and replay.answer:
            return session.get_one(Order, replay.answer["order"]), buyer
        _refuse_second(subscription, item)
        order = Order.place(session, user, item, config.stripe_livemode, key)
        if replay:
            replay.answer = {"order": order.id}
        return order, buyer


def _refuse_second(subscription: Subscription | None, item: Item) -> None:
    if item.sort is Sort.tier and subscription and subscription.runs:
        words = f"You are {subscription.tier.capitalize()} already"
        raise Refusal(400, words, advice="Change or cancel it under Manage subscription.")


def require_member(who: Principal) -> None:
    """Aura of a guest would be lost with the cookie. Raises `Refusal` 401."""
    if who.is_guest:
        raise Refusal(401, "Authentication required", advice="Sign up or sign in first, so that your Aura stays yours.")
