"""What is sold, and for how much: packs of Aura once, tiers by the month."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from soundbox.accounts.tiers import TIERS
from soundbox.config import Config

SIGNS = {"usd": "$", "eur": "€", "gbp": "£"}


class Sort(StrEnum):
    pack = "pack"
    tier = "tier"


@dataclass(frozen=True)
class Item:
    """`aura` comes once with a pack, every month with a tier."""

    sort: Sort
    name: str  # what programs call it
    title: str
    aura: int
    cents: int
    currency: str

    @property
    def price(self) -> str:
        return money(self.cents, self.currency)


def packs(config: Config) -> list[Item]:
    return [_pack(*text.split(":"), currency=config.currency) for text in config.aura_packs]


def tiers(config: Config) -> list[Item]:
    """The cheapest first."""
    paid = sorted((tier for tier in TIERS.values() if tier.price_dollars), key=lambda tier: tier.price_dollars)
    return [
        Item(Sort.tier, tier.name, tier.name.capitalize(), tier.aura_a_month, tier.price_dollars * 100, config.currency)
        for tier in paid
    ]


def item_named(config: Config, sort: Sort, name: str) -> Item | None:
    return next((item for item in (packs if sort is Sort.pack else tiers)(config) if item.name == name), None)


def money(cents: int, currency: str) -> str:
    """$5.00, €5.00, 5.00 CHF."""
    sign = SIGNS.get(currency)
    return f"{sign}{cents / 100:.2f}" if sign else f"{cents / 100:.2f} {currency.upper()}"


def _pack(title: str, aura: str, price: str, *, currency: str) -> Item:
    whole, _, hundredths = price.partition(".")
    name = title.strip().lower().replace(" ", "-")
    return Item(Sort.pack, name, title.strip(), int(aura), int(whole) * 100 + int(hundredths), currency)
