"""Signing up, in and out, with forms and as programs."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, func, select

from soundbox.accounts import passwords
from soundbox.accounts.models import User
from soundbox.accounts.sessions import DAY_MS, BrowserSession
from soundbox.extensions import db

from .people import PASSWORD, RAIN, cookie, sign_in, sign_up, signed_up, who


def test_a_name_and_a_password_make_a_member(nobody: FlaskClient) -> None:
    answer = sign_up(nobody)
    assert answer.status_code == 201
    assert answer.json["name"] == "ada" and answer.json["tier"] == "free" and not answer.json["is_admin"]
    assert who(nobody)["signed_in"]


def test_one_signs_out_and_in_again(public_app: Flask) -> None:
    ada = signed_up(public_app)
    assert ada.post("/auth/logout").json == {"success": True}
    assert not who(ada)["signed_in"] and cookie(ada) is None
    answer = sign_in(ada)
    assert (answer.status_code, answer.json["name"]) == (200, "ada")
    assert who(ada)["name"] == "ada"


@pytest.mark.parametrize("said", ["ada", "Ada", " ada ", "ada@example.org", "ADA@Example.org"])
def test_one_signs_in_by_name_or_address(public_app: Flask, said: str) -> None:
    signed_up(public_app, email="Ada@example.org")
    assert sign_in(public_app.test_client(), said).status_code == 200


def test_passwords_and_secrets_are_kept_as_hashes(public_app: Flask) -> None:
    ada = signed_up(public_app)
    with db.read() as session:
        user, kept = session.scalars(select(User)).one(), session.scalars(select(BrowserSession)).one()
    assert user.password_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert cookie(ada).startswith("sbs_") and cookie(ada) not in kept.secret_hash


def test_a_password_made_with_other_costs_is_hashed_anew(public_app: Flask) -> None:
    signed_up(public_app)
    cheap = passwords.PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    with db.write() as session:
        session.scalars(select(User)).one().password_hash = cheap
    assert sign_in(public_app.test_client()).status_code == 200
    with db.read() as session:
        assert "m=19456,t=2,p=1" in session.scalars(select(User.password_hash)).one()
    assert sign_in(public_app.test_client()).status_code == 200


def test_the_same_characters_composed_otherwise_are_the_same_password(public_app: Flask) -> None:
    public_app.test_client().post("/auth/register", json={"name": "ada", "password": "caf\u00e9 caf\u00e9"})
    assert sign_in(public_app.test_client(), password="cafe\u0301 cafe\u0301").status_code == 200


def test_sign_in_gives_a_new_session_and_ends_the_one_before(public_app: Flask) -> None:
    ada = signed_up(public_app)
    before = cookie(ada)
    sign_in(ada)
    assert cookie(ada) != before
    thief = public_app.test_client()
    thief.set_cookie("session_id", before)
    assert not who(thief)["signed_in"]


def test_a_session_that_somebody_else_chose_is_not_taken_over(public_app: Flask) -> None:
    signed_up(public_app)
    fixed = public_app.test_client()
    fixed.set_cookie("session_id", "sbs_chosen-by-somebody-else")
    sign_in(fixed)
    assert cookie(fixed) not in (None, "sbs_chosen-by-somebody-else")


def test_signing_out_ends_the_session_for_whoever_kept_the_cookie(public_app: Flask) -> None:
    ada = signed_up(public_app)
    kept = cookie(ada)
    ada.post("/auth/logout")
    ada.set_cookie("session_id", kept)
    assert not who(ada)["signed_in"]


def test_a_guest_who_signs_out_stays_who_they_are(nobody: FlaskClient) -> None:
    nobody.post("/generate", json=RAIN)
    before = cookie(nobody)
    assert nobody.post("/auth/logout").status_code == 200
    assert cookie(nobody) == before


@pytest.mark.parametrize(
    ("seen_days", "age_days", "counts"), [(13, 13, True), (15, 15, False), (0, 89, True), (0, 91, False)]
)
def test_a_session_ends_when_idle_and_when_old(public_app: Flask, seen_days: int, age_days: int, counts: bool) -> None:
    ada = signed_up(public_app)
    with db.write() as session:
        kept = session.scalars(select(BrowserSession)).one()
        kept.seen_ms -= seen_days * DAY_MS
        kept.created_ms -= age_days * DAY_MS
    assert who(ada)["signed_in"] is counts


def test_use_keeps_a_session_alive(public_app: Flask) -> None:
    ada = signed_up(public_app)
    with db.write() as session:
        kept = session.scalars(select(BrowserSession)).one()
        kept.seen_ms, kept.created_ms = kept.seen_ms - 13 * DAY_MS, kept.created_ms - 13 * DAY_MS
        before = kept.seen_ms
    who(ada)
    with db.read() as session:
        assert session.scalars(select(BrowserSession.seen_ms)).one() > before


def test_members_are_no_guests(public_app: Flask) -> None:
    ada = signed_up(public_app)
    assert ada.post("/generate", json=RAIN).status_code == 201
    with db.read() as session:
        assert session.scalar(select(func.count()).select_from(User)) == 1
    assert "Set-Cookie" not in ada.get("/library").headers


def test_one_query_says_who_is_asking(public_app: Flask) -> None:
    ada, asked = signed_up(public_app), []
    event.listen(db.engine, "before_cursor_execute", lambda _c, _cursor, statement, *_: asked.append(statement))
    ada.get("/api/categories/music")
    assert len(asked) == 1 and "browser_sessions" in asked[0] and "users" in asked[0]
