"""Everybody's ledger: its sums, any entry of it, and whether it is what it says it is."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from soundbox.accounts.models import User
from soundbox.aura import ledger
from soundbox.extensions import db
from tests.admin.acting import HTML, JSON, person


@pytest.fixture
def moved(cast: dict[str, FlaskClient]) -> None:
    """Ada bought 100 and spent 5; ben was given 50 and has 3 held."""
    with db.money() as session:
        ada, ben = (session.get_one(User, person(name).id).id for name in ("ada", "ben"))
        ledger.credit(session, ada, 100, "purchase", "order-1", "order-1")
        ledger.credit(session, ben, 50, "grant", "by hand", "grant-1")
        ledger.hold(session, ada, 5, "job-1")
        ledger.capture(session, "job-1")
        ledger.hold(session, ben, 3, "job-2")


def books(admin: FlaskClient, **query: str) -> dict[str, Any]:
    found: dict[str, Any] = admin.get("/admin/ledger", query_string=query, headers=JSON).json
    return found


def numbers(admin: FlaskClient, **query: str) -> list[int]:
    return [entry["number"] for entry in books(admin, **query)["entries"]]


def test_only_admins_see_everybodys_ledger(cast: dict[str, FlaskClient], nobody: FlaskClient) -> None:
    assert cast["ada"].get("/admin/ledger").status_code == nobody.get("/admin/ledger").status_code == 403


def test_its_sums(cast: dict[str, FlaskClient], moved: None) -> None:
    sums = {"sold": 100, "granted": 50, "purses": 142, "held": 3, "spent": 5, "owed": 0, "entries": 5}
    assert books(cast["cleo"])["sums"] == sums
    page = cast["cleo"].get("/admin/ledger", headers=HTML).text
    assert "With people" in page and "142" in page


def test_an_entry_is_found(cast: dict[str, FlaskClient], moved: None) -> None:
    assert numbers(cast["cleo"]) == [5, 4, 3, 2, 1]
    assert numbers(cast["cleo"], search="2") == [2]
    assert numbers(cast["cleo"], search="ada") == [4, 3, 1]
    assert numbers(cast["cleo"], search=f"held:{person('ben').public_id}") == [5]
    assert numbers(cast["cleo"], search="order-1") == [1]
    assert numbers(cast["cleo"], search="nothing") == []


def test_it_is_verified_when_asked(cast: dict[str, FlaskClient], moved: None) -> None:
    assert books(cast["cleo"])["verified"] is None
    verified = books(cast["cleo"], verify="true")["verified"]
    assert (verified["entries"], verified["faults"]) == (5, [])
    page = cast["cleo"].get("/admin/ledger?verify=true", headers=HTML).text
    assert "All 5 entries are as they were written" in page


def test_an_empty_ledger(cast: dict[str, FlaskClient]) -> None:
    assert "No entries" in cast["cleo"].get("/admin/ledger", headers=HTML).text
