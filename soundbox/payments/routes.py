"""Aura's page, and buying it."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, Response, make_response, redirect, request, url_for

from soundbox.accounts.models import User
from soundbox.accounts.principal import principal
from soundbox.aura import ledger
from soundbox.aura.pricing import PRICES
from soundbox.extensions import db, limiter
from soundbox.tracks.instance import settings
from soundbox.web.bodies import parse_body
from soundbox.web.describe import describe
from soundbox.web.errors import Refusal, error_answer
from soundbox.web.headers import POLICY
from soundbox.web.respond import as_json, respond, wants_fragment, wants_html

from .account import stripe_account
from .answers import (
    AuraAnswer,
    CheckoutAnswer,
    CheckoutBody,
    ItemAnswer,
    NoBody,
    OrderAnswer,
    PortalAnswer,
    SubscriptionAnswer,
    paid_until,
)
from .cards import OrderCard
from .checkout import begin, require_member
from .models import Order
from .shop import item_named, packs, tiers
from .stripe_account import StripeAway
from .subscriptions import Subscription

blueprint = Blueprint("payments", __name__)

RETRY_SECONDS = 30


@blueprint.get("/aura", endpoint="aura")
@blueprint.get("/api/aura", endpoint="aura_api")
@describe("Aura", "What one has, and what can be bought", answers={200: AuraAnswer}, has_page=True)
def aura() -> Response:
    who, config = principal(), settings()
    with db.read() as session:
        user = session.get(User, who.user_id) if who.user_id else None
        user_id = user.id if user else 0
        subscription = Subscription.newest_of(session, user_id)
        answer = AuraAnswer(
            balance=ledger.balance(session, user_id),
            held=ledger.held(session, user_id),
            debt=ledger.debt(session, user_id),
            packs=[ItemAnswer.of(item) for item in packs(config)] if config.sells else [],
            tiers=[ItemAnswer.of(item) for item in tiers(config)] if config.sells else [],
            tier=who.tier.name,
            tier_until=paid_until(user),
            subscription=SubscriptionAnswer.of(subscription) if subscription else None,
        )
    return respond(answer, template="payments/aura.html", headers=_may_lead_to_stripe(), aura=answer, prices=PRICES)


@blueprint.post("/api/aura/checkout")
@limiter.limit("30/hour")
@describe(
    "Aura",
    "Begin to buy a pack of Aura or a tier: the answer names Stripe's page for it; forms are led there",
    body=CheckoutBody,
    headers={"Idempotency-Key": "The same key and body within a day begin the same purchase only once"},
    answers={201: CheckoutAnswer},
    has_page=True,
    example='{"pack": "small"}',
    refusals={404: "Nothing is sold here", 422: "The Idempotency-Key was used with another body", 503: "No Stripe"},
)
def checkout() -> Response:
    till = stripe_account()
    who = principal()
    require_member(who)
    who.demand("generate")
    sort, name = parse_body(CheckoutBody).wanted
    item = item_named(settings(), sort, name)
    if item is None:
        raise Refusal(400, f"There is no {sort} of this name", advice="/api/aura lists what can be bought.")
    order = begin(who, item, request.headers.get("Idempotency-Key"), till, settings())
    see = url_for(".order", order_id=order.id)
    return _lead_to(CheckoutAnswer(order=order.id, url=order.pay_url or ""), 201, {"Location": see})


@blueprint.post("/api/aura/portal")
@limiter.limit("30/hour")
@describe(
    "Aura",
    "Stripe's page on which one changes or cancels one's subscription; forms are led there",
    body=NoBody,
    answers={201: PortalAnswer},
    has_page=True,
    refusals={404: "Nothing is sold here, or there is no subscription", 503: "No Stripe"},
)
def portal() -> Response:
    till = stripe_account()
    who = principal()
    require_member(who)
    who.demand("generate")
    with db.read() as session:
        subscription = Subscription.newest_of(session, who.user_id or 0)
    if subscription is None:
        raise Refusal(404, "You have no subscription")
    back = url_for(".aura", _external=True)
    return _lead_to(PortalAnswer(url=till.open_portal(tiers(settings()), subscription.customer, back)), 201, {})


@blueprint.get("/aura/orders/<order_id>", endpoint="order")
@describe("Aura", "One's order: what came of it", answers={200: OrderAnswer, 204: None}, has_page=True)
def order(order_id: str) -> Response:
    who = principal()
    with db.read() as session:
        found = Order.owned_by(session, who.user_id, order_id)
        if found is None:
            raise Refusal(404, "Order not found")
        balance = ledger.balance(session, found.user_id or 0)
    if wants_fragment() and request.args.get("seen") == found.state:
        return make_response("", 204)
    shown = OrderCard.of(found, balance, request.args.get("back") == "paid")
    return respond(
        OrderAnswer.of(found),
        template="payments/order.html",
        block="order",
        headers=_may_lead_to_stripe(),
        order=shown,
    )


@blueprint.app_errorhandler(StripeAway)
def stripe_is_away(_: StripeAway) -> Response:
    words = "Stripe does not answer now"
    advice = "Nothing was charged. Try again in a minute."
    return error_answer(503, words, advice, {"Retry-After": str(RETRY_SECONDS)})


def _lead_to(answer: CheckoutAnswer | PortalAnswer, status: int, headers: dict[str, str]) -> Response:
    """On to Stripe's page. htmx cannot follow a redirect to another site, so it is told to go there."""
    if _origin(answer.url) not in settings().stripe_pages:
        raise StripeAway(f"{_origin(answer.url)} is not among SOUNDBOX_STRIPE_PAGES")
    if not wants_html():
        response = as_json(answer, status)
        response.headers.extend(headers)
        return response
    if "HX-Request" in request.headers:
        return make_response("", 204, {"HX-Redirect": answer.url})
    return make_response(redirect(answer.url, 303))


def _may_lead_to_stripe() -> dict[str, str]:
    """Browsers follow a form's redirect only to where the page's policy lets forms go."""
    if not settings().sells:
        return {}
    pages = " ".join(settings().stripe_pages)
    return {"Content-Security-Policy": POLICY.replace("form-action 'self'", f"form-action 'self' {pages}")}


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
