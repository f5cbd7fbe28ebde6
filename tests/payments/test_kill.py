"""kill -9 between the order and its Aura: nothing that was paid is lost, nothing is given twice."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from soundbox.config import Config
from soundbox.extensions import db
from soundbox.payments.models import Order
from tests.payments.conftest import Shop, purse
from tests.payments.program import BUYING_POINTS, HEARING_POINTS, buy, hear

KILLED = -9
processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["tests.payments.program"])


def run(target: Callable[..., None], *arguments: Any) -> int | None:
    """Its exit code; None if it had to be stopped after 60 s."""
    process = processes.Process(target=target, args=arguments)
    process.start()
    process.join(60)
    if process.exitcode is None:
        process.kill()
        process.join()
        return None
    return process.exitcode


@pytest.mark.parametrize("point", HEARING_POINTS)
def test_killed_while_it_hears_of_a_payment(
    shop: Shop, ada: FlaskClient, config: Config, shop_settings: dict[str, Any], point: str
) -> None:
    shop.buy(ada, pack="medium")
    event = shop.stripe.events[-1]
    for _ in range(2):
        body, headers = shop.stripe.signed(event, int(time.time()))
        assert run(hear, config.instance, shop_settings, body, headers, point) == KILLED
    assert shop.deliver(event).json["outcome"] == "done"
    assert purse("ada") == (275, 0)


@pytest.mark.parametrize("point", BUYING_POINTS)
def test_killed_while_a_purchase_begins(
    shop: Shop, ada: FlaskClient, config: Config, shop_settings: dict[str, Any], point: str
) -> None:
    """The same key goes on where it ended, and what Stripe has opened already is paid once."""
    token = ada.environ_base["HTTP_AUTHORIZATION"].removeprefix("Bearer ")
    assert run(buy, config.instance, shop_settings, token, point) == KILLED
    headers = {"Idempotency-Key": "the same"}
    order = ada.post("/api/aura/checkout", json={"pack": "medium"}, headers=headers).json
    assert len(shop.stripe.of("checkout.session")) == 1
    with db.read() as session:
        assert session.scalar(select(func.count()).select_from(Order)) == 1
    shop.stripe.pay(shop.session_of(order))
    shop.deliver_all()
    assert purse("ada") == (275, 0)


def test_a_session_whose_order_never_got_its_answer_is_paid_all_the_same(
    shop: Shop, ada: FlaskClient, config: Config, shop_settings: dict[str, Any]
) -> None:
    token = ada.environ_base["HTTP_AUTHORIZATION"].removeprefix("Bearer ")
    assert run(buy, config.instance, shop_settings, token, "before its answer is kept") == KILLED
    shop.stripe.pay(shop.stripe.of("checkout.session")[0]["id"])
    assert shop.deliver_all() == ["done"]
    assert purse("ada") == (275, 0)
