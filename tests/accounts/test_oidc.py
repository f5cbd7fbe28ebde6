"""Signing in with OpenID Connect, against a provider of our own that can lie."""

from __future__ import annotations

import time
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient
from joserfc.jwk import RSAKey
from sqlalchemy import func, select, update
from werkzeug.test import TestResponse

from soundbox.accounts.identities import Identity
from soundbox.accounts.models import User
from soundbox.app import create_app
from soundbox.config import Config, ConfigError
from soundbox.extensions import db
from tests.accounts.people import HTML, PASSWORD, RAIN, sign_in, signed_up, who
from tests.accounts.provider import CLIENT_ID, CLIENT_SECRET, Provider, running

JSON = {"Accept": "application/json"}


@pytest.fixture
def provider() -> Iterator[Provider]:
    with running() as provider:
        yield provider


@pytest.fixture
def site(config: Config, database: None, provider: Provider) -> Flask:
    return create_app(
        Config.load(
            config.instance,
            database=config.database,
            worker="none",
            mode="accounts",
            oidc_issuer=provider.issuer,
            oidc_client_id=CLIENT_ID,
            oidc_client_secret=CLIENT_SECRET,
            oidc_name="Example",
        )
    )


def at_the_provider(client: FlaskClient, onward: str = "/queue") -> str:
    """Where the provider leads back to."""
    leads = client.get("/auth/oidc", query_string={"next": onward})
    assert leads.status_code == 302, leads.text
    back = requests.get(leads.location, allow_redirects=False, timeout=5).headers["Location"]
    parts = urlsplit(back)
    assert (parts.netloc, parts.path) == ("localhost", "/auth/oidc/back")
    return f"{parts.path}?{parts.query}"


def come_back(client: FlaskClient, **headers: str) -> TestResponse:
    return client.get(at_the_provider(client), headers=headers or HTML)


def arrive(client: FlaskClient, name: str = "ada") -> TestResponse:
    assert come_back(client).location == "/auth/oidc/name"
    return client.post("/auth/oidc/name", data={"name": name}, headers=HTML)


def identities() -> list[tuple[str, str, str]]:
    with db.read() as session:
        rows = session.execute(select(Identity.issuer, Identity.subject, User.name).join(User))
        return [tuple(row) for row in rows]


def test_somebody_new_is_asked_for_a_name(site: Flask, provider: Provider) -> None:
    client = site.test_client()
    assert come_back(client).location == "/auth/oidc/name"
    assert 'value="ada-l"' in client.get("/auth/oidc/name", headers=HTML).text
    done = client.post("/auth/oidc/name", data={"name": "Ada"}, headers=HTML)
    assert (done.status_code, done.location) == (303, "/queue")
    assert who(client)["name"] == "ada" and who(client)["signed_in"] is True
    assert identities() == [(provider.issuer, "4711", "ada")]


def test_and_is_known_the_next_time(site: Flask) -> None:
    arrive(site.test_client())
    client = site.test_client()
    done = come_back(client)
    assert (done.status_code, done.location, who(client)["name"]) == (303, "/queue", "ada")
    assert len(identities()) == 1


def test_we_ask_with_state_nonce_and_a_challenge(site: Flask, provider: Provider) -> None:
    first, second = site.test_client(), site.test_client()
    at_the_provider(first)
    asked = provider.asked
    at_the_provider(second)
    for name in ("state", "nonce", "code_challenge"):
        assert len(asked[name]) >= 20 and asked[name] != provider.asked[name]
    assert (asked["code_challenge_method"], asked["response_type"]) == ("S256", "code")
    assert "openid" in asked["scope"].split()


LIES = {
    "nonce of another": {"nonce": "another"},
    "no nonce": {"nonce": None},
    "expired": {"exp": int(time.time()) - 3600, "iat": int(time.time()) - 7200},
    "no end": {"exp": None},
    "for another site": {"aud": "another"},
    "for another site, handed on": {"aud": "another", "azp": CLIENT_ID},
    "for us and handed to another": {"aud": [CLIENT_ID, "another"], "azp": "another"},
    "from another issuer": {"iss": "https://evil.example"},
    "nobody": {"sub": None},
    "somebody without end": {"sub": "x" * 256},
    "made tomorrow": {"iat": int(time.time()) + 86_400},
}


