"""The secrets of operators are told by nothing: no page, answer, log line, export, or copy of the database."""

from __future__ import annotations

import base64
import io
import socketserver
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from soundbox.accounts.mail import LetterSender
from soundbox.accounts.models import User
from soundbox.accounts.sessions import BrowserSession
from soundbox.app import create_app
from soundbox.config import Config, ConfigError
from soundbox.extensions import Base, db, limiter
from soundbox.payments.stripe_account import StripeAccount, StripeAway
from soundbox.web import logs
from soundbox.webhooks.signing import secret_of
from tests.accounts.people import sign_up

from .test_matrix import SQLITE
from .world import World, routes

SECRETS = {
    "stripe_secret_key": "sk_test_Zq7stripesownsecret",
    "stripe_webhook_secrets": ("whsec_Zq7firstofstripe", "whsec_Zq7secondofstripe"),
    "smtp_password": "Zq7 the password of the mail server",
    "oidc_client_secret": "Zq7-the-secret-of-the-provider",
}
FLAT = [*SECRETS["stripe_webhook_secrets"], *(one for one in SECRETS.values() if isinstance(one, str))]
NEEDLES = [form for one in FLAT for form in (one, base64.b64encode(one.encode()).decode().rstrip("="))]


class Refusing(socketserver.StreamRequestHandler):
    """A mail server that repeats what it was given and lets nobody in."""

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            if line.upper().startswith(b"EHLO"):
                self.wfile.write(b"250-here\r\n250 AUTH PLAIN LOGIN\r\n")
            else:
                self.wfile.write(b"535 no: " + line.strip() + b"\r\n")


@contextmanager
def refusing() -> Iterator[int]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Refusing) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


@pytest.fixture
def mail_port() -> Iterator[int]:
    with refusing() as port:
        yield port


@pytest.fixture
def site(config: Config, database: None, mail_port: int, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """Everything is set, and nothing behind it lets us in."""
    monkeypatch.setattr(limiter, "enabled", False)
    given: dict[str, Any] = {
        "database": config.database,
        "worker": "none",
        "mode": "accounts",
        "stripe_api": "http://127.0.0.1:9",
        "smtp_host": "127.0.0.1",
        "smtp_port": mail_port,
        "smtp_security": "none",
        "smtp_user": "box",
        "oidc_issuer": "http://127.0.0.1:9",
        "oidc_client_id": "soundbox",
    }
    return create_app(Config.load(config.instance, **given, **SECRETS))


def told(text: str) -> list[str]:
    return [secret for secret in NEEDLES if secret in text]


def admin(site: Flask) -> FlaskClient:
    with db.write() as session:
        cookie = BrowserSession.begin(
            session, User.add_member(session, "boss", is_admin=True), "127.0.0.1", "a browser", coded=True
        )
    client = site.test_client()
    client.set_cookie("session_id", cookie)
    return client


@SQLITE
def test_no_page_and_no_answer_tells_them(site: Flask) -> None:
    world = World(site)
    world.clients["boss"] = admin(site)
    found, asked = [], 0
    for operation in routes(site):
        if operation.method != "get":
            continue
        for caller in ("nobody", "owner", "boss"):
            answer = world.ask(caller, operation)
            page = world.clients.get(caller, site.test_client()).get(
                answer.request.path, headers={"Accept": "text/html"}
            )
            asked += answer.status_code == 200
            found += [(operation.path, caller, told(each.text)) for each in (answer, page) if told_in(each.data)]
    assert found == [] and asked > 150


def told_in(data: bytes) -> bool:
    return any(secret.encode() in data for secret in NEEDLES)


@SQLITE
def test_no_line_of_the_log_tells_them_when_everything_fails(site: Flask, capfd: pytest.CaptureFixture[str]) -> None:
    logs.configure("debug")
    config: Config = site.config["SOUNDBOX"]
    client = site.test_client()
    assert sign_up(client, "eva", email="eva@example.org").status_code == 201
    assert LetterSender(db, config).step()
    answers = [
        client.get("/auth/oidc"),
        client.get("/auth/oidc/back?code=x&state=y"),
        client.post("/api/aura/checkout", json={"pack": "small"}),
        client.post("/stripe/webhook", data=b"{}", headers={"Stripe-Signature": "t=1,v1=00"}),
    ]
    with pytest.raises(StripeAway) as away:
        StripeAccount(config).bought("cs_1")
    said = capfd.readouterr().err
    assert "535" in repr(waiting()) and "OpenID" in said
    assert [answer.status_code for answer in answers] == [503, 400, 503, 400]
    assert told(said + str(away.value) + "".join(answer.text for answer in answers)) == []


def waiting() -> list[Any]:
    with db.read() as session:
        return list(session.execute(select(Base.metadata.tables["letters"])).all())


@SQLITE
def test_no_copy_of_the_database_and_no_export_tells_them(site: Flask) -> None:
    client = site.test_client()
    sign_up(client, "eva", email="eva@example.org")
    webhook = client.post("/api/webhooks", json={"url": "https://example.com/ready"}).json
    LetterSender(db, site.config["SOUNDBOX"]).step()
    signing = secret_of(site.config["SOUNDBOX"].secret_key(), webhook["id"])
    assert webhook["secret"] == signing
    with zipfile.ZipFile(io.BytesIO(client.get("/settings/export.zip").data)) as files:
        taken = " ".join(files.read(name).decode("latin-1") for name in files.namelist())
    with db.read() as session:
        dump = repr([session.execute(select(table)).all() for table in Base.metadata.sorted_tables])
    for text in (taken, dump):
        assert "example.com/ready" in text and told(text) == []
        assert signing not in text and signing.removeprefix("whsec_") not in text
        assert site.config["SOUNDBOX"].secret_key() not in text


@SQLITE
def test_no_representation_and_no_refusal_of_a_setting_tells_them(site: Flask, config: Config) -> None:
    assert told(repr(site.config["SOUNDBOX"]) + str(site.config["SOUNDBOX"])) == []
    with pytest.raises(ConfigError) as refused:
        Config.load(config.instance, mode="accounts", **SECRETS, smtp_port="nonsense")
    assert told(str(refused.value)) == [] and "nonsense" in str(refused.value)


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_that_is_no_text_is_refused_without_being_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigError) as refused:
        Config.load(tmp_path, mode="accounts", **{name: {"Zq7": 4711}})
    assert name.upper() in str(refused.value) and "4711" not in str(refused.value)
