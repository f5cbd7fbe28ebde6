"""How people come in: over https, with a session that nobody planted, and without telling who else is here."""

from __future__ import annotations

import pytest

from soundbox.accounts.sessions import PREFIX, BrowserSession
from soundbox.extensions import db
from tests.accounts.people import PASSWORD, cookie, sign_in, sign_up

from .test_matrix import SQLITE
from .world import World

FRAMED = "/embed/"  # made to stand on the pages of others
HTML = {"Accept": "text/html"}
PLAIN = ("default-src 'self'", "script-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'self'")


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
