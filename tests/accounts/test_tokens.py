"""Tokens: made by people for their programs, shown once, and never stronger than what made them."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select, update

from soundbox.accounts import marks
from soundbox.accounts.models import ApiToken
from soundbox.accounts.tokens import MOST_TOKENS
from soundbox.clock import iso_z, now_ms
from soundbox.extensions import db
from tests.accounts.people import signed_up

HTML = {"Accept": "text/html"}
EVERYTHING = ["read", "generate", "community", "admin"]


@pytest.fixture
def marked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marks, "GATHERED_SECONDS", 0.0)


def make(client: FlaskClient, *scopes: str, **body: object) -> dict:
    answer = client.post("/api/tokens", json={"label": "My game", "scopes": list(scopes) or ["read"], **body})
    assert answer.status_code == 201, answer.text
    return answer.json


def program(app: Flask, token: str) -> FlaskClient:
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return client


def labels(client: FlaskClient) -> list[str]:
    return [token["label"] for token in client.get("/api/tokens").json["tokens"]]


def test_a_token_that_somebody_makes_works(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    made = make(cast["ada"], "read", "generate")
    answer = program(public_app, made["token"]).post("/generate", json={"prompt": "rain", "model": "audio"})
    assert answer.status_code == 201
    assert (made["scopes"], made["last_used"]) == (["read", "generate"], None)
    assert abs(parsed(made["expires"]) - parsed(made["created"]) - 90 * 86_400) <= 1


def test_it_is_shown_once_and_stored_hashed(cast: dict[str, FlaskClient]) -> None:
    made = make(cast["ada"])
    assert made["token"] not in cast["ada"].get("/api/tokens").text
    assert made["token"] not in cast["ada"].get("/settings/tokens", headers=HTML).text
    with db.read() as session:
        rows = [vars(row) for row in session.scalars(select(ApiToken))]
    assert made["token"] not in repr(rows) and made["token"][4:] not in repr(rows)


def test_nobody_may_keep_the_answer_that_shows_it(cast: dict[str, FlaskClient]) -> None:
    answer = cast["ada"].post("/api/tokens", json={"label": "x", "scopes": ["read"]})
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_revoked_token_works_no_longer(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    made = make(cast["ada"])
    assert cast["ada"].delete(f"/api/tokens/{made['id']}").json == {"success": True}
    assert program(public_app, made["token"]).get("/api/library").status_code == 401
    assert "My game" not in labels(cast["ada"])
    assert cast["ada"].delete(f"/api/tokens/{made['id']}").status_code == 404


def test_nobody_sees_or_revokes_the_tokens_of_another(cast: dict[str, FlaskClient]) -> None:
    made = make(cast["ada"])
    for name in ("ben", "cleo"):
        assert "My game" not in labels(cast[name])
        assert cast[name].delete(f"/api/tokens/{made['id']}").status_code == 404
    assert "My game" in labels(cast["ada"])


@pytest.mark.parametrize("scope", ["generate", "community", "admin"])
def test_a_token_cannot_make_one_that_can_do_more(public_app: Flask, cast: dict[str, FlaskClient], scope: str) -> None:
    weak = program(public_app, make(cast["cleo"], "read")["token"])
    answer = weak.post("/api/tokens", json={"label": "x", "scopes": ["read", scope]})
    assert (answer.status_code, answer.json) == (403, {"error": f"This token lacks the scope '{scope}'"})


def test_a_token_cannot_make_one_that_lives_longer(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    short = make(cast["ada"], "read", expires_days=3)
    for days in (0, 4, 365):
        assert make(program(public_app, short["token"]), expires_days=days)["expires"] == short["expires"]
    assert parsed(make(program(public_app, short["token"]), expires_days=1)["expires"]) < parsed(short["expires"])


def test_what_a_token_made_ends_with_it(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    stolen = make(cast["ada"])
    child = make(program(public_app, stolen["token"]))
    grandchild = make(program(public_app, child["token"]))
    cast["ada"].delete(f"/api/tokens/{stolen['id']}")
    for token in (stolen, child, grandchild):
        assert program(public_app, token["token"]).get("/api/library").status_code == 401


def test_a_token_revokes_itself_but_none_that_can_do_more(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    strong, weak = make(cast["ada"], "read", "generate"), make(cast["ada"], "read")
    weak_program = program(public_app, weak["token"])
    assert weak_program.delete(f"/api/tokens/{strong['id']}").status_code == 403
    assert weak_program.delete(f"/api/tokens/{weak['id']}").status_code == 200
    assert weak_program.get("/api/tokens").status_code == 401


def test_only_an_admin_makes_tokens_for_admins(cast: dict[str, FlaskClient]) -> None:
    assert make(cast["cleo"], *EVERYTHING)["scopes"] == EVERYTHING
    answer = cast["ada"].post("/api/tokens", json={"label": "x", "scopes": ["admin"]})
    assert answer.status_code == 403


def test_a_token_of_an_admin_without_that_scope_has_no_such_powers(
    public_app: Flask, cast: dict[str, FlaskClient]
) -> None:
    job = cast["ada"].post("/generate", json={"prompt": "rain", "model": "audio", "visibility": "private"}).json
    weak = program(public_app, make(cast["cleo"], "read", "generate", "community")["token"])
    assert weak.get("/admin/moderation").status_code == 403
    assert weak.get(f"/job/{job['job_id']}").status_code == 404
    asked = {"prompt": "rain", "model": "audio", "priority": "creator"}
    assert weak.post("/generate", json=asked).json["priority"] == "free"
    assert weak.post("/generate", json={**asked, "duration": 31}).status_code == 400
    assert cast["cleo"].get("/admin/moderation").status_code == 200


def test_a_guest_has_no_tokens(nobody: FlaskClient) -> None:
    nobody.post("/generate", json={"prompt": "rain", "model": "audio", "duration": 1})
    assert nobody.get("/api/tokens").status_code == 401
    assert nobody.post("/api/tokens", json={"label": "x", "scopes": ["read"]}).status_code == 401


def test_an_open_instance_has_none(owner: FlaskClient) -> None:
    assert owner.get("/api/tokens").status_code == 404
    assert "/api/tokens" not in owner.get("/openapi.json").text


def test_its_last_use_is_shown(public_app: Flask, cast: dict[str, FlaskClient], marked_at_once: None) -> None:
    made = make(cast["ada"])
    program(public_app, made["token"]).get("/api/library")
    shown = next(token for token in cast["ada"].get("/api/tokens").json["tokens"] if token["id"] == made["id"])
    assert shown["last_used"] >= made["created"]
    assert "Last used just now" in cast["ada"].get("/settings/tokens", headers=HTML).text


def test_using_it_is_not_a_write_each_time(
    public_app: Flask, cast: dict[str, FlaskClient], marked_at_once: None
) -> None:
    client = program(public_app, make(cast["ada"])["token"])
    client.get("/api/library")
    written = []
    event.listen(db.engine, "before_cursor_execute", lambda *call: written.append(call[2]))
    for _ in range(5):
        client.get("/api/library")
    assert [sql for sql in written if sql.startswith("UPDATE")] == []


def test_an_expired_one_is_listed_no_more(cast: dict[str, FlaskClient]) -> None:
    made = make(cast["ada"])
    with db.write() as session:
        session.execute(update(ApiToken).where(ApiToken.public_id == made["id"]).values(expires_ms=now_ms() - 1))
    assert "My game" not in labels(cast["ada"])


def test_there_is_an_end_to_making_them(cast: dict[str, FlaskClient]) -> None:
    with db.write() as session:
        first = session.scalars(select(ApiToken).where(ApiToken.user.has(name="ada"))).one()
        for _ in range(MOST_TOKENS - 1):
            ApiToken.issue(session, first.user)
    answer = cast["ada"].post("/api/tokens", json={"label": "x", "scopes": ["read"]})
    assert answer.status_code == 400 and str(MOST_TOKENS) in answer.json["error"]


@pytest.mark.parametrize(
    "body",
    [
        {"scopes": ["read"]},
        {"label": "", "scopes": ["read"]},
        {"label": "x" * 65, "scopes": ["read"]},
        {"label": "x"},
        {"label": "x", "scopes": []},
        {"label": "x", "scopes": ["root"]},
        {"label": "x", "scopes": "read"},
        {"label": "x", "scopes": ["read"], "expires_days": -1},
        {"label": "x", "scopes": ["read"], "expires_days": True},
    ],
)
def test_nonsense_is_a_clear_error(cast: dict[str, FlaskClient], body: dict) -> None:
    answer = cast["ada"].post("/api/tokens", json=body)
    assert answer.status_code == 400 and answer.json["error"]


def test_plain_forms_make_and_revoke(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    form = {"label": "<b>My game</b>", "scopes": ["read", "community"], "expires_days": "0"}
    page = cast["ada"].post("/settings/tokens", data=form, headers=HTML)
    secret = re.search(r"sbx_[\w-]{43}", page.text)
    assert page.status_code == 201 and secret and "&lt;b&gt;My game" in page.text and "<b>My game" not in page.text
    assert program(public_app, secret[0]).get("/api/library").status_code == 200
    token_id = cast["ada"].get("/api/tokens").json["tokens"][0]["id"]
    answer = cast["ada"].post(f"/settings/tokens/{token_id}/revoke", headers=HTML)
    assert (answer.status_code, answer.location) == (303, "/settings/tokens")
    assert program(public_app, secret[0]).get("/api/library").status_code == 401


def test_somebody_who_has_none_is_told_what_for(public_app: Flask) -> None:
    page = signed_up(public_app).get("/settings/tokens", headers=HTML)
    assert page.status_code == 200 and "No tokens" in page.text


def test_the_page_offers_only_what_one_may_give(cast: dict[str, FlaskClient]) -> None:
    assert 'value="admin"' not in cast["ada"].get("/settings/tokens", headers=HTML).text
    assert 'value="admin"' in cast["cleo"].get("/settings/tokens", headers=HTML).text


def parsed(moment: str) -> int:
    seconds = int(datetime.fromisoformat(moment).timestamp())
    assert iso_z(seconds * 1000) == moment
    return seconds
