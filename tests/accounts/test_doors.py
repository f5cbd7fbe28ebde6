"""The forms before which people stand, and what they are told there. Databases differ in none of it."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from soundbox.accounts import passwords
from soundbox.accounts.models import User
from soundbox.extensions import db

from .people import HTML, PASSWORD, sign_in, sign_up, signed_up


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.mark.parametrize(("name", "password"), [("ada", "wrong"), ("eve", PASSWORD), ("eve@example.org", PASSWORD)])
def test_a_wrong_name_and_a_wrong_password_are_told_alike(public_app: Flask, name: str, password: str) -> None:
    signed_up(public_app)
    answer = sign_in(public_app.test_client(), name, password)
    assert (answer.status_code, answer.json) == (401, {"error": "The name or the password is wrong"})
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("name", ["ada", "eve", "ben"])
def test_every_try_costs_one_hash(public_app: Flask, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Or the time would tell who is here. ben has no password."""
    signed_up(public_app)
    with db.write() as session:
        User.add_member(session, "ben")
    hashes = []

    class Counting:
        def verify(self, kept: str, password: str) -> bool:
            hashes.append(kept)
            return hasher.verify(kept, password)

    hasher = passwords._hasher
    monkeypatch.setattr(passwords, "_hasher", Counting())
    assert sign_in(public_app.test_client(), name, "wrong").status_code == 401
    (kept,) = hashes
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"name": "a"}, "A name has 2 to 32 characters of a-z, 0-9, _ and -."),
        ({"name": "ada lovelace"}, "A name has 2 to 32 characters of a-z, 0-9, _ and -."),
        ({"name": "owner"}, "The name owner is taken."),
        ({"name": "ben"}, "The name ben is taken."),
        ({"name": "BEN"}, "The name ben is taken."),
        ({"name": None}, "Name is required"),
        ({"password": "seven77"}, "Password must have at least 8 characters"),
        ({"password": "x" * 201}, "Password must have at most 200 characters"),
        ({"password": "\ud800" * 9}, "Password is not valid Unicode text"),
        ({"password": None}, "Password is required"),
        ({"email": "nowhere"}, "This is no e-mail address."),
        ({"email": "a@b@example.org"}, "This is no e-mail address."),
        ({"email": "ada@example.org\nBcc: all@example.org"}, "This is no e-mail address."),
    ],
)
def test_what_cannot_be_is_refused_in_words(cast: dict, nobody: FlaskClient, given: dict, error: str) -> None:
    answer = nobody.post("/auth/register", json={"name": "eve", "password": PASSWORD, **given})
    assert answer.status_code == 400
    assert answer.json == {"error": error}
    assert "Set-Cookie" not in answer.headers


def test_a_form_gets_its_faults_beside_the_fields_and_never_the_password_back(nobody: FlaskClient) -> None:
    typed = {"name": "Ada Lovelace", "password": "secret-secret", "email": "ada@example.org", "next": "/queue"}
    page = nobody.post("/auth/register", data=typed, headers=HTML)
    assert page.status_code == 400
    assert 'id="name-mistake"' in page.text and 'aria-describedby="name-mistake"' in page.text
    assert 'value="Ada Lovelace"' in page.text and 'value="ada@example.org"' in page.text
    assert 'value="/queue"' in page.text and "secret-secret" not in page.text


def test_a_form_goes_on_to_where_one_was(public_app: Flask) -> None:
    ada = public_app.test_client()
    page = ada.get("/auth/register", headers={**HTML, "Referer": "http://localhost/library?search=rain"})
    assert 'value="/library?search=rain"' in page.text
    typed = {"name": "ada", "password": PASSWORD, "next": "/library?search=rain"}
    answer = ada.post("/auth/register", data=typed, headers=HTML)
    assert (answer.status_code, answer.location) == (303, "/library?search=rain")
    page = ada.get("/library", headers=HTML).text
    assert "Welcome, ada." in page and "Sign out" in page and "Sign in" not in page


@pytest.mark.parametrize(
    "elsewhere",
    [
        *("https://evil.example", "//evil.example", "/\\evil.example", "/\t/evil.example", "\\/evil.example"),
        *("javascript:alert(1)", "library", " /library", "/\n/evil.example", "/" + "x" * 2001, "http:///evil.example"),
    ],
)
def test_sign_in_leads_nowhere_else(public_app: Flask, elsewhere: str) -> None:
    signed_up(public_app)
    typed = {"name": "ada", "password": PASSWORD, "next": elsewhere}
    answer = public_app.test_client().post("/auth/login", data=typed, headers=HTML)
    assert answer.location in ("/", None)
    assert "evil.example" not in answer.headers.get("Location", "")
    page = public_app.test_client().get("/auth/login", query_string={"next": elsewhere}, headers=HTML).text
    assert 'name="next" value="/"' in " ".join(page.split())


def test_who_is_signed_in_does_not_stand_before_the_form_again(public_app: Flask) -> None:
    ada = signed_up(public_app)
    assert ada.get("/auth/login?next=/queue", headers=HTML).location == "/queue"
    from_a_form = {**HTML, "Referer": "http://localhost/auth/reset?link=secret"}
    assert ada.get("/auth/login", headers=from_a_form).location == "/"
    assert "secret" not in public_app.test_client().get("/auth/login", headers=from_a_form).text
    assert sign_up(ada, "eve").json == {"error": "You are signed in as ada already"}


@pytest.mark.parametrize(("scheme", "is_secure"), [("https", True), ("http", False)])
def test_the_cookie_is_for_this_site_alone(public_app: Flask, scheme: str, is_secure: bool) -> None:
    answer = public_app.test_client().post(
        "/auth/register", json={"name": "ada", "password": PASSWORD}, base_url=f"{scheme}://localhost"
    )
    flags = answer.headers["Set-Cookie"]
    assert "HttpOnly" in flags and "SameSite=Lax" in flags and "Path=/" in flags and "Domain" not in flags
    assert ("Secure" in flags) is is_secure


def test_another_site_cannot_sign_anybody_in(public_app: Flask) -> None:
    signed_up(public_app)
    typed = {"name": "ada", "password": PASSWORD}
    cross = public_app.test_client().post("/auth/login", data=typed, headers={"Sec-Fetch-Site": "cross-site"})
    assert cross.status_code == 403 and "Set-Cookie" not in cross.headers


def test_an_open_instance_knows_no_accounts(owner: FlaskClient) -> None:
    assert owner.get("/auth/login").status_code == 404
    page = owner.get("/", headers=HTML).text
    assert "Sign in" not in page and "Sign out" not in page and "owner" in page


def test_every_page_of_the_settings_leads_back_to_them(public_app: Flask) -> None:
    ada = signed_up(public_app)
    pages = set(re.findall(r'href="(/settings/[^"]+)"', ada.get("/settings", headers=HTML).text))
    assert len(pages) >= 8
    for path in pages:
        assert re.search(r'href="/settings">.* Settings</a>', ada.get(path, headers=HTML).text, re.DOTALL), path
