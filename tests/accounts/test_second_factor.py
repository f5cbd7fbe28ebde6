"""A second factor: codes that count once, recovery codes, and admins who have no powers without one."""

from __future__ import annotations

import re

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from soundbox.accounts import second_factor
from soundbox.accounts.links import AccountLink, Purpose
from soundbox.accounts.models import User
from soundbox.accounts.second_factor import RECOVERY_CODES, RecoveryCode, SecondFactor
from soundbox.accounts.sessions import BrowserSession
from soundbox.clock import now_ms
from soundbox.extensions import db
from tests.accounts.people import HTML, PASSWORD, sign_in, signed_up, who
from tests.conftest import member

JSON = {"Accept": "application/json"}
MINE = {"current": PASSWORD}


class Telephone:
    """What shows codes; each call shows the next one, as if half a minute had gone by."""

    def __init__(self, setup: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.totp = pyotp.parse_uri(setup)
        self.moment_ms = now_ms()
        monkeypatch.setattr(second_factor, "now_ms", lambda: self.moment_ms)

    def code(self) -> str:
        self.moment_ms += 30_000
        return self.shown()

    def shown(self) -> str:
        shown: str = self.totp.at(self.moment_ms // 1000)
        return shown


class Somebody:
    """ada, with a second factor."""

    def __init__(self, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
        self.app, self.browser = app, signed_up(app, "ada")
        setup = self.browser.post("/settings/second-factor", json=MINE, headers=JSON).json["setup"]
        self.telephone = Telephone(setup, monkeypatch)
        answer = self.send("confirm", code=self.telephone.code())
        assert answer.status_code == 200, answer.text
        self.recovery = answer.json["recovery_codes"]

    def send(self, what: str, **body: str):
        return self.browser.post(f"/settings/second-factor/{what}", json=body, headers=JSON)

    def after_the_password(self) -> FlaskClient:
        """Another browser, in which the password was given."""
        client = self.app.test_client()
        assert sign_in(client, "ada").json["code_needed"] is True
        return client


@pytest.fixture
def ada(public_app: Flask, monkeypatch: pytest.MonkeyPatch) -> Somebody:
    return Somebody(public_app, monkeypatch)


def give(client: FlaskClient, code: str):
    return client.post("/auth/code", json={"code": code})


def test_the_password_alone_opens_nothing(ada: Somebody) -> None:
    client = ada.after_the_password()
    assert who(client)["signed_in"] is False
    assert client.get("/settings", headers=JSON).status_code == 401


def test_the_password_and_a_code_do(ada: Somebody) -> None:
    client = ada.after_the_password()
    answer = give(client, ada.telephone.code())
    assert (answer.status_code, answer.json["signed_in"]) == (200, True)
    assert who(client)["name"] == "ada"


def test_the_same_code_does_not_count_twice(ada: Somebody) -> None:
    code = ada.telephone.code()
    assert give(ada.after_the_password(), code).status_code == 200
    again = give(ada.after_the_password(), code)
    assert (again.status_code, again.json) == (403, {"error": "This code is wrong, or was used already"})


def test_nor_does_one_from_before_the_last_that_counted(ada: Somebody) -> None:
    early = ada.telephone.code()
    assert give(ada.after_the_password(), ada.telephone.code()).status_code == 200
    assert give(ada.after_the_password(), early).status_code == 403


def test_a_clock_may_be_half_a_minute_off_and_no_more(ada: Somebody) -> None:
    ada.telephone.moment_ms += 300_000
    for off, status in ((-60_000, 403), (60_000, 403), (30_000, 200)):
        code = ada.telephone.totp.at((ada.telephone.moment_ms + off) // 1000)
        assert give(ada.after_the_password(), code).status_code == status


def test_a_code_without_the_password_opens_nothing(ada: Somebody) -> None:
    answer = give(ada.app.test_client(), ada.telephone.code())
    assert answer.status_code == 400 and "password first" in answer.json["error"]


def test_the_password_is_remembered_for_ten_minutes_only(ada: Somebody, monkeypatch: pytest.MonkeyPatch) -> None:
    client = ada.after_the_password()
    monkeypatch.setattr("soundbox.accounts.awaiting.now_ms", lambda: now_ms() + 11 * 60_000)
    assert give(client, ada.telephone.code()).status_code == 400


def test_and_not_when_it_was_changed_meanwhile(ada: Somebody) -> None:
    client = ada.after_the_password()
    ada.browser.post("/settings/password", json={"current": PASSWORD, "password": "quite another one"})
    assert give(client, ada.telephone.code()).status_code == 400


def test_guessing_gets_slower(ada: Somebody) -> None:
    client = ada.after_the_password()
    answers = [give(client, f"{number:06}") for number in range(8)]
    assert [answer.status_code for answer in answers[:5]] == [403] * 5
    assert answers[-1].status_code == 429 and int(answers[-1].headers["Retry-After"]) > 0
    assert give(client, ada.telephone.code()).status_code == 429


def test_a_recovery_code_opens_once(ada: Somebody) -> None:
    assert len(set(ada.recovery)) == RECOVERY_CODES
    typed = ada.recovery[0].upper().replace("-", " ")
    assert give(ada.after_the_password(), typed).status_code == 200
    assert give(ada.after_the_password(), ada.recovery[0]).status_code == 403
    assert ada.browser.get("/settings/second-factor", headers=JSON).json["recovery_codes"] == RECOVERY_CODES - 1


def test_new_recovery_codes_end_those_before(ada: Somebody) -> None:
    renewed = ada.send("codes", code=ada.telephone.code(), **MINE).json["recovery_codes"]
    assert not set(renewed) & set(ada.recovery)
    assert give(ada.after_the_password(), ada.recovery[1]).status_code == 403
    assert give(ada.after_the_password(), renewed[1]).status_code == 200


def test_neither_the_secret_nor_the_codes_can_be_read_in_the_database(ada: Somebody) -> None:
    with db.read() as session:
        rows = [*session.scalars(select(SecondFactor.sealed)), *session.scalars(select(RecoveryCode.code_hash))]
    whole = " ".join(rows)
    assert ada.telephone.totp.secret not in whole
    assert not any(code in whole or code.replace("-", "") in whole for code in ada.recovery)


def test_it_is_shown_while_it_is_set_up_and_never_again(ada: Somebody) -> None:
    for path in ("/settings/second-factor", "/settings/export.zip", "/settings"):
        answer = ada.browser.get(path)
        assert ada.telephone.totp.secret.encode() not in answer.data
        assert ada.recovery[0].encode() not in answer.data
    assert ada.browser.get("/settings/second-factor.svg").status_code == 404


def test_the_picture_says_what_the_text_says(public_app: Flask) -> None:
    client = signed_up(public_app, "ada")
    setup = client.post("/settings/second-factor", json=MINE, headers=JSON).json["setup"]
    assert setup.startswith("otpauth://totp/Sound%20Box:ada?secret=")
    picture = client.get("/settings/second-factor.svg")
    assert (picture.status_code, picture.mimetype) == (200, "image/svg+xml")
    assert picture.headers["Cache-Control"] == "no-store" and b"<path" in picture.data


def test_it_counts_only_once_a_code_was_shown(public_app: Flask) -> None:
    client = signed_up(public_app, "ada")
    client.post("/settings/second-factor", json=MINE, headers=JSON)
    assert sign_in(public_app.test_client(), "ada").json["signed_in"] is True
    assert client.post("/settings/second-factor/confirm", json={"code": "000000"}, headers=JSON).status_code == 403
    assert client.get("/settings", headers=JSON).json["second_factor"] is False


def test_switching_it_on_signs_every_other_browser_out(public_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    other = signed_up(public_app, "ada")
    first = other.get_cookie("session_id").value
    client = public_app.test_client()
    sign_in(client, "ada")
    setup = client.post("/settings/second-factor", json=MINE, headers=JSON).json["setup"]
    before = client.get_cookie("session_id").value
    code = Telephone(setup, monkeypatch).code()
    assert client.post("/settings/second-factor/confirm", json={"code": code}, headers=JSON).status_code == 200
    assert who(other)["signed_in"] is False and who(client)["signed_in"] is True
    assert client.get_cookie("session_id").value not in (before, first)


@pytest.mark.parametrize("what", ["off", "codes"])
def test_it_takes_password_and_code_to_change_it(ada: Somebody, what: str) -> None:
    assert ada.send(what, code=ada.telephone.code(), current="not hers at all").status_code == 403
    assert ada.send(what, code="000000", **MINE).status_code == 403
    assert ada.send(what, code=ada.telephone.code(), **MINE).status_code == 200


def test_switched_off_the_password_is_enough(ada: Somebody) -> None:
    ada.send("off", code=ada.telephone.code(), **MINE)
    assert sign_in(ada.app.test_client(), "ada").json["signed_in"] is True
    with db.read() as session:
        assert session.scalars(select(RecoveryCode)).all() == []


def test_beginning_takes_the_password(public_app: Flask) -> None:
    client = signed_up(public_app, "ada")
    assert client.post("/settings/second-factor", json={"current": "x"}, headers=JSON).status_code == 403
    with db.read() as session:
        assert session.scalars(select(SecondFactor)).all() == []


def test_what_a_guest_made_comes_along_after_the_code(ada: Somebody) -> None:
    client = ada.app.test_client()
    job = client.post("/generate", json={"prompt": "rain", "model": "audio", "duration": 1, "visibility": "private"})
    path = f"/job/{job.json['job_id']}"
    sign_in(client, "ada")
    assert client.get(path, headers=JSON).status_code == 200  # still the guest's
    assert ada.browser.get(path, headers=JSON).status_code == 404
    assert give(client, ada.telephone.code()).status_code == 200
    assert ada.browser.get(path, headers=JSON).status_code == 200


def test_a_lost_password_is_no_way_around_it(ada: Somebody) -> None:
    """A link to a new password signs nobody in."""
    with db.write() as session:
        link = AccountLink.issue(
            session, session.scalars(select(User).where(User.name == "ada")).one(), Purpose.password
        )
    client = ada.app.test_client()
    new = "another one that I remember"
    assert client.post("/auth/reset", json={"link": link, "password": new}).status_code == 200
    assert client.get("/auth/login", headers=JSON).json["signed_in"] is False
    assert sign_in(client, "ada", new).json["code_needed"] is True
    assert client.get("/settings/tokens", headers=JSON).status_code == 401
    assert give(client, ada.telephone.code()).status_code == 200


def test_an_admins_browser_has_no_powers_without_it(ada: Somebody) -> None:
    cleo, dov = member(ada.app, "cleo", "free", is_admin=True), member(ada.app, "dov", "free")
    ada.send("off", code=ada.telephone.code(), **MINE)
    with db.write() as session:
        session.execute(update(User).where(User.name == "ada").values(is_admin=True))
    answer = ada.browser.get("/admin/moderation", headers=JSON)
    assert (answer.status_code, answer.json) == (403, {"error": "Admins need a second factor"})
    page = ada.browser.get("/admin/moderation", headers={"Accept": "text/html"}).text
    assert 'href="/settings/second-factor">Set up your second factor</a>' in page
    secret = dov.post("/generate", json={"prompt": "x", "model": "audio", "visibility": "private"}).json["job_id"]
    assert ada.browser.get(f"/job/{secret}", headers=JSON).status_code == 404
    assert ada.browser.post("/api/tokens", json={"label": "x", "scopes": ["admin"]}).status_code == 403
    assert cleo.get("/admin/moderation", headers=JSON).status_code == 200  # tokens of admins are as they were


def test_and_has_them_with_it(ada: Somebody) -> None:
    with db.write() as session:
        session.execute(update(User).where(User.name == "ada").values(is_admin=True))
    client = ada.after_the_password()
    give(client, ada.telephone.code())
    assert client.get("/admin/moderation", headers=JSON).status_code == 200


def test_an_admin_without_it_is_led_to_set_it_up(public_app: Flask) -> None:
    signed_up(public_app, "ada")
    with db.write() as session:
        session.execute(update(User).values(is_admin=True))
    client = public_app.test_client()
    answer = client.post("/auth/login", data={"name": "ada", "password": PASSWORD, "next": "/queue"}, headers=HTML)
    assert (answer.status_code, answer.location) == (303, "/settings/second-factor")
    page = client.get(answer.location, headers=HTML).text
    assert "Admins need" in page and "Set it up" in page


def test_plain_forms_do_all_of_it(public_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_up(public_app, "ada")
    begun = client.post("/settings/second-factor", data=MINE, headers=HTML)
    assert (begun.status_code, begun.location) == (303, "/settings/second-factor")
    page = client.get(begun.location, headers=HTML).text
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    assert secret and 'src="/settings/second-factor.svg"' in page
    telephone = Telephone(f"otpauth://totp/x?secret={secret[1].replace(' ', '')}", monkeypatch)
    wrong = client.post("/settings/second-factor/confirm", data={"code": "000000"}, headers=HTML)
    assert wrong.status_code == 403 and "This code is wrong" in wrong.text
    on = client.post("/settings/second-factor/confirm", data={"code": telephone.code()}, headers=HTML)
    assert on.status_code == 200 and len(re.findall(r"<code>[a-z2-7-]{14}</code>", on.text)) == RECOVERY_CODES
    other = public_app.test_client()
    asked = other.post("/auth/login", data={"name": "ada", "password": PASSWORD, "next": "/queue"}, headers=HTML)
    assert (asked.status_code, asked.location) == (303, "/auth/code?next=/queue")
    assert 'value="/queue"' in other.get(asked.location, headers=HTML).text
    done = other.post("/auth/code", data={"code": telephone.code(), "next": "/queue"}, headers=HTML)
    assert (done.status_code, done.location) == (303, "/queue")


def test_no_session_outlives_a_lost_factor_unmarked(ada: Somebody) -> None:
    with db.read() as session:
        assert all(row.coded_ms is not None for row in session.scalars(select(BrowserSession)))
