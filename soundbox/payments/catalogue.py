"""Our tiers as products of the operator's Stripe account, made when they are needed first.

A price is found again by its lookup key, which has the amount in it: a new amount is a new price, and whoever has
subscribed before keeps the old one. What a price stands for is written into its metadata.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import stripe

from .shop import Item

MARK = "soundbox_tier"
PORTAL_MARK = "soundbox_prices"


@dataclass(frozen=True)
class Listed:
    """A price at Stripe, a month."""

    id: str
    product: str
    tier: str
    cents: int
    currency: str


class Catalogue:
    """Prices never change at Stripe, so each is read once. Raises the package's errors."""

    def __init__(self, api: Any) -> None:
        self._api = api
        self._known: dict[str, Listed | None] = {}
        self._portals: dict[str, str] = {}

    def price(self, price_id: str) -> Listed | None:
        """None: a price of something else that this account sells."""
        if price_id not in self._known:
            self._known[price_id] = _listed(self._api.prices.retrieve(price_id))
        return self._known[price_id]

    def price_of(self, item: Item) -> Listed:
        key = f"soundbox_{item.name}_{item.cents}_{item.currency}"
        found = next((one for one in self._known.values() if one and _is_of(one, item)), None)
        if found is None:
            there = self._api.prices.list({"lookup_keys": [key], "active": True, "limit": 1}).data
            found = _listed(there[0] if there else self._make(item, key))
            if found is None:
                raise stripe.InvalidRequestError(f"The price {key} has lost its metadata {MARK}", None)
            self._known[found.id] = found
        return found

    def portal_for(self, items: list[Item]) -> str:
        """The id of a portal in which people change between these, cancel, and see what they paid.

        More is paid for at once, in proportion; less counts from the next period.
        """
        prices = [self.price_of(item) for item in items]
        mark = " ".join(sorted(price.id for price in prices))[:500]
        if mark not in self._portals:
            there = self._api.billing_portal.configurations.list({"active": True, "limit": 100}).auto_paging_iter()
            same = next(
                (one.id for one in there if PORTAL_MARK in one.metadata and one.metadata[PORTAL_MARK] == mark), None
            )
            self._portals[mark] = same or self._make_portal(prices, mark)
        return self._portals[mark]

    def _make(self, item: Item, key: str) -> Any:
        params = {
            "currency": item.currency,
            "unit_amount": item.cents,
            "recurring": {"interval": "month"},
            "lookup_key": key,
            "metadata": {MARK: item.name},
            "product_data": {"name": f"Sound Box {item.title}", "metadata": {MARK: item.name}},
        }
        return self._api.prices.create(params, {"idempotency_key": f"price-{key}"})

    def _make_portal(self, prices: list[Listed], mark: str) -> str:
        less_later = {"conditions": [{"type": "decreasing_item_amount"}]}
        features = {
            "invoice_history": {"enabled": True},
            "payment_method_update": {"enabled": True},
            "subscription_cancel": {"enabled": True, "mode": "at_period_end"},
            "subscription_update": {
                "enabled": True,
                "default_allowed_updates": ["price"],
                "products": [{"product": price.product, "prices": [price.id]} for price in prices],
                "proration_behavior": "always_invoice",
                "schedule_at_period_end": less_later,
            },
        }
        params = {"features": features, "metadata": {PORTAL_MARK: mark}}
        made: str = self._api.billing_portal.configurations.create(params).id
        return made


def _listed(price: Any) -> Listed | None:
    marks = price.metadata
    if marks is None or MARK not in marks or price.unit_amount is None:
        return None
    product = price.product if isinstance(price.product, str) else price.product.id
    return Listed(price.id, product, marks[MARK], price.unit_amount, price.currency)


def _is_of(price: Listed, item: Item) -> bool:
    return (price.tier, price.cents, price.currency) == (item.name, item.cents, item.currency)
