"""Passwords that are changed or lost, and addresses that are shown to be one's own."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from soundbox.accounts.links import HOUR_MS, AccountLink
from soundbox.accounts.models import ApiToken, User
from soundbox.clock import now_ms
from soundbox.extensions import db

from .letters import Letters
from .people import HTML, PASSWORD, cookie, sign_in, sign_up, signed_up, who

NEW = "quite another long one"
ADDRESS = "ada@example.org"
JSON = {"Accept": "application/json"}


@pytest.fixture
def ada(public_app: Flask, letters: Letters) -> FlaskClient:
    """Whose address is confirmed."""
    client = signed_up(public_app, email=ADDRESS)
    assert client.post("/auth/confirm", json={"link": letters.link(ADDRESS)}).status_code == 200
    return client


def asked(app: Flask, letters: Letters, email: str = ADDRESS) -> str:
    """The secret of a letter with a link to a new password."""
    app.test_client().post("/auth/forgot", json={"email": email})
    return letters.link(email)


def test_a_new_password_counts_and_other_browsers_are_signed_out(public_app: Flask, ada: FlaskClient) -> None:
    other = public_app.test_client()
    sign_in(other)
    answer = ada.post("/settings/password", json={"current": PASSWORD, "password": NEW}, headers=JSON)
    assert answer.status_code == 200
    assert who(ada)["signed_in"] and not who(other)["signed_in"]
    assert sign_in(public_app.test_client()).status_code == 401
    assert sign_in(public_app.test_client(), password=NEW).status_code == 200


def test_whoever_does_not_know_the_password_cannot_change_it(public_app: Flask, ada: FlaskClient) -> None:
    answer = ada.post("/settings/password", json={"current": "a guess", "password": NEW}, headers=JSON)
    assert (answer.status_code, answer.json) == (403, {"error": "This is not your password"})
    page = ada.post("/settings/password", data={"current": "a guess", "password": NEW}, headers=HTML)
    assert 'id="current-mistake"' in page.text and "a guess" not in page.text and NEW not in page.text
    assert sign_in(public_app.test_client()).status_code == 200


def test_at_an_open_browser_one_guesses_slower_and_slower(ada: FlaskClient) -> None:
    body = {"current": "a guess", "password": NEW}
    statuses = [ada.post("/settings/password", json=body, headers=JSON).status_code for _ in range(7)]
    assert statuses == [403] * 5 + [429] * 2


def test_a_token_changes_no_password(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    body = {"current": "", "password": NEW}
    assert cast["ben"].post("/settings/password", json=body, headers=JSON).status_code == 403
    for path in ("/settings/password", "/settings/email", "/settings/browsers"):
        assert cast["ben"].get(path, headers=JSON).status_code == 403
        page = public_app.test_client().get(path, headers=HTML)
        assert page.status_code == 401 and "/auth/login?next=" in page.text


def test_a_lost_password_is_replaced_by_a_link_that_works_once(
    public_app: Flask, ada: FlaskClient, letters: Letters
) -> None:
    secret = asked(public_app, letters)
    assert letters.last(ADDRESS)[1] == "http://127.0.0.1:5309/auth/reset"
    page = public_app.test_client().get(f"/auth/reset?link={secret}", headers=HTML)
    assert "New password" in page.text and page.headers["Cache-Control"] == "no-store"
    body = {"link": secret, "password": NEW}
    assert public_app.test_client().post("/auth/reset", json=body).status_code == 200
    assert not who(ada)["signed_in"]
    assert sign_in(public_app.test_client(), password=NEW).status_code == 200
    again = public_app.test_client().post("/auth/reset", json=body)
    assert (again.status_code, again.json) == (400, {"error": "This link was used already, or its time is over"})
    assert letters.to(ADDRESS)[-1] == "Your password was changed"


def test_a_weak_password_does_not_use_up_the_link(public_app: Flask, ada: FlaskClient, letters: Letters) -> None:
    secret = asked(public_app, letters)
    page = public_app.test_client().post("/auth/reset", data={"link": secret, "password": "short"}, headers=HTML)
    assert 'id="password-mistake"' in page.text and secret in page.text
    assert public_app.test_client().post("/auth/reset", json={"link": secret, "password": NEW}).status_code == 200


def test_a_link_dies_of_age_and_of_a_newer_one(public_app: Flask, ada: FlaskClient, letters: Letters) -> None:
    first, second = asked(public_app, letters), asked(public_app, letters)
    assert public_app.test_client().post("/auth/reset", json={"link": first, "password": NEW}).status_code == 400
    with db.write() as session:
        session.execute(update(AccountLink).values(expires_ms=AccountLink.expires_ms - HOUR_MS))
    assert public_app.test_client().post("/auth/reset", json={"link": second, "password": NEW}).status_code == 400
    page = public_app.test_client().get(f"/auth/reset?link={second}", headers=HTML)
    assert "This link is over" in page.text


def test_a_link_for_one_purpose_is_none_for_another(public_app: Flask, letters: Letters) -> None:
    signed_up(public_app, email=ADDRESS)
    body = {"link": letters.link(ADDRESS), "password": NEW}
    assert public_app.test_client().post("/auth/reset", json=body).status_code == 400


def test_links_are_kept_as_hashes(public_app: Flask, ada: FlaskClient, letters: Letters) -> None:
    secret = asked(public_app, letters)
    with db.read() as session:
        stored = session.scalars(select(AccountLink)).one()
    assert secret not in stored.secret_hash and 0 < stored.expires_ms - now_ms() <= HOUR_MS


def test_an_address_that_nobody_confirmed_gets_the_same_answer_and_no_letter(
    public_app: Flask, ada: FlaskClient, letters: Letters
) -> None:
    signed_up(public_app, "eve", email="eve@example.org")
    before = len(letters.all())
    answers = [
        public_app.test_client().post("/auth/forgot", json={"email": email})
        for email in (ADDRESS, "eve@example.org", "nobody@example.org")
    ]
    assert len({(answer.status_code, answer.text) for answer in answers}) == 1
    assert len(letters.all()) == before + 1


def test_the_request_itself_looks_nobody_up(public_app: Flask, ada: FlaskClient, letters: Letters) -> None:
    """Or its time would tell who is here."""
    public_app.test_client().post("/auth/forgot", json={"email": ADDRESS})
    with db.read() as session:
        assert session.scalars(select(AccountLink)).all() == []
    letters.all()
    with db.read() as session:
        assert len(session.scalars(select(AccountLink)).all()) == 1


def test_nobodys_letterbox_is_filled(public_app: Flask, ada: FlaskClient, letters: Letters) -> None:
    for _ in range(8):
        public_app.test_client().post("/auth/forgot", json={"email": ADDRESS})
    assert len(letters.to(ADDRESS)) < 6


def test_a_forged_host_is_not_in_the_letter(public_app: Flask, ada: FlaskClient, letters: Letters) -> None:
    public_app.test_client().post("/auth/forgot", json={"email": ADDRESS}, headers={"Host": "evil.example"})
    assert "evil.example" not in " ".join(text for _, _, text in letters.all())


def test_an_address_counts_once_its_link_was_opened(public_app: Flask, letters: Letters) -> None:
    ada = signed_up(public_app, email=ADDRESS)
    assert ada.get("/settings/email", headers=JSON).json == {"email": ADDRESS, "confirmed": False}
    secret = letters.link(ADDRESS)
    page = ada.get(f"/auth/confirm?link={secret}", headers=HTML).text
    assert "Is this yours?" in page
    assert not ada.get("/settings/email", headers=JSON).json["confirmed"], "a program that opens links confirms nothing"
    assert ada.post("/auth/confirm", data={"link": secret}, headers=HTML).status_code == 303
    assert ada.get("/settings/email", headers=JSON).json == {"email": ADDRESS, "confirmed": True}


def test_a_new_address_is_confirmed_before_it_replaces_the_old_one(
    public_app: Flask, ada: FlaskClient, letters: Letters
) -> None:
    body = {"email": "new@example.org", "current": PASSWORD}
    assert ada.post("/settings/email", json={**body, "current": "wrong"}, headers=JSON).status_code == 403
    assert ada.post("/settings/email", json=body, headers=JSON).status_code == 200
    assert ada.get("/settings/email", headers=JSON).json["email"] == ADDRESS
    ada.post("/auth/confirm", json={"link": letters.link("new@example.org")})
    assert ada.get("/settings/email", headers=JSON).json == {"email": "new@example.org", "confirmed": True}
    assert letters.to(ADDRESS)[-1] == "Your e-mail address was changed"


def test_an_address_belongs_to_whoever_confirmed_it(public_app: Flask, ada: FlaskClient, letters: Letters) -> None:
    eve = signed_up(public_app, "eve", email=ADDRESS)
    answer = eve.post("/auth/confirm", json={"link": letters.link(ADDRESS)})
    assert (answer.status_code, answer.json) == (400, {"error": "Somebody else here has confirmed this address"})
    assert sign_in(public_app.test_client(), ADDRESS).json["name"] == "ada"


def test_browsers_are_listed_and_signed_out_one_by_one(public_app: Flask, ada: FlaskClient) -> None:
    phone = public_app.test_client()
    phone.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (Android 14; Mobile; rv:130.0) Gecko/130.0 Firefox/130.0"
    sign_in(phone)
    listed = ada.get("/settings/browsers", headers=JSON).json["sessions"]
    assert [(one["device"], one["is_this"]) for one in listed] == [
        ("Firefox on Android", False),
        ("Another program", True),
    ]
    assert "Firefox on Android" in ada.get("/settings/browsers", headers=HTML).text
    assert ada.post("/settings/browsers/end", data={"session": listed[0]["id"]}, headers=HTML).status_code == 303
    assert not who(phone)["signed_in"] and who(ada)["signed_in"]


def test_nobody_signs_another_out(public_app: Flask, ada: FlaskClient) -> None:
    eve = signed_up(public_app, "eve")
    (theirs,) = ada.get("/settings/browsers", headers=JSON).json["sessions"]
    assert eve.post("/settings/browsers/end", json={"session": theirs["id"]}, headers=JSON).status_code == 404
    assert who(ada)["signed_in"]


def test_one_signs_out_everywhere_at_once(public_app: Flask, ada: FlaskClient) -> None:
    other, eve = public_app.test_client(), signed_up(public_app, "eve")
    sign_in(other)
    assert ada.post("/auth/logout/everywhere").status_code == 200
    assert cookie(ada) is None
    assert [who(client)["signed_in"] for client in (ada, other, eve)] == [False, False, True]


def test_sessions_end_and_tokens_live_on(public_app: Flask, ada: FlaskClient) -> None:
    with db.write() as session:
        token = ApiToken.issue(session, session.scalars(select(User)).one())
    ada.post("/auth/logout/everywhere")
    bearer = {"Authorization": f"Bearer {token}"}
    assert public_app.test_client().get("/api/library", headers=bearer).status_code == 200


def test_signing_up_succeeds_when_no_more_letters_may_go_there(public_app: Flask, letters: Letters) -> None:
    answers = [sign_up(public_app.test_client(), f"eve{n}", email=ADDRESS).status_code for n in range(6)]
    assert answers == [201] * 6 and len(letters.to(ADDRESS)) < 6
