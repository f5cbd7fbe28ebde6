"""What a guest has stays theirs: by signing up on the same row, by signing in on the member's; every count is right."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from soundbox.accounts.models import Kind, User
from soundbox.accounts.sessions import DAY_MS
from soundbox.accounts.sweeping import sweep_guests
from soundbox.extensions import db
from soundbox.jobs.claims import Claim
from soundbox.jobs.models import Job
from soundbox.moderation.models import Report
from soundbox.tracks.listing import LISTED, counted_as
from soundbox.tracks.models import Track
from soundbox.tracks.tallies import Tally, taken_by
from tests.making import make_track
from tests.votes.test_exact import assert_counts_are_exact

from .people import HTML, PASSWORD, RAIN, sign_in, sign_up, signed_up, who


def user_id(**facts: Any) -> int:
    with db.read() as session:
        return session.scalars(select(User.id).filter_by(**facts)).one()


def vote(client: FlaskClient, track: str, value: int = 1, **more: Any) -> None:
    assert client.post(f"/api/library/{track}/vote", json={"vote": value, **more}).status_code == 200


def keep(client: FlaskClient, track: str) -> None:
    assert client.post(f"/api/favorites/{track}").status_code == 200


def assert_listing_is_exact() -> None:
    """Every count of listed tracks equals a count of them, makers included."""
    expected: dict[str, int] = {}
    with db.read() as session:
        for track in session.scalars(select(Track).where(Track.listed.is_(True))):
            for name in counted_as(track):
                expected[name] = expected.get(name, 0) + 1
        for track in session.scalars(select(Track)):
            name = taken_by(track.user_id)
            expected[name] = expected.get(name, 0) + track.taken_bytes
        rows = session.execute(select(Tally.name, func.sum(Tally.count)).group_by(Tally.name))
        counted = {name: int(count) for name, count in rows if count and ("/" in name or name == LISTED)}
    assert counted == expected


@pytest.fixture
def guest(public_app: Flask, cast: dict[str, FlaskClient]) -> FlaskClient:
    """With a job that waits, and a finished sound."""
    client = public_app.test_client()
    assert client.post("/generate", json=RAIN).status_code == 201
    make_track(public_app, "ben", "a guest's ambient rain", user_id=user_id(kind="guest"))
    return client


def test_signing_up_keeps_the_row_and_so_everything(guest: FlaskClient) -> None:
    before = user_id(kind="guest")
    page = guest.get("/auth/register", headers=HTML).text
    assert "You keep what you have here as a guest: 2 sounds." in " ".join(page.split())
    assert sign_up(guest, "eve").status_code == 201
    assert user_id(name="eve") == before
    assert guest.get(f"/api/library?user_id={who(guest)['user_id']}").json["total"] == 1
    assert_listing_is_exact()


def test_a_guests_cookie_is_worth_nothing_after_signing_up(public_app: Flask, guest: FlaskClient) -> None:
    old = guest.get_cookie("session_id").value
    sign_up(guest, "eve")
    stolen = public_app.test_client()
    stolen.set_cookie("session_id", old)
    assert who(stolen)["user_id"] is None


def test_signing_in_moves_everything_to_the_member(
    public_app: Flask, guest: FlaskClient, cast: dict[str, FlaskClient]
) -> None:
    eve = signed_up(public_app, "eve")
    first, second, third = (make_track(public_app, "ben", f"ambient number {n}") for n in range(3))
    mine = make_track(public_app, "eve", "eve's own ambient")
    theirs = guest.get("/api/library?search=guest").json["items"][0]["id"]
    vote(guest, first, feedback_reasons=["catchy"], notes="from the bus")
    vote(guest, second, -1)
    vote(guest, mine)
    vote(eve, second, 1)
    vote(eve, theirs)
    for track in (first, second):
        keep(guest, track)
    keep(eve, second)
    playlist = guest.post("/api/playlists", json={"name": "Rain", "track": first}).json["id"]
    for client in (guest, eve):
        client.post("/api/searches", json={"name": "Rain", "query": "search=rain"})
    guest.post("/api/searches", json={"name": "Loops", "query": "loop=1"})
    guest.post("/api/presets", json={"name": "Night train", "prompt_base": "fast train"})
    guest.post(f"/api/tracks/{third}/plays")
    for client in (guest, eve):
        client.post(f"/api/tracks/{third}/report", json={"reason": "spam"})

    assert sign_in(guest, "eve").json["name"] == "eve"

    member = user_id(name="eve")
    assert guest.get(f"/api/library/{first}/vote").json["user_vote"] == 1
    assert guest.get(f"/api/library/{second}/vote").json["user_vote"] == 1, "the member's own vote stays"
    assert guest.post("/api/library/votes", json={"generation_ids": [mine, theirs]}).json == {mine: 0, theirs: 0}
    assert {row["id"] for row in guest.get("/api/favorites").json["items"]} == {first, second}
    assert eve.get(f"/api/playlists/{playlist}").status_code == 200, "it is private, and hers"
    assert {row["name"] for row in guest.get("/api/searches").json["searches"]} == {"Rain", "Loops"}
    assert [one["name"] for one in eve.get("/api/presets?mine=1").json["presets"]] == ["Night train"]
    assert guest.post(f"/api/tracks/{third}/plays").json["counted"] is False
    with db.read() as session:
        assert set(session.scalars(select(Job.user_id))) == {member}
        assert session.get_one(Track, session.scalar(select(Track.number).where(Track.id == theirs))).user_id == member
        assert list(session.scalars(select(Report.voice))) == [f"user:{member}"]
    assert guest.get(f"/api/library?user_id={who(guest)['user_id']}").json["total"] == 2
    assert_counts_are_exact()
    assert_listing_is_exact()


def test_a_guest_who_has_signed_in_is_nobody_any_more(public_app: Flask, guest: FlaskClient) -> None:
    signed_up(public_app, "eve")
    old = guest.get_cookie("session_id").value
    sign_in(guest, "eve")
    other = public_app.test_client()
    other.set_cookie("session_id", old)
    assert who(other)["user_id"] is None
    with db.write() as session:
        session.execute(update(User).where(User.kind == Kind.guest).values(created_ms=User.created_ms - 8 * DAY_MS))
        assert sweep_guests(session) == 1


def test_a_failed_sign_in_moves_nothing(public_app: Flask, guest: FlaskClient) -> None:
    signed_up(public_app, "eve")
    before = user_id(kind="guest")
    assert sign_in(guest, "eve", "wrong password").status_code == 401
    with db.read() as session:
        assert set(session.scalars(select(Job.user_id))) == {before}
    assert who(guest)["user_id"] is not None


def test_a_sound_in_the_making_is_the_members_when_it_is_done(public_app: Flask, guest: FlaskClient) -> None:
    signed_up(public_app, "eve")
    with db.write() as session:
        claim = Claim.take(session, "worker", {"audio": 1}, [])
    sign_in(guest, "eve")
    with db.money() as session:
        assert claim.finish(session, engine="composer", took_ms=1)
        assert claim.owner(session).name == "eve"


@pytest.mark.parametrize("how", [sign_up, sign_in])
def test_tag_suggestions_of_a_guest_count_from_then_on(
    public_app: Flask, guest: FlaskClient, cast: dict[str, FlaskClient], how: Any
) -> None:
    track = make_track(public_app, "ada", "something calm")
    if how is sign_in:
        signed_up(public_app, "eve")
    for client in (guest, cast["ben"], cast["cleo"]):
        client.post(f"/api/library/{track}/suggest-tag", json={"category": "piano"})
    assert "piano" not in guest.get(f"/api/library/{track}").json["categories"]
    assert how(guest, "eve").status_code in (200, 201)
    assert "piano" in guest.get(f"/api/library/{track}").json["categories"]
    assert_listing_is_exact()


def test_a_voice_is_not_heard_twice(public_app: Flask, guest: FlaskClient, cast: dict[str, FlaskClient]) -> None:
    """Guest and member are one person: with one more they are two, not three."""
    track = make_track(public_app, "ada", "something calm")
    eve = signed_up(public_app, "eve")
    for client in (guest, eve, cast["ben"]):
        client.post(f"/api/library/{track}/suggest-tag", json={"category": "piano"})
    sign_in(guest, "eve")
    assert "piano" not in guest.get(f"/api/library/{track}").json["categories"]


def test_whoever_reported_as_a_guest_cannot_report_again_as_a_member(public_app: Flask, guest: FlaskClient) -> None:
    track = make_track(public_app, "ben", "spam")
    guest.post(f"/api/tracks/{track}/report", json={"reason": "spam"})
    sign_up(guest, "eve")
    assert guest.post(f"/api/tracks/{track}/report", json={"reason": "spam"}).status_code == 400


def test_signing_in_from_two_windows_moves_once(public_app: Flask, guest: FlaskClient) -> None:
    signed_up(public_app, "eve")
    tracks = [make_track(public_app, "ben", f"ambient {n}") for n in range(4)]
    for track in tracks:
        vote(guest, track)
    secret = guest.get_cookie("session_id").value
    answers: list[int] = []

    def enter() -> None:
        window = public_app.test_client()
        window.set_cookie("session_id", secret)
        answers.append(window.post("/auth/login", json={"name": "eve", "password": PASSWORD}).status_code)

    windows = [threading.Thread(target=enter) for _ in range(4)]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    assert answers == [200] * 4
    assert_counts_are_exact()
    assert_listing_is_exact()


def test_signing_in_while_others_vote_on_the_same_tracks(
    public_app: Flask, guest: FlaskClient, cast: dict[str, FlaskClient]
) -> None:
    """Whoever holds many tracks may meet others who hold one of them and wait for a count."""
    eve = signed_up(public_app, "eve")
    tracks = [make_track(public_app, "cleo", f"ambient {n}") for n in range(6)]
    for track in tracks:
        vote(guest, track)
        vote(eve, track, -1)
    statuses: list[int] = []

    def vote_to_and_fro(voter: FlaskClient) -> None:
        for track in [*reversed(tracks), *tracks]:
            for value in (1, -1):
                statuses.append(voter.post(f"/api/library/{track}/vote", json={"vote": value}).status_code)

    voters = [threading.Thread(target=vote_to_and_fro, args=(cast[name],)) for name in ("ada", "ben", "dov")]
    for voter in voters:
        voter.start()
    answer = sign_in(guest, "eve")
    for voter in voters:
        voter.join()
    assert answer.status_code == 200 and set(statuses) == {200}
    assert_counts_are_exact()
    assert_listing_is_exact()


def test_quotas_do_not_begin_anew(public_app: Flask, guest: FlaskClient) -> None:
    """Neither for who signs up, nor for the guests of the address."""
    assert guest.post("/generate", json=RAIN).status_code == 201
    sign_up(guest, "eve")
    assert guest.post("/generate", json=RAIN).status_code == 429
    assert public_app.test_client().post("/generate", json=RAIN).status_code == 429


def test_guests_who_own_nothing_are_swept_after_a_week(public_app: Flask, guest: FlaskClient) -> None:
    track = make_track(public_app, "ben", "rain")
    fickle, young = public_app.test_client(), public_app.test_client()
    for client in (fickle, young):
        vote(client, track)
        vote(client, track, 0)
    with db.write() as session:
        ids = list(session.scalars(select(User.id).where(User.kind == Kind.guest).order_by(User.id)))
        old = update(User).where(User.id.in_(ids[:2])).values(created_ms=User.created_ms - 8 * DAY_MS)
        session.execute(old)
        assert sweep_guests(session, most=0) == 0
        assert sweep_guests(session) == 1
        assert set(session.scalars(select(User.id).where(User.kind == Kind.guest))) == {ids[0], ids[2]}
