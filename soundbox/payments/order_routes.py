"""Buying: the order, Stripe's pages for it, and what came of it."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, Response, make_response, redirect, request, url_for

from soundbox.accounts.principal import principal
from soundbox.aura import ledger
from soundbox.extensions import db, limiter
from soundbox.tracks.instance import settings
from soundbox.web.bodies import parse_body
from soundbox.web.describe import describe
from soundbox.web.errors import Refusal, error_answer
from soundbox.web.respond import as_json, respond, wants_fragment, wants_html

from .account import may_lead_to_stripe, stripe_account
from .answers import CheckoutAnswer, CheckoutBody, NoBody, OrderAnswer, PortalAnswer
from .cards import OrderCard
from .checkout import begin, require_member
from .models import Order
from .shop import item_named, tiers
from .stripe_account import StripeAway
from .subscriptions import Subscription

blueprint = Blueprint("orders", __name__)

RETRY_SECONDS = 30


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
    who = principal()
    who.demand("generate")
    till = stripe_account()
    require_member(who)
    sort, name = parse_body(CheckoutBody).wanted
    item = item_named(settings(), sort, name)
    if item is None:
        raise Refusal(400, f"There is no {sort} of this name", advice="/api/aura lists what can be bought.")
    order = begin(who, item, request.headers.get("Idempotency-Key"), till, settings())
    see = url_for(".show", order_id=order.id)
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
    who = principal()
    who.demand("generate")
    till = stripe_account()
    require_member(who)
    with db.read() as session:
        subscription = Subscription.newest_of(session, who.user_id or 0)
    if subscription is None:
        raise Refusal(404, "You have no subscription")
    back = url_for("payments.aura", _external=True)
    return _lead_to(PortalAnswer(url=till.open_portal(tiers(settings()), subscription.customer, back)), 201, {})


@blueprint.get("/aura/orders/<order_id>")
@describe("Aura", "One's order: what came of it", answers={200: OrderAnswer, 204: None}, has_page=True)
def show(order_id: str) -> Response:
    who = principal()
    with db.read() as session:
        found = Order.owned_by(session, who.user_id, order_id)
        if found is None:
            raise Refusal(404, "Order not found")
        balance = ledger.balance(session, found.user_id or 0)
    card = OrderCard.of(found, balance, request.args.get("back") == "paid")
    if wants_fragment() and request.args.get("seen") == card.version:
        return make_response("", 204)
    return respond(
        OrderAnswer.of(found),
        template="payments/order.html",
        block="order",
        headers=may_lead_to_stripe(),
        order=card,
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


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
