"""Aura over HTTP: what one has and where it came from."""

from __future__ import annotations

from flask import Blueprint, Response

from soundbox.accounts.principal import principal
from soundbox.extensions import db
from soundbox.web.describe import describe
from soundbox.web.respond import respond

from . import leaving, ledger  # noqa: F401 - leaving listens
from .answers import AuraAnswer

blueprint = Blueprint("aura", __name__)


@blueprint.get("/api/aura")
@describe("Aura", "What one has", answers={200: AuraAnswer})
def balance() -> Response:
    user_id = principal().user_id or 0
    with db.read() as session:
        return respond(
            AuraAnswer(balance=ledger.balance(session, user_id), held=ledger.held(session, user_id), packs=[])
        )
