"""The part of Stripe's API that we use, over what a `FakeStripe` keeps."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.payments.fake_stripe import FakeStripe

Thing = dict[str, Any]
NOTHING = {"error": {"type": "invalid_request_error", "code": "resource_missing", "message": "No such thing"}}
SESSION_FIELDS = ("client_reference_id", "customer", "mode", "success_url", "cancel_url", "subscription_data")


def do(stripe: FakeStripe, method: str, place: str, query: Thing) -> tuple[int, Thing]:
    """Status and answer."""
    if method == "POST" and place in MAKERS:
        return 200, MAKERS[place](stripe, query)
    if method == "GET" and place in LISTS:
        kind, matches = LISTS[place]
        return 200, listed([thing for thing in reversed(stripe.of(kind)) if matches(thing, query)])
    found = stripe.things.get(place.rpartition("/")[2])
    return (200, found) if method == "GET" and found else (404, NOTHING)


def listed(things: list[Thing]) -> Thing:
    return {"object": "list", "data": things, "has_more": False, "url": "/v1/list"}


def line(cents: int, price: str) -> Thing:
    """One of an invoice."""
    pricing = {"type": "price_details", "price_details": {"price": price, "product": "prod"}}
    return {"id": "il_1", "object": "line_item", "amount": cents, "pricing": pricing}


def make_session(stripe: FakeStripe, query: Thing) -> Thing:
    asked = query["line_items"][0]
    price = asked.get("price_data") or stripe.things[asked["price"]]
    session = stripe.make(
        "checkout.session",
        "cs",
        **{name: query.get(name) for name in SESSION_FIELDS},
        line_items=query["line_items"],
        amount_total=int(price["unit_amount"]),
        currency=price["currency"],
        status="open",
        payment_status="unpaid",
        payment_intent=None,
        subscription=None,
        invoice=None,
    )
    session |= {"metadata": query["metadata"], "url": f"{stripe.address}/pay/{session['id']}"}
    return session


def make_price(stripe: FakeStripe, query: Thing) -> Thing:
    product = stripe.make("product", "prod", name=query["product_data"]["name"])
    price = stripe.make("price", "price", currency=query["currency"], unit_amount=int(query["unit_amount"]))
    price |= {"product": product["id"], "lookup_key": query["lookup_key"], "metadata": query["metadata"]}
    return price


def make_configuration(stripe: FakeStripe, query: Thing) -> Thing:
    made = stripe.make("billing_portal.configuration", "bpc", features=query["features"])
    made["metadata"] = query["metadata"]
    return made


def make_portal(stripe: FakeStripe, query: Thing) -> Thing:
    made = stripe.make("billing_portal.session", "bps", **query)
    made["url"] = f"{stripe.address}/portal/{made['id']}"
    return made


def has_intent(thing: Thing, query: Thing) -> bool:
    return bool(thing["payment_intent"] == query["payment_intent"])


def pays_with(payment: Thing, query: Thing) -> bool:
    return bool(payment["payment"]["payment_intent"] == query["payment"]["payment_intent"])


def is_since(event: Thing, query: Thing) -> bool:
    kinds = tuple(kind.rstrip("*") for kind in query["types"])
    return event["created"] >= int(query["created"]["gte"]) and event["type"].startswith(kinds)


MAKERS: dict[str, Callable[[FakeStripe, Thing], Thing]] = {
    "checkout/sessions": make_session,
    "prices": make_price,
    "billing_portal/configurations": make_configuration,
    "billing_portal/sessions": make_portal,
}
LISTS: dict[str, tuple[str, Callable[[Thing, Thing], bool]]] = {
    "checkout/sessions": ("checkout.session", has_intent),
    "refunds": ("refund", has_intent),
    "disputes": ("dispute", has_intent),
    "invoice_payments": ("invoice_payment", pays_with),
    "prices": ("price", lambda price, query: price["lookup_key"] in query["lookup_keys"]),
    "billing_portal/configurations": ("billing_portal.configuration", lambda *_: True),
    "events": ("event", is_since),
}
