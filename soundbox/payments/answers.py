"""What programs send and read about buying."""

from __future__ import annotations

from pydantic import BaseModel, Field, model_validator

from soundbox.accounts.models import User
from soundbox.clock import iso_z, now_ms
from soundbox.web.bodies import Body

from .models import Order
from .shop import Item, Sort, money
from .subscriptions import Subscription


class CheckoutBody(Body):
    pack: str | None = Field(None, max_length=32, description="The name of a pack, as /api/aura lists it")
    tier: str | None = Field(None, max_length=32, description="Or the name of a tier, paid by the month")

    @model_validator(mode="after")
    def _one_of_them(self) -> CheckoutBody:
        if (self.pack is None) == (self.tier is None):
            raise ValueError("Name either a pack or a tier")
        return self

    @property
    def wanted(self) -> tuple[Sort, str]:
        return (Sort.pack, self.pack) if self.pack is not None else (Sort.tier, self.tier or "")


class NoBody(Body):
    """Nothing has to be said."""


class CheckoutAnswer(BaseModel):
    order: str
    url: str = Field(description="Stripe's page, on which it is paid")


class PortalAnswer(BaseModel):
    url: str = Field(description="Stripe's page of this subscription; valid for minutes")


class Received(BaseModel):
    received: bool = True
    outcome: str = Field(description="done, ignored, foreign, mismatch or other mode")


class ItemAnswer(BaseModel):
    name: str
    title: str
    aura: int = Field(description="At once with a pack, every month with a tier")
    cents: int
    currency: str
    price: str

    @classmethod
    def of(cls, item: Item) -> ItemAnswer:
        return cls(price=item.price, **{name: getattr(item, name) for name in ITEM_FIELDS})


class SubscriptionAnswer(BaseModel):
    tier: str
    status: str = Field(description="In Stripe's words: active, past_due, canceled ...")
    renews: str | None = Field(description="When the next month is asked for; null: never again")
    until: str | None = Field(description="When the tier ends if nothing more is paid")

    @classmethod
    def of(cls, subscription: Subscription) -> SubscriptionAnswer:
        renews = subscription.runs and not subscription.is_ending
        return cls(
            tier=subscription.tier,
            status=subscription.status,
            renews=iso_z(subscription.renews_ms) if renews else None,
            until=iso_z(subscription.until_ms) if subscription.until_ms else None,
        )


class AuraAnswer(BaseModel):
    balance: int = Field(description="Aura that can be spent")
    held: int = Field(description="Aura set aside for skips that are not settled yet")
    debt: int = Field(description="Aura that was spent before its money went back; paid first from what comes in")
    packs: list[ItemAnswer] = Field(description="What can be bought here; nothing without a shop")
    tiers: list[ItemAnswer] = Field(description="What can be subscribed to here")
    tier: str
    tier_until: str | None = Field(description="When a tier that was paid for ends")
    subscription: SubscriptionAnswer | None


class OrderAnswer(BaseModel):
    id: str
    sort: str = Field(description="pack or tier")
    item: str
    aura: int
    price: str
    state: str = Field(description="open, paid, expired or refused")
    created: str
    paid: str | None
    url: str | None = Field(description="Where it can be paid, while it is open")

    @classmethod
    def of(cls, order: Order) -> OrderAnswer:
        return cls(
            id=order.id,
            sort=order.sort,
            item=order.item,
            aura=order.aura,
            price=money(order.cents, order.currency),
            state=order.state,
            created=iso_z(order.created_ms),
            paid=iso_z(order.paid_ms) if order.paid_ms else None,
            url=order.pay_url if order.state == "open" else None,
        )


ITEM_FIELDS = ("name", "title", "aura", "cents", "currency")


def paid_until(user: User | None) -> str | None:
    until = (user.paid_until_ms if user else None) or 0
    return iso_z(until) if until > now_ms() else None