@pytest.mark.parametrize("lie", LIES)
def test_a_token_that_is_not_right_lets_nobody_in(site: Flask, provider: Provider, lie: str) -> None:
    arrive(site.test_client())
    client = site.test_client()
    provider.lies = LIES[lie]
    refused = come_back(client, **JSON)
    assert refused.status_code == 400, refused.text
    assert who(client)["signed_in"] is False
    assert client.get("/auth/oidc/name", headers=JSON).status_code == 400


def test_nor_one_without_a_signature(site: Flask, provider: Provider) -> None:
    provider.algorithm = "none"
    assert come_back(site.test_client()).status_code == 400


def test_nor_one_signed_with_another_key(site: Flask, provider: Provider) -> None:
    provider.signs_with = RSAKey.generate_key(2048, {"kid": "1"})
    assert come_back(site.test_client()).status_code == 400


def test_nor_one_signed_with_what_everybody_knows(site: Flask, provider: Provider) -> None:
    """The public key as the key of an HMAC: the oldest trick."""
    provider.algorithm = "HS256"
    assert come_back(site.test_client()).status_code == 400


@pytest.mark.parametrize("state", ["", "another"])
def test_a_wrong_state_lets_nobody_in(site: Flask, state: str) -> None:
    client = site.test_client()
    code = parse_qs(urlsplit(at_the_provider(client)).query)["code"][0]
    assert client.get("/auth/oidc/back", query_string={"code": code, "state": state}).status_code == 400


def test_what_one_browser_began_another_does_not_finish(site: Flask) -> None:
    assert site.test_client().get(at_the_provider(site.test_client())).status_code == 400


def test_coming_back_works_once(site: Flask) -> None:
    arrive(site.test_client())
    client = site.test_client()
    path = at_the_provider(client)
    assert client.get(path, headers=HTML).status_code == 303
    assert client.get(path, headers=HTML).status_code == 400


def test_a_refusal_of_the_provider_is_told(site: Flask) -> None:
    answer = site.test_client().get("/auth/oidc/back?error=access_denied", headers=JSON)
    assert (answer.status_code, answer.json) == (400, {"error": "Signing in with Example did not work"})


def test_a_provider_that_calls_itself_something_else_is_not_used(site: Flask, provider: Provider) -> None:
    provider.calls_itself = "https://evil.example"
    assert site.test_client().get("/auth/oidc").status_code == 503
    provider.calls_itself = None
    assert site.test_client().get("/auth/oidc").status_code == 302


def test_a_provider_that_is_down_is_said_to_be(site: Flask, provider: Provider) -> None:
    site.extensions["soundbox_oidc"]._server_metadata_url = "http://127.0.0.1:9/nobody"
    answer = site.test_client().get("/auth/oidc", headers=JSON)
    assert (answer.status_code, answer.json) == (503, {"error": "Example does not answer"})
    assert "Retry-After" in answer.headers


def test_the_same_address_is_not_the_same_person(site: Flask, provider: Provider) -> None:
    signed_up(site, "ada", email="ada@example.org")
    with db.write() as session:
        session.execute(update(User).values(email_verified_ms=1))
    client = site.test_client()
    provider.person["email_verified"] = True
    assert come_back(client).location == "/auth/oidc/name"
    assert who(client)["signed_in"] is False


def test_nor_is_the_same_subject_of_another_issuer(site: Flask, provider: Provider) -> None:
    signed_up(site, "ada")
    with db.write() as session:
        user = session.scalars(select(User)).one()
        Identity.link(session, user, "https://another.example", "4711")
    assert come_back(site.test_client()).location == "/auth/oidc/name"


def test_a_name_that_is_taken_is_said_to_be(site: Flask) -> None:
    signed_up(site, "ada")
    client = site.test_client()
    answer = arrive(client, "ada")
    assert answer.status_code == 400 and "The name ada is taken" in answer.text
    assert client.post("/auth/oidc/name", data={"name": "ada2"}, headers=HTML).status_code == 303


def test_a_name_without_having_been_at_the_provider_makes_nobody(site: Flask) -> None:
    assert site.test_client().post("/auth/oidc/name", json={"name": "ada"}).status_code == 400


def test_what_a_guest_made_stays_theirs(site: Flask) -> None:
    client = site.test_client()
    job = client.post("/generate", json={**RAIN, "visibility": "private"}).json["job_id"]
    arrive(client)
    assert client.get(f"/job/{job}", headers=JSON).status_code == 200
    with db.read() as session:
        assert session.scalar(select(func.count()).select_from(User)) == 1
    again = site.test_client()
    other = again.post("/generate", json={**RAIN, "visibility": "private"}).json["job_id"]
    come_back(again)
    assert client.get(f"/job/{other}", headers=JSON).status_code == 200


