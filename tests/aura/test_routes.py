"""Aura over HTTP."""

from __future__ import annotations

from flask.testing import FlaskClient

from soundbox.accounts.models import User
from soundbox.aura import ledger
from soundbox.extensions import db


def give(name: str, amount: int, key: str = "key") -> None:
    with db.money() as session:
        ledger.credit(session, User.named(session, name).id, amount, "grant", "test", key)


def test_one_sees_what_one_has(cast: dict[str, FlaskClient]) -> None:
    give("ada", 30)
    assert cast["ada"].get("/api/aura").json == {"balance": 30, "held": 0, "packs": []}
    assert cast["dov"].get("/api/aura").json == {"balance": 0, "held": 0, "packs": []}


def test_nobody_has_none(nobody: FlaskClient) -> None:
    assert nobody.get("/api/aura").json == {"balance": 0, "held": 0, "packs": []}
