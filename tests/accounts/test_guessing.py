"""Guessing at passwords gets slower and slower where it comes from, and stops nobody who knows theirs."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from soundbox.accounts import guessing, passwords
from soundbox.accounts.attempts import FORGOTTEN_MS, Attempt, Limit
from soundbox.app import create_app
from soundbox.extensions import db

from .people import HTML, PASSWORD, sign_in, signed_up

HERE, THERE = "203.0.113.5", "198.51.100.7"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that cost next to nothing: how slow they are is tested elsewhere."""
    monkeypatch.setattr(passwords, "_hasher", passwords.PasswordHasher(1, 8, 1))


def enter(app: Flask, password: str, address: str = HERE, name: str = "ada") -> TestResponse:
    return app.test_client().post(
        "/auth/login", json={"name": name, "password": password}, environ_base={"REMOTE_ADDR": address}
    )


def pass_time(ms: int) -> None:
    with db.write() as session:
        session.execute(update(Attempt).values(last_ms=Attempt.last_ms - ms))


def guess(app: Flask, count: int, address: str = HERE, name: str = "ada") -> list[int]:
    return [enter(app, "wrong", address, name).status_code for _ in range(count)]


@pytest.mark.parametrize("name", ["ada", "nobody-at-all"])
def test_after_five_tries_one_waits_and_is_told_for_how_long(public_app: Flask, name: str) -> None:
    signed_up(public_app)
    assert guess(public_app, 5, name=name) == [401] * 5
    answer = enter(public_app, PASSWORD, name=name)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "2")
    assert answer.json == {"error": "Too many tries. Try again in 2 s."}
    page = public_app.test_client().post(
        "/auth/login", data={"name": name, "password": "wrong"}, headers=HTML, environ_base={"REMOTE_ADDR": HERE}
    )
    assert "Too many tries. Try again in 2 s." in page.text


def test_each_wait_is_twice_the_one_before(public_app: Flask) -> None:
    signed_up(public_app)
    guess(public_app, 5)
    waits = []
    for _ in range(5):
        wait = int(enter(public_app, "wrong").headers["Retry-After"])
        waits.append(wait)
        pass_time(wait * 1000)
        assert guess(public_app, 1) == [401]
    assert waits == [2, 4, 8, 16, 32]


def test_a_wait_is_never_longer_than_a_quarter_of_an_hour() -> None:
    assert Limit("", 5).wait_ms(4) == 0
    assert Limit("", 5).wait_ms(1_000_000) == 900_000


def test_the_owner_gets_in_from_another_address(public_app: Flask) -> None:
    signed_up(public_app)
    guess(public_app, 8)
    assert enter(public_app, PASSWORD, THERE).status_code == 200


def test_the_right_password_clears_what_was_mistyped(public_app: Flask) -> None:
    signed_up(public_app)
    for _ in range(3):
        assert guess(public_app, 4) == [401] * 4
        assert enter(public_app, PASSWORD).status_code == 200


def test_after_an_hour_all_is_forgotten(public_app: Flask) -> None:
    signed_up(public_app)
    guess(public_app, 5)
    pass_time(FORGOTTEN_MS)
    assert guess(public_app, 5) == [401] * 5


def test_a_restart_resets_nothing_and_processes_share_the_count(public_app: Flask) -> None:
    signed_up(public_app)
    guess(public_app, 5)
    again = create_app(public_app.config["SOUNDBOX"])
    assert enter(again, "wrong").status_code == 429


def test_one_address_cannot_try_one_password_on_everybody(public_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guessing, "FROM", Limit("few", 6))
    statuses = [enter(public_app, "password", name=f"person{number}").status_code for number in range(8)]
    assert statuses == [401] * 6 + [429] * 2
    assert enter(public_app, "password", THERE, "person9").status_code == 401


def test_many_addresses_cannot_guess_at_one_account_and_its_owner_still_gets_in(
    public_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guessing, "AT", Limit("few", 6))
    signed_up(public_app)
    assert enter(public_app, PASSWORD, THERE).status_code == 200  # from now on it knows this address
    statuses = [guess(public_app, 1, f"203.0.113.{number}")[0] for number in range(8)]
    assert statuses == [401] * 6 + [429] * 2
    assert enter(public_app, PASSWORD, THERE).status_code == 200


def test_name_and_address_of_a_person_are_one_account(public_app: Flask) -> None:
    signed_up(public_app, email="ada@example.org")
    guess(public_app, 3)
    assert guess(public_app, 3, name="ADA@example.org") == [401, 401, 429]


def test_many_at_once_are_not_all_the_first(public_app: Flask) -> None:
    signed_up(public_app)
    with ThreadPoolExecutor(12) as crowd:
        statuses = list(crowd.map(lambda _: enter(public_app, "wrong").status_code, range(24)))
    assert statuses.count(401) == 5


def test_signing_in_and_out_all_day_blocks_nobody(public_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guessing, "FROM", Limit("few", 3))
    signed_up(public_app)
    assert [enter(public_app, PASSWORD).status_code for _ in range(6)] == [200] * 6


def test_what_was_typed_is_not_stored(public_app: Flask) -> None:
    guess(public_app, 1, name="my-password-in-the-wrong-field")
    with db.read() as session:
        keys = list(session.scalars(select(Attempt.key)))
    assert keys and all(len(key) == 64 for key in keys)


def test_one_address_makes_only_so_many_accounts(public_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guessing, "SIGN_UPS", Limit("few", 2))
    clients: list[FlaskClient] = [public_app.test_client() for _ in range(4)]
    answers = [
        client.post("/auth/register", json={"name": f"eve{number}", "password": PASSWORD})
        for number, client in enumerate(clients)
    ]
    assert [answer.status_code for answer in answers] == [201, 201, 429, 429]


def test_signing_in_works_when_the_browser_was_never_seen(public_app: Flask) -> None:
    signed_up(public_app)
    assert sign_in(public_app.test_client()).status_code == 200