def test_whoever_is_signed_in_can_sign_in_so_from_now_on(site: Flask) -> None:
    client = signed_up(site, "ada")
    assert come_back(client).status_code == 303
    other = site.test_client()
    come_back(other)
    assert who(other)["name"] == "ada"


def test_but_not_as_somebody_else(site: Flask) -> None:
    arrive(site.test_client(), "ada")
    assert come_back(signed_up(site, "ben"), **JSON).status_code == 409


def test_the_second_factor_is_asked_for_here_too(site: Flask) -> None:
    ada = signed_up(site, "ada")
    come_back(ada)
    setup = ada.post("/settings/second-factor", json={"current": PASSWORD}, headers=JSON).json["setup"]
    code = pyotp.parse_uri(setup).now()
    assert ada.post("/settings/second-factor/confirm", json={"code": code}, headers=JSON).status_code == 200
    client = site.test_client()
    assert come_back(client).location == "/auth/code?next=/queue"
    assert who(client)["signed_in"] is False


def test_nobody_signs_in_with_a_password_that_was_never_set(site: Flask) -> None:
    arrive(site.test_client())
    for password in ("", "None", PASSWORD):
        assert sign_in(site.test_client(), "ada", password).status_code in (400, 401)


def test_the_way_back_leads_to_no_other_site(site: Flask) -> None:
    arrive(site.test_client())
    client = site.test_client()
    done = client.get(at_the_provider(client, "//evil.example/"), headers=HTML)
    assert done.location == "/"


def test_the_button_is_there_only_with_a_provider(site: Flask, public_app: Flask) -> None:
    assert "Go on with Example" in site.test_client().get("/auth/login", headers=HTML).text
    assert "Go on with" not in public_app.test_client().get("/auth/login", headers=HTML).text
    assert public_app.test_client().get("/auth/oidc").status_code == 404


def test_a_provider_must_be_encrypted_and_know_us(config: Config) -> None:
    with pytest.raises(ConfigError, match="https"):
        Config.load(config.instance, oidc_issuer="http://id.example", oidc_client_id="x")
    with pytest.raises(ConfigError, match="CLIENT_ID"):
        Config.load(config.instance, oidc_issuer="https://id.example")


def way_in(client: FlaskClient) -> int:
    (one,) = client.get("/settings/providers", headers=JSON).json["identities"]
    number: int = one["id"]
    return number


def test_one_parts_from_a_provider_where_a_password_is_left(site: Flask) -> None:
    ada = signed_up(site)
    come_back(ada)
    page = ada.get("/settings/providers", headers=HTML).text
    assert "127.0.0.1" in page and "Sign in so no more" in page
    body = {"identity": way_in(ada), "current": PASSWORD}
    wrong = ada.post("/settings/providers/unlink", data={**body, "current": "a guess"}, headers=HTML)
    assert wrong.status_code == 403 and 'id="current-mistake"' in wrong.text and len(identities()) == 1
    assert ada.post("/settings/providers/unlink", data=body, headers=HTML).status_code == 303
    assert identities() == []
    assert come_back(site.test_client()).location == "/auth/oidc/name", "there they are somebody new now"
    assert sign_in(site.test_client()).status_code == 200


def test_but_not_from_the_only_way_in(site: Flask) -> None:
    ada = site.test_client()
    arrive(ada)
    answer = ada.post("/settings/providers/unlink", json={"identity": way_in(ada)}, headers=JSON)
    assert (answer.status_code, answer.json["error"]) == (400, "It is your only way to sign in")
    page = ada.get("/settings/providers", headers=HTML).text
    assert "Choose a password" in page and "Sign in so no more" not in page
    assert len(identities()) == 1


def test_a_provider_that_is_used_no_more_is_no_way_in(site: Flask) -> None:
    ada = site.test_client()
    arrive(ada)
    number = way_in(ada)
    with db.write() as session:
        user = session.scalars(select(User).where(User.name == "ada")).one()
        Identity.link(session, user, "https://gone.example", "ada")
    answer = ada.post("/settings/providers/unlink", json={"identity": number}, headers=JSON)
    assert (answer.status_code, len(identities())) == (400, 2)


def test_nobody_parts_another_from_theirs(site: Flask) -> None:
    ada = signed_up(site)
    come_back(ada)
    eve = signed_up(site, "eve")
    body = {"identity": way_in(ada), "current": PASSWORD}
    assert eve.post("/settings/providers/unlink", json=body, headers=JSON).status_code == 404
    assert len(identities()) == 1
