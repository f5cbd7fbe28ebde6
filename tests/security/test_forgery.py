"""What another site makes a browser send changes nothing, on whatever route there is or will be."""

from __future__ import annotations

import pytest

from soundbox.accounts.models import ApiToken, User
from soundbox.extensions import db

from .test_matrix import SQLITE
from .world import World, body_of, filled, name_of, routes

EVIL = "https://evil.example"
READS_NO_BODY = {  # what old documents send there is ignored; the origin still guards them
    "POST /api/queue/{job_id}/cancel",
}
FOREIGN = [
    {"Origin": EVIL},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site", "Origin": "http://sub.localhost"},
]


@SQLITE
@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_no_form_of_another_site_is_taken(world: World, headers: dict[str, str]) -> None:
    ada = world.clients["owner"]
    for one in routes(world.app):
        if one.method != "get":
            path, sent = filled(one.path, world.things), {**headers, "Accept": "application/json"}
            answer = ada.open(path, method=one.method.upper(), data={"name": "x"}, headers=sent)
            said = list(answer.json.values())  # under the name of the document whose path it is
            assert (answer.status_code, said) == (403, ["This request came from another site"]), path


@SQLITE
def test_json_that_says_it_is_plain_text_is_not_taken(world: World) -> None:
    """A form can send such a body to another site without asking; JSON by its own name it cannot."""
    ada = world.clients["owner"]
    taken = []
    for one in routes(world.app):
        if one.description.body is None or one.method == "get" or name_of(one) in READS_NO_BODY:
            continue
        body = str(body_of(one, world.things)).replace("'", '"')
        kind = "text/plain; charset=utf-8"
        answer = ada.open(filled(one.path, world.things), method=one.method.upper(), data=body, content_type=kind)
        if answer.status_code < 400:
            taken.append(f"{name_of(one)}: {answer.status_code}")
    assert taken == []


@SQLITE
def test_a_token_beside_a_cookie_is_no_way_around(world: World) -> None:
    """A bearer without cookies is no browser's; with a cookie it may be one that was led here."""
    with db.write() as session:
        token = ApiToken.issue(session, User.named(session, "ada"))  # type: ignore[arg-type]
    headers = {"Authorization": f"Bearer {token}", "Origin": EVIL}
    body = {"json": {"name": "Evenings"}, "headers": headers}
    assert world.clients["guest"].post("/api/playlists", **body).status_code == 403
    evil = world.app.test_client()
    evil.set_cookie("planted", "by a sister site")
    assert evil.post("/api/playlists", **body).status_code == 403
    assert world.app.test_client().post("/api/playlists", **body).status_code == 201


@SQLITE
def test_a_cookie_adds_nothing_to_a_wrong_token(world: World) -> None:
    answer = world.clients["owner"].get("/settings/email", headers={"Authorization": "Bearer sbx_wrong"})
    assert answer.status_code == 401


@SQLITE
def test_no_other_site_may_read_an_answer(world: World) -> None:
    for caller in ("nobody", "owner"):
        for one in routes(world.app):
            if one.method == "get" and "{" not in one.path:
                client = world.clients.get(caller, world.app.test_client())
                answer = client.get(one.path, headers={"Origin": EVIL})
                allowed = answer.headers.get("Access-Control-Allow-Origin")
                assert allowed is None or (allowed == "*" and "Access-Control-Allow-Credentials" not in answer.headers)
