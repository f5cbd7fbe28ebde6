"""The running site's own door to Stripe, or the words that say that there is none."""

from __future__ import annotations

from flask import current_app

from soundbox.tracks.instance import settings
from soundbox.web.errors import Refusal
from soundbox.web.headers import POLICY

from .stripe_account import StripeAccount

NO_SHOP = "Nothing is sold here"


def stripe_account() -> StripeAccount:
    """Made when it is needed first. Raises `Refusal` 404 without a shop."""
    if not settings().sells:
        raise Refusal(404, NO_SHOP, advice="Whoever runs this Sound Box has not set up a shop.")
    known = current_app.extensions
    if "soundbox_stripe" not in known:
        known["soundbox_stripe"] = StripeAccount(settings())
    account: StripeAccount = known["soundbox_stripe"]
    return account


def may_lead_to_stripe() -> dict[str, str]:
    """Browsers follow a form's redirect only to where the page's policy lets forms go."""
    if not settings().sells:
        return {}
    pages = " ".join(settings().stripe_pages)
    return {"Content-Security-Policy": POLICY.replace("form-action 'self'", f"form-action 'self' {pages}")}
