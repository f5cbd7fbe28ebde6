"""What every answer carries, on every route there is or will be, whatever its status."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from werkzeug.test import TestResponse

from soundbox.accounts.sessions import PREFIX, BrowserSession
from soundbox.extensions import db
from tests.accounts.people import PASSWORD, cookie, sign_in, sign_up

from .test_matrix import SQLITE
from .world import CALLERS, World, name_of, routes

FRAMED = "/embed/"  # made to stand on the pages of others
HTML = {"Accept": "text/html"}
PLAIN = ("default-src 'self'", "script-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'self'")


def every_answer(world: World) -> Iterator[tuple[str, TestResponse]]:
    for one in routes(world.app):
        for caller in CALLERS:
            yield f"{caller}: {name_of(one)}", world.ask(caller, one)
    for path in ("/nowhere", "/static/nothing.js", "/static/css/base.css", "/generate", "/tracks/%00"):
        yield path, world.app.test_client().get(path, headers=HTML)


@SQLITE
def test_every_answer_forbids_what_pages_do_not_need(world: World) -> None:
    for name, answer in every_answer(world):
        headers = answer.headers
        policy = headers["Content-Security-Policy"]
        assert all(part in policy for part in PLAIN) and "unsafe" not in policy and "*" not in policy.split("frame")[0]
        assert "frame-ancestors 'none'" in policy or FRAMED in name, name
        assert headers["X-Content-Type-Options"] == "nosniff", name
        assert headers["Referrer-Policy"] == "same-origin" and headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "camera=()" in headers["Permissions-Policy"], name
        assert "X-Powered-By" not in headers and "Access-Control-Allow-Credentials" not in headers, name
        if answer.data:
            assert answer.content_type, name
            assert "charset" in answer.content_type or not answer.mimetype.startswith("text/"), name


@SQLITE
def test_every_cookie_is_for_this_site_alone(world: World) -> None:
    for name, answer in every_answer(world):
        for said in answer.headers.getlist("Set-Cookie"):
            assert "HttpOnly" in said and re.search("SameSite=(Lax|Strict)", said), name
            assert "Domain=" not in said and "Path=/" in said, name


@SQLITE
def test_over_https_cookies_and_addresses_stay_there(world: World) -> None:
    client = world.app.test_client()
    answer = client.post("/auth/login", json={"name": "ada", "password": PASSWORD}, base_url="https://localhost")
    assert "Secure" in answer.headers["Set-Cookie"]
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
    assert "Strict-Transport-Security" not in client.get("/health").headers


@SQLITE
def test_what_a_page_tells_the_next_one_stays_on_https_too(world: World) -> None:
    client = world.clients["owner"]
    for scheme, is_secure in (("https", True), ("http", False)):
        answer = client.post("/api/playlists", data={"name": scheme}, headers=HTML, base_url=f"{scheme}://localhost")
        told = next(line for line in answer.headers.getlist("Set-Cookie") if line.startswith("session="))
        assert ("Secure" in told, "SameSite=Lax" in told, "HttpOnly" in told) == (is_secure, True, True)


@SQLITE
def test_nobody_in_between_keeps_what_is_private(world: World) -> None:
    """A cache that many share must not hold what one may see: not ada's sounds, nor what she is told of herself."""
    for one in routes(world.app):
        if one.method != "get":
            continue
        for things in (world.now(one, world.secrets), world.now(one, world.things)):
            adas = world.ask("owner", one, things)
            if re.search("public|s-maxage", adas.headers.get("Cache-Control", "")):
                assert adas.data == world.ask("nobody", one, things).data, name_of(one)
                assert "Set-Cookie" not in adas.headers, name_of(one)


@SQLITE
def test_a_session_that_somebody_planted_is_not_taken_over(world: World) -> None:
    victim = world.app.test_client()
    planted = f"{PREFIX}{'a' * 43}"
    victim.set_cookie("session_id", planted)
    assert sign_in(victim, "ada").status_code == 200
    assert cookie(victim) not in (None, planted)
    with db.read() as session:
        assert BrowserSession.live(session, planted) is None


@SQLITE
def test_signing_in_over_the_session_of_another_ends_that_one(world: World) -> None:
    """Who is led to sign in within the attacker's session leaves them nothing."""
    attacker = world.clients["stranger"]
    planted = cookie(attacker)
    assert planted is not None
    victim = world.app.test_client()
    victim.set_cookie("session_id", planted)
    assert sign_in(victim, "ada").status_code == 200
    assert cookie(victim) != planted
    assert attacker.get("/settings/tokens").status_code == 401


@SQLITE
def test_what_was_a_guests_cookie_is_nobodys_once_they_joined(world: World) -> None:
    guest = world.app.test_client()
    assert guest.post("/api/playlists", json={"name": "Evenings"}).status_code == 201
    before = cookie(guest)
    assert before and sign_up(guest, "eva").status_code == 201 and cookie(guest) != before
    thief = world.app.test_client()
    thief.set_cookie("session_id", before)
    assert thief.get("/playlists", headers={"Accept": "application/json"}).json != guest.get("/playlists").json
    assert thief.get("/settings/tokens").status_code == 401


@SQLITE
@pytest.mark.parametrize(
    ("path", "known", "unknown"),
    [
        ("/auth/login", {"name": "ada", "password": "wrong wrong"}, {"name": "nemo", "password": "wrong wrong"}),
        ("/auth/forgot", {"email": "ada@example.org"}, {"email": "nemo@example.org"}),
    ],
)
def test_nobody_learns_who_has_an_account(world: World, path: str, known: dict, unknown: dict) -> None:
    answers = [world.app.test_client().post(path, json=body) for body in (known, unknown)]
    assert answers[0].status_code == answers[1].status_code and answers[0].json == answers[1].json
