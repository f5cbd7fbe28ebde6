"""Somebody who listens, and what sends to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from soundbox.app import create_app
from soundbox.clock import now_ms
from soundbox.config import Config
from soundbox.extensions import db
from soundbox.webhooks.sender import WebhookSender
from tests.conftest import member
from tests.webhooks.receiver import Receiver, receiving


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as made:
        yield made


@pytest.fixture
def site(config: Config, database: None, receiver: Receiver) -> Flask:
    """A public site whose operator lets webhooks go to the receiver."""
    given = {"database": config.database, "worker": "none", "mode": "accounts"}
    return create_app(Config.load(config.instance, **given, webhook_private_hosts=receiver.host))


@pytest.fixture
def ada(site: Flask) -> FlaskClient:
    return member(site, "ada", "free")


class Time:
    """Milliseconds, which go on only when told."""

    def __init__(self) -> None:
        self.ms = now_ms() + 600_000  # however slow the machine is, what a test asks for is in the past

    def __call__(self) -> int:
        return self.ms

    def wait(self, seconds: float) -> None:
        self.ms += round(1000 * seconds)


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def sender(site: Flask, receiver: Receiver, time: Time) -> WebhookSender:
    return WebhookSender(db, site.config["SOUNDBOX"].secret_key(), {receiver.host}, time)


Listen = Callable[..., dict]


@pytest.fixture
def listen(receiver: Receiver) -> Listen:
    def add(client: FlaskClient) -> dict:
        answer = client.post("/api/webhooks", json={"url": receiver.url})
        assert answer.status_code == 201, answer.text
        return answer.json

    return add
