"""The first admin: by the code that is printed, never by coming first."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from soundbox.accounts.audit import AuditEntry
from soundbox.accounts.models import User
from soundbox.accounts.setup import SetupCode, new_code
from soundbox.app import create_app
from soundbox.config import Config
from soundbox.extensions import db
from tests.deploy.site import Site, soundbox

from .people import HTML, PASSWORD, sign_in, signed_up, who


@pytest.fixture
def printed(public_app: Flask) -> str:
    with db.write() as session:
        return str(new_code(session))


def test_whoever_has_the_code_runs_the_site(public_app: Flask, printed: str) -> None:
    ada = signed_up(public_app)
    assert not who(ada)["is_admin"]
    assert ada.post("/auth/setup", json={"code": f" {printed.upper()} "}).json == {"has_admin": True}
    assert not who(ada)["is_admin"]  # this browser has shown no second factor yet
    with db.read() as session:
        assert session.scalars(select(User.name).where(User.is_admin)).all() == ["ada"]
        assert session.scalars(select(AuditEntry.action)).all() == ["admin.setup"]


def test_coming_first_is_worth_nothing(public_app: Flask, printed: str) -> None:
    ada = signed_up(public_app)
    answer = ada.post("/auth/setup", json={"code": "0000-0000-0000-0000"})
    assert (answer.status_code, answer.json) == (403, {"error": "This is not the code that was printed last"})
    assert not who(ada)["is_admin"]


def test_the_code_works_once(public_app: Flask, printed: str) -> None:
    signed_up(public_app).post("/auth/setup", json={"code": printed})
    eve = signed_up(public_app, "eve")
    answer = eve.post("/auth/setup", json={"code": printed})
    assert (answer.status_code, answer.json) == (403, {"error": "This site has an admin already"})


def test_the_next_start_prints_another_and_none_where_there_is_an_admin(public_app: Flask, printed: str) -> None:
    with db.write() as session:
        second = new_code(session)
    ada = signed_up(public_app)
    assert ada.post("/auth/setup", json={"code": printed}).status_code == 403
    assert ada.post("/auth/setup", json={"code": second}).status_code == 200
    with db.write() as session:
        assert new_code(session) is None
        assert session.scalars(select(SetupCode)).all() == []


def test_it_is_not_guessed(public_app: Flask, printed: str) -> None:
    ada = signed_up(public_app)
    statuses = [ada.post("/auth/setup", json={"code": f"{number:04}"}).status_code for number in range(7)]
    assert statuses == [403] * 5 + [429] * 2


def test_it_is_kept_as_a_hash(public_app: Flask, printed: str) -> None:
    with db.read() as session:
        assert printed not in session.scalars(select(SetupCode.code_hash)).one()


def test_the_way_there_leads_through_signing_up(public_app: Flask, printed: str) -> None:
    visitor = public_app.test_client()
    assert visitor.get("/auth/setup", headers=HTML).location == "/auth/register?next=/auth/setup"
    typed = {"name": "ada", "password": PASSWORD, "next": "/auth/setup"}
    assert visitor.post("/auth/register", data=typed, headers=HTML).location == "/auth/setup"
    assert "Setup code" in visitor.get("/auth/setup", headers=HTML).text
    assert visitor.post("/auth/setup", data={"code": "wrong"}, headers=HTML).status_code == 403
    assert visitor.post("/auth/setup", data={"code": printed}, headers=HTML).status_code == 303
    assert "already" in visitor.get("/auth/setup", headers=HTML).text


def test_a_token_sets_nothing_up(public_app: Flask, cast: dict[str, FlaskClient], printed: str) -> None:
    assert cast["ada"].post("/auth/setup", json={"code": "x"}).status_code == 403


def test_serve_prints_the_code_that_works(tmp_path: Path) -> None:
    site = Site(tmp_path / "instance", mode="accounts", worker="none", log_level="error")
    line = next(line for line in site.ready().said().splitlines() if "Enter the code" in line)
    code, address = line.split("code ")[1].split()[0], line.split(" at ")[1].strip()
    assert address == f"{site.address}/auth/setup"
    with requests.Session() as browser:
        browser.post(f"{site.address}/auth/register", json={"name": "ada", "password": PASSWORD}, timeout=10)
        assert browser.post(address, json={"code": code}, timeout=10).status_code == 200
        assert browser.get(address, timeout=10, headers={"Accept": "application/json"}).json() == {"has_admin": True}
    site.stop()


def test_people_made_by_the_command_line_choose_a_password_by_a_link(tmp_path: Path) -> None:
    place = {"instance": str(tmp_path), "public_url": "https://sound.example"}
    soundbox("user", "add", "ben", "--tier", "creator", **place)
    printed = soundbox("user", "link", "ben", **place).stdout.strip()
    assert printed.startswith("https://sound.example/auth/reset?link=")
    unknown = soundbox("user", "link", "eve", **place)
    assert unknown.returncode == 1 and "There is no member called eve" in unknown.stderr
    browser = create_app(Config.load(tmp_path, mode="accounts", worker="none")).test_client()
    assert sign_in(browser, "ben").status_code == 401
    body = {"link": printed.partition("link=")[2], "password": PASSWORD}
    assert browser.post("/auth/reset", json=body).status_code == 200
    assert sign_in(browser, "ben").json["tier"] == "creator"
    db.close()
