"""What was paid while the site was down is found in Stripe's own list."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from soundbox.cli import main
from soundbox.config import Config
from soundbox.payments.reconciling import KINDS, CannotReconcile, reconcile
from soundbox.payments.settling import ABOUT
from tests.payments.conftest import Shop, purse


@pytest.fixture
def selling(shop: Shop) -> Config:
    settings: Config = shop.app.config["SOUNDBOX"]
    return settings


def test_what_was_missed_is_made_good_once(shop: Shop, ada: FlaskClient, selling: Config) -> None:
    told = shop.buy(ada, pack="medium")
    shop.deliver_all()
    shop.buy(ada, pack="small")
    shop.buy(ada, tier="premium")
    shop.stripe.refund(told["payment_intent"], 500)
    assert reconcile(selling, 3) == {"known": 1, "done": 4}
    assert purse("ada") == (800, 0)
    assert reconcile(selling, 3) == {"known": 5}


def test_what_is_older_is_left_alone(shop: Shop, ada: FlaskClient, selling: Config) -> None:
    shop.stripe.now -= 10 * 86_400
    shop.buy(ada)
    assert (reconcile(selling, 9), purse("ada")) == ({}, (0, 0))
    assert (reconcile(selling, 11), purse("ada")) == ({"done": 1}, (100, 0))


def test_without_stripe_it_says_so(shop: Shop, selling: Config) -> None:
    shop.stripe.is_away = True
    with pytest.raises(CannotReconcile, match="Stripe"):
        reconcile(selling, 3)


def test_without_a_shop_the_command_says_so(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["payments", "reconcile", "--instance", str(tmp_path)])
    assert done.exit_code == 1 and "Nothing is sold here" in done.output


def test_every_kind_that_is_asked_for_means_something() -> None:
    assert len(KINDS) <= 20
    assert all(kind.startswith(tuple(ABOUT)) for kind in KINDS)
    assert all(any(kind.startswith(prefix) for kind in KINDS) for prefix in ABOUT if prefix != "invoice_payment.paid")
