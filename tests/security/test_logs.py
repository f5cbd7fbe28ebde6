"""What is written down: one JSON object a line whatever people send, and no secret anywhere."""

from __future__ import annotations

import io
import json
import logging
import zipfile

import pytest
from flask import Flask
from sqlalchemy import select

from soundbox.accounts.models import User
from soundbox.extensions import Base, db
from soundbox.web import logs
from tests.accounts.people import PASSWORD, cookie, sign_in, sign_up

from .test_matrix import SQLITE
from .world import World

CONTROLS = 'evil\r\n{"level": "error", "message": "forged"}\x1b[2J\x1b]0;pwned\x07\x00\x08\x7f\u2028\u2029\u0085'


def lines(captured: str) -> list[dict]:
    return [json.loads(line) for line in captured.split("\n") if line]


@SQLITE
def test_a_line_stays_a_line(world: World, capfd: pytest.CaptureFixture[str]) -> None:
    logs.configure("info")
    client = world.app.test_client()
    client.post("/api/log-error", json={"message": CONTROLS, "stack": CONTROLS, "url": CONTROLS})
    client.get("/tracks/" + "evil%0d%0a%7B%22forged%22:1%7D%1b%5B2J%00%E2%80%A8")
    client.get("/library", query_string={"search": CONTROLS})
    client.get("/library", headers={"User-Agent": "evil\x1b[2J{}", "X-Request-ID": "evil\x1b{}aaaaaa"})
    sign_in(client, CONTROLS, CONTROLS)
    client.post("/auth/forgot", json={"email": "a@b.c\r\nBcc: everybody@example.org"})
    said = capfd.readouterr().err
    for line in lines(said):
        assert isinstance(line, dict) and {"time", "level", "logger", "message"} <= set(line)
    assert said.isascii()
    assert not any(mark in said for mark in ("\x1b", "\r", "\x00", "\x07", "\x7f", "\u2028", "\u0085"))
    assert not any(line.get("message") == "forged" for line in lines(said))


@SQLITE
def test_no_secret_is_logged(world: World, capfd: pytest.CaptureFixture[str]) -> None:
    logs.configure("debug")
    client = world.app.test_client()
    sign_up(client, "eva")
    token = client.post("/api/tokens", json={"label": "x", "scopes": ["read"]}).json["token"]
    client.post("/auth/logout")
    sign_in(client, "eva", "a wrong one that is long")
    sign_in(client, "eva")
    world.app.test_client().get("/library", headers={"Authorization": f"Bearer {token}"})
    world.app.test_client().get("/library", headers={"Authorization": f"Bearer {token}x"})
    client.post("/settings/password", json={"current": PASSWORD, "password": "another one of mine"})
    said = capfd.readouterr().err
    assert "/auth/login" in said  # it does log
    secrets = (PASSWORD, "a wrong one that is long", "another one of mine", token, token[4:], cookie(client), "$argon2")
    assert [secret for secret in secrets if secret and secret in said] == []


@SQLITE
def test_who_comes_and_goes_is_logged_and_what_they_type_is_not(
    world: World, capfd: pytest.CaptureFixture[str]
) -> None:
    logs.configure("info")
    client = world.app.test_client()
    sign_up(client, "eva")
    client.post("/auth/logout")
    sign_in(client, "eva", "a wrong one that is long")
    sign_in(client, "nobody-of-this-name", "a wrong one that is long")
    said = [line for line in lines(capfd.readouterr().err) if line["logger"] == "soundbox.security"]
    with db.read() as session:
        eva = session.scalar(select(User.id).where(User.name == "eva"))
    told = [(line["message"], line["person"]) for line in said]
    assert told == [("signed in", eva), ("signed out", eva), ("sign-in refused", eva), ("sign-in refused", None)]
    assert {line["address"] for line in said} == {"127.0.0.1"} and all(line["request_id"] for line in said)
    assert "nobody-of-this-name" not in str(said)


def test_what_breaks_says_nothing_of_what_was_sent(public_app: Flask, capfd: pytest.CaptureFixture[str]) -> None:
    """A database's complaint would quote what it was given: passwords' hashes, letters, prompts."""
    logs.configure("info")

    @public_app.post("/api/broken")
    def broken() -> str:
        with db.write() as session:
            session.execute(
                select(Base.metadata.tables["users"]).where(Base.metadata.tables["users"].c.id == "secret!")
            )
            session.connection().exec_driver_sql("SELECT nothing FROM users WHERE name = 'x'")
        return ""

    client = public_app.test_client()
    answer = client.post("/api/broken", json={"password": PASSWORD}, headers={"Authorization": ""})
    page = client.post("/api/broken", data={"password": PASSWORD}, headers={"Accept": "text/html"})
    said = capfd.readouterr().err
    assert (answer.status_code, page.status_code) == (500, 500)
    assert "secret!" not in said and PASSWORD not in said
    for told in (answer.text, page.text):
        assert "SELECT" not in told and "Traceback" not in told and ".py" not in told and "users" not in told


@SQLITE
def test_a_dump_of_the_database_opens_nothing(world: World) -> None:
    client = world.app.test_client()
    sign_up(client, "eva")
    token = client.post("/api/tokens", json={"label": "x", "scopes": ["read"]}).json["token"]
    guest = world.app.test_client()
    guest.post("/api/playlists", json={"name": "Evenings"})
    with db.read() as session:
        dump = repr([session.execute(select(table)).all() for table in Base.metadata.sorted_tables])
    assert "Evenings" in dump
    secrets = (PASSWORD, token, token[4:], cookie(client), (cookie(client) or "")[4:], cookie(guest))
    assert [secret for secret in secrets if secret in dump] == []


@SQLITE
def test_what_people_take_along_holds_no_secret(world: World) -> None:
    client = world.app.test_client()
    sign_up(client, "eva", email="eva@example.org")
    token = client.post("/api/tokens", json={"label": "My game", "scopes": ["read"]}).json["token"]
    archive = client.get("/settings/export.zip")
    with zipfile.ZipFile(io.BytesIO(archive.data)) as files:
        told = " ".join(files.read(name).decode("latin-1") for name in files.namelist())
    assert "My game" in told
    for secret in (PASSWORD, "$argon2", token, "sbs_", "token_hash", "password_hash", "secret_hash"):
        assert secret not in told, secret


def test_chatty_libraries_are_quiet() -> None:
    """At the level of debugging some write out headers and statements."""
    logs.configure("debug")
    for name in ("sqlalchemy.engine", "urllib3", "stripe", "authlib"):
        assert not logging.getLogger(name).isEnabledFor(logging.DEBUG), name
