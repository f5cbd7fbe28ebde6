"""Those who run the site see what was paid and could not be given, and nobody else does."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from soundbox.accounts.models import User
from soundbox.extensions import db
from soundbox.payments.models import Order
from tests.accounts.people import HTML
from tests.conftest import member
from tests.payments.conftest import Shop, purse

JSON = {"Accept": "application/json"}


@pytest.fixture
def cleo(shop: Shop) -> FlaskClient:
    return member(shop.app, "cleo", "free", is_admin=True)


@pytest.fixture
def too_little(shop: Shop, ada: FlaskClient) -> dict[str, str]:
    """Ada paid less than her order says. The order, and the event that told of it."""
    order = shop.order(ada)
    session_id = shop.session_of(order)
    shop.stripe.pay(session_id, amount_total=1)
    assert shop.deliver_all() == ["mismatch"]
    return {"order": order["order"], "event": shop.stripe.events[-1]["id"], "session": session_id}


def test_what_was_paid_and_not_given_is_shown(cleo: FlaskClient, ada: FlaskClient, too_little: dict[str, str]) -> None:
    assert purse("ada") == (0, 0)
    found = cleo.get("/admin/payments", headers=JSON).json
    (order,), (event,) = found["orders"], found["events"]
    assert (order["id"], order["person"], order["session"]) == (too_little["order"], "ada", too_little["session"])
    assert order["why"] and (found["orders_in_all"], found["events_in_all"]) == (1, 1)
    assert (event["id"], event["outcome"], event["subject"]) == (too_little["event"], "mismatch", too_little["session"])
    page = cleo.get("/admin/payments", headers=HTML).text
    assert order["why"] in page and too_little["event"] in page and "/admin/people/" in page
    assert ada.get("/admin/payments", headers=JSON).status_code == 403


def test_the_first_page_says_that_somebody_must_look(cleo: FlaskClient, too_little: dict[str, str]) -> None:
    facts = {fact["name"]: fact for fact in cleo.get("/admin", headers=JSON).json["facts"]}
    assert not facts["Stripe's events"]["good"] and "1 of the last week" in facts["Stripe's events"]["words"]


def test_it_stays_when_its_person_has_left(cleo: FlaskClient, ada: FlaskClient, too_little: dict[str, str]) -> None:
    with db.write() as session:
        session.get_one(Order, too_little["order"]).user_id = None
        assert User.named(session, "ada")
    assert cleo.get("/admin/payments", headers=JSON).json["orders"][0]["person"] is None
    assert "gone" in cleo.get("/admin/payments", headers=HTML).text


def test_where_nothing_went_wrong_the_page_says_so(shop: Shop, cleo: FlaskClient, ada: FlaskClient) -> None:
    shop.buy(ada)
    assert shop.deliver_all() == ["done"]
    assert "Everything that was paid was given" in cleo.get("/admin/payments", headers=HTML).text
    facts = {fact["name"]: fact for fact in cleo.get("/admin", headers=JSON).json["facts"]}
    assert facts["Stripe's events"]["good"]
