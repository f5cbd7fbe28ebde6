"""Aura's page: what one has, what it is for, and what is sold."""

from __future__ import annotations

from flask import Blueprint, Response

from soundbox.accounts.models import User
from soundbox.accounts.principal import principal
from soundbox.aura import ledger
from soundbox.aura.answers import EntryAnswer
from soundbox.aura.models import Entry
from soundbox.aura.pricing import PRICES, skip_cost
from soundbox.extensions import db
from soundbox.tracks.instance import settings
from soundbox.web.describe import describe
from soundbox.web.respond import respond

from . import leaving  # noqa: F401 - listens
from .account import may_lead_to_stripe
from .answers import AuraAnswer, ItemAnswer, SubscriptionAnswer, paid_until
from .cards import SubscriptionCard, TierCard
from .shop import packs, tiers
from .subscriptions import Subscription

blueprint = Blueprint("payments", __name__)

NEWEST = 5


@blueprint.get("/aura", endpoint="aura")
@blueprint.get("/api/aura", endpoint="aura_api")
@describe("Aura", "What one has, and what can be bought", answers={200: AuraAnswer}, has_page=True)
def aura() -> Response:
    who, config = principal(), settings()
    offered_packs, offered_tiers = (packs(config), tiers(config)) if config.sells else ([], [])
    with db.read() as session:
        user = session.get(User, who.user_id) if who.user_id else None
        subscription = Subscription.newest_of(session, user.id) if user else None
        purse, mine = ledger.purse(session, who.user_id), ledger.accounts_of(session, who.user_id)
        newest = [EntryAnswer.of(entry, mine) for entry in Entry.touching(session, mine, None, NEWEST)] if mine else []
        answer = AuraAnswer(
            balance=purse.balance,
            held=purse.held,
            debt=purse.debt,
            packs=[ItemAnswer.of(item) for item in offered_packs],
            tiers=[ItemAnswer.of(item) for item in offered_tiers],
            tier=who.tier.name,
            tier_until=paid_until(user),
            subscription=SubscriptionAnswer.of(subscription) if subscription else None,
        )
    return respond(
        answer,
        template="payments/aura.html",
        headers=may_lead_to_stripe(),
        aura=answer,
        newest=newest,
        tiers=[TierCard.of(item, who.tier) for item in offered_tiers],
        subscription=SubscriptionCard.of(subscription) if subscription else None,
        skip_prices=PRICES,
        song_cost=skip_cost(120),
        grace_days=config.grace_days,
    )
