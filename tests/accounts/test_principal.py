"""Who is asking: members by token, guests by cookie, the owner of an open instance."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from soundbox.accounts.models import AccountError, ApiToken, User
from soundbox.clock import now_ms
from soundbox.extensions import db

RAIN = {"prompt": "slow rain on a tin roof", "model": "audio", "duration": 2}


def people() -> int:
    with db.read() as session:
        return session.scalar(select(func.count()).select_from(User))


def test_a_member_generates_with_a_token(cast: dict[str, FlaskClient]) -> None:
    answer = cast["ben"].post("/generate", json=RAIN)
    assert answer.status_code == 201
    assert answer.json["priority"] == "creator"


def test_the_first_sound_somebody_asks_for_is_shown_as_theirs(nobody: FlaskClient) -> None:
    fragment = nobody.post("/generate", data=RAIN, headers={"HX-Request": "true"})
    assert "slow rain on a tin roof" in fragment.text
    assert "data-mine" in fragment.text


@pytest.mark.parametrize("path", ["/api/library", "/library", "/", "/health", "/queue-status"])
@pytest.mark.parametrize("header", ["Bearer sbx_wrong", "Bearer", "Basic YTpi", "nonsense"])
def test_an_invalid_token_is_refused_everywhere(nobody: FlaskClient, path: str, header: str) -> None:
    answer = nobody.get(path, headers={"Authorization": header, "Accept": "application/json"})
    assert answer.status_code == 401
    assert answer.json == {"error": "Authentication required"}
    assert "Bearer" in answer.headers["WWW-Authenticate"]


@pytest.mark.parametrize("fault", ["revoked_ms", "expires_ms"])
def test_a_revoked_or_expired_token_is_refused(public_app: Flask, cast: dict[str, FlaskClient], fault: str) -> None:
    with db.write() as session:
        for token in session.scalars(select(ApiToken)):
            setattr(token, fault, now_ms() - 1)
    assert cast["ada"].get("/api/library").status_code == 401


def test_a_token_without_the_scope_may_read_but_not_generate(public_app: Flask, nobody: FlaskClient) -> None:
    with db.write() as session:
        token = ApiToken.issue(session, User.add_member(session, "ada"), scopes=("read",))
    bearer = {"Authorization": f"Bearer {token}"}
    assert nobody.get("/api/library", headers=bearer).status_code == 200
    assert nobody.post("/generate", json=RAIN, headers=bearer).status_code == 403


def test_the_stored_token_is_not_the_token(public_app: Flask) -> None:
    with db.write() as session:
        token = ApiToken.issue(session, User.add_member(session, "ada"))
        stored = session.scalars(select(ApiToken)).one()
    assert token.startswith("sbx_") and token not in stored.token_hash


def test_looking_around_makes_nobody(nobody: FlaskClient) -> None:
    for path in ("/", "/create", "/library", "/queue", "/mine"):
        assert "Set-Cookie" not in nobody.get(path).headers
    assert people() == 0


def test_a_guest_is_made_by_the_first_accepted_write_and_remembered(nobody: FlaskClient) -> None:
    cookie = nobody.post("/generate", json=RAIN).headers["Set-Cookie"]
    assert cookie.startswith("session_id=") and "HttpOnly" in cookie and "SameSite=Lax" in cookie
    assert "Set-Cookie" not in nobody.post("/generate", json=RAIN).headers
    assert people() == 1


def test_a_refused_write_makes_nobody(nobody: FlaskClient) -> None:
    assert nobody.post("/generate", json={"prompt": ""}).status_code == 400
    assert nobody.post("/generate", json={**RAIN, "duration": 31}).status_code == 400
    assert people() == 0


def test_dropping_the_cookie_buys_no_more_jobs(public_app: Flask) -> None:
    answers = [public_app.test_client().post("/generate", json=RAIN) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 429]
    assert int(answers[-1].headers["Retry-After"]) > 0


def test_guests_of_one_ipv6_network_share_their_limits(public_app: Flask) -> None:
    def ask(address: str) -> int:
        return public_app.test_client().post("/generate", json=RAIN, environ_base={"REMOTE_ADDR": address}).status_code

    assert [ask("2001:db8::1"), ask("2001:db8::2"), ask("2001:db8::3")] == [201, 201, 429]
    assert ask("2001:db8:0:1::1") == 201


def test_guests_can_be_switched_off(config, database: None) -> None:
    from soundbox.app import create_app
    from soundbox.config import Config

    closed = Config.load(config.instance, database=config.database, worker="none", mode="accounts", guests=False)
    visitor = create_app(closed).test_client()
    answer = visitor.post("/generate", json=RAIN)
    assert (answer.status_code, answer.json) == (401, {"error": "Authentication required"})
    assert "Only members make sounds here." in visitor.get("/create", headers={"Accept": "text/html"}).text
    assert visitor.post("/auth/register", json={"name": "ada", "password": "one of my own"}).status_code == 201
    assert visitor.post("/generate", json=RAIN).status_code == 201
    assert "Only members make sounds here." not in visitor.get("/create", headers={"Accept": "text/html"}).text


def test_everybody_is_the_owner_of_an_open_instance(owner: FlaskClient) -> None:
    for number in range(5):
        answer = owner.post("/generate", json={**RAIN, "duration": 180, "user_id": f"person-{number}"})
        assert (answer.status_code, answer.json["priority"]) == (201, "admin")
    assert people() == 1


def test_priority_counts_only_from_an_admin(cast: dict[str, FlaskClient]) -> None:
    asked = {**RAIN, "priority": "creator"}
    assert cast["ada"].post("/generate", json=asked).json["priority"] == "free"
    assert cast["cleo"].post("/generate", json=asked).json["priority"] == "creator"


@pytest.mark.parametrize("name", ["a", "A", "ada lovelace", "x" * 33, "", "ada\n", "owner"])
def test_a_bad_name_is_refused(public_app: Flask, name: str) -> None:
    with pytest.raises(AccountError), db.write() as session:
        User.add_member(session, name)


def test_a_taken_name_is_refused(cast: dict[str, FlaskClient]) -> None:
    with pytest.raises(AccountError, match="taken"), db.write() as session:
        User.add_member(session, "ada")
