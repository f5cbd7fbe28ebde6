"""Behind a proxy, only as many hops of X-Forwarded-For are believed as the operator says."""

from __future__ import annotations

import pytest

from soundbox.app import create_app
from soundbox.config import Config

RAIN = {"prompt": "rain", "model": "audio", "duration": 1}


@pytest.mark.parametrize(("hops", "statuses"), [(0, [201, 201, 429]), (1, [201, 201, 201])])
def test_a_forged_address_buys_nothing_without_a_trusted_proxy(
    config: Config, database: None, hops: int, statuses: list[int]
) -> None:
    public = Config.load(
        config.instance, database=config.database, worker="none", mode="accounts", trusted_proxies=hops
    )
    app = create_app(public)
    seen = [
        app.test_client().post("/generate", json=RAIN, headers={"X-Forwarded-For": f"198.51.100.{number}"}).status_code
        for number in range(3)
    ]
    assert seen == statuses


def test_what_stands_before_the_trusted_hop_is_not_believed(config: Config, database: None) -> None:
    public = Config.load(config.instance, database=config.database, worker="none", mode="accounts", trusted_proxies=1)
    app = create_app(public)
    for number, status in enumerate((201, 201, 429)):
        forged = {"X-Forwarded-For": f"198.51.100.{number}, 203.0.113.9"}
        assert app.test_client().post("/generate", json=RAIN, headers=forged).status_code == status
