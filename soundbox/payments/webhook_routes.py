"""Where Stripe tells what happened. Its signature, not a cookie or an origin, says who is speaking."""

from __future__ import annotations

import json
import time

from flask import Blueprint, Response, request

from soundbox.extensions import limiter
from soundbox.tracks.instance import settings
from soundbox.web.describe import describe
from soundbox.web.errors import Refusal
from soundbox.web.respond import respond

from .account import stripe_account
from .answers import Received
from .settling import Settling, Told
from .signature import BadSignature, verify

blueprint = Blueprint("stripe", __name__)


@blueprint.post("/stripe/webhook")
@limiter.exempt
@describe(
    "Aura",
    "Stripe's signed events",
    headers={"Stripe-Signature": "t=seconds,v1=HMAC of the moment and the body"},
    answers={200: Received},
    refusals={404: "Nothing is sold here", 503: "Send it again later"},
)
def webhook() -> Response:
    account = stripe_account()
    body = request.get_data(cache=False)
    try:
        verify(body, request.headers.get("Stripe-Signature", ""), settings().stripe_webhook_secrets, time.time())
    except BadSignature as bad:
        raise Refusal(400, str(bad), advice="Only Stripe speaks here.") from None
    outcome = Settling(account, settings()).hear(_told(body))
    return respond(Received(outcome=outcome))


def _told(body: bytes) -> Told:
    try:
        event = json.loads(body)
        told = Told(event["id"], event["type"], event["livemode"], event["data"]["object"])
    except (ValueError, RecursionError, LookupError, TypeError):
        raise Refusal(400, "This is not an event") from None
    if not (isinstance(told.id, str) and isinstance(told.type, str) and isinstance(told.thing, dict)):
        raise Refusal(400, "This is not an event")
    return told
