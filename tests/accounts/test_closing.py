"""An account that is deleted is gone, every count is right, and nobody else gets the name."""

from __future__ import annotations

from collections import Counter

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from soundbox.accounts.models import Kind, User
from soundbox.accounts.sessions import BrowserSession
from soundbox.aura import ledger
from soundbox.aura.models import Account, Entry
from soundbox.extensions import Base, db
from soundbox.favorites.models import Favorite
from soundbox.jobs.models import Job
from soundbox.moderation.models import Report
from soundbox.playlists.models import Playlist, PlaylistEntry
from soundbox.tags.models import Suggestion
from soundbox.tracks.instance import media
from soundbox.tracks.models import Track
from soundbox.tracks.tallies import Tally
from soundbox.votes.models import ReasonCount, Vote
from tests.accounts.people import HTML, PASSWORD, RAIN, sign_in, sign_up, signed_up
from tests.making import make_track

# What may go on referring to the row of somebody who left: what they agreed to leave, and what the site must keep.
MAY_STAY = {("tracks", "user_id"), ("moderation_events", "user_id")}


@pytest.fixture
def eva(public_app: Flask, cast: dict[str, FlaskClient]) -> FlaskClient:
    """Somebody who has done everything that one can do here."""
    eva = signed_up(public_app, "eva", email="eva@example.org")
    first, second = make_track(public_app, "ben"), make_track(public_app, "ben", "rain", kind="audio")
    make_track(public_app, "eva", "for everybody")
    make_track(public_app, "eva", "for my eyes only", visibility="private")
    for client in (eva, cast["ada"]):
        client.post(f"/api/library/{first}/vote", json={"vote": 1, "feedback_reasons": ["catchy"], "notes": "a note"})
        client.post(f"/api/library/{second}/vote", json={"vote": -1, "feedback_reasons": ["too_long"]})
        client.post("/rate", json={"filename": f"{second}.wav", "rating": 3})
        client.post(f"/api/favorites/{first}")
        client.post(f"/api/library/{first}/suggest-tag", json={"category": "piano"})
        client.post(f"/api/library/{first}/suggest-tag", json={"category": "jazz"})
    cast["dov"].post(f"/api/library/{first}/suggest-tag", json={"category": "jazz"})  # the third: agreed
    for track in tracks_of("eva"):
        cast["ada"].post(f"/api/library/{track}/vote", json={"vote": 1})
        cast["ada"].post(f"/api/favorites/{track}")
    eva.post("/api/playlists", json={"name": "Mine", "track": first})
    shared = cast["ben"].post("/api/playlists", json={"name": "Ours", "visibility": "unlisted", "collaborative": True})
    eva.post(f"/api/playlists/{shared.json['id']}/tracks/{first}")
    eva.post("/api/searches", json={"name": "Rain", "query": "search=rain"})
    eva.post("/api/presets", json={"name": "Night train", "prompt_base": "fast train", "shared": True})
    gone = eva.post("/api/playlists", json={"name": "Gone"}).json["id"]
    eva.delete(f"/api/playlists/{gone}")
    eva.post(f"/api/tracks/{second}/report", json={"reason": "spam", "note": "says eva"})
    eva.post("/api/tokens", json={"label": "My game", "scopes": ["read"]})
    assert eva.post("/api/webhooks", json={"url": "https://hooks.example.com/ready"}).status_code == 201
    for _ in range(2):
        assert eva.post("/generate", json=RAIN, headers={"Idempotency-Key": "k"}).status_code == 201
    with db.money() as session:
        ledger.credit(session, person("eva").id, 100, "grant", "welcome", "welcome:eva")
        session.execute(update(Job).where(Job.user_id == person("eva").id).values(status="processing", lease_gen=1))
    eva.post("/generate", json={**RAIN, "prompt": "another"})
    return eva


def person(name: str) -> User:
    with db.read() as session:
        return session.scalars(select(User).where(User.name == name)).one()


def tracks_of(name: str) -> list[str]:
    with db.read() as session:
        return list(session.scalars(select(Track.id).join(User, User.id == Track.user_id).where(User.name == name)))


def leave(client: FlaskClient, tracks: str = "delete", password: str = PASSWORD) -> int:
    return client.post("/settings/delete", json={"tracks": tracks, "current": password}, headers=JSON).status_code


JSON = {"Accept": "application/json"}


def wrong_counts(session: Session) -> list[str]:
    """Counted again, row by row."""
    votes = session.execute(select(Vote.track_number, Vote.vote, Vote.reasons)).all()
    kept = Counter(session.scalars(select(Favorite.track_number)))
    reasons = Counter((number, reason) for number, _, given in votes for reason in given)
    wrong = []
    for track in session.scalars(select(Track)):
        up, down = (sum(number == track.number and vote == side for number, vote, _ in votes) for side in (1, -1))
        if (track.upvotes, track.downvotes, track.favorites) != (up, down, kept[track.number]):
            wrong.append(f"track {track.number}: {track.upvotes} {track.downvotes} {track.favorites}")
    for number, reason, count in session.execute(
        select(ReasonCount.track_number, ReasonCount.reason, ReasonCount.count)
    ):
        if count != reasons[number, reason]:
            wrong.append(f"reason {reason} of {number}: {count}")
    for playlist in session.scalars(select(Playlist)):
        if playlist.track_count != len(playlist.numbers(session)):
            wrong.append(f"playlist {playlist.name}: {playlist.track_count}")
    listed = session.scalar(select(func.count()).select_from(Track).where(Track.listed))
    is_so = {"votes": sum(vote != 0 for _, vote, _ in votes), "favorites": kept.total(), "listed": listed}
    told = Tally.read(session, *is_so)
    return wrong + [f"tally {name}: {told[name]}, {count}" for name, count in is_so.items() if told[name] != count]


def referring_to(session: Session, user_id: int) -> set[tuple[str, str]]:
    found = set()
    for table in Base.metadata.tables.values():
        for column in table.columns:
            knows_people = any(key.column.table.name == "users" for key in column.foreign_keys)
            if knows_people and session.scalar(select(func.count()).select_from(table).where(column == user_id)):
                found.add((table.name, column.name))
    return found


@pytest.mark.parametrize("tracks", ["keep", "delete"])
def test_every_count_is_right_and_nothing_refers_to_them(
    public_app: Flask, eva: FlaskClient, cast: dict[str, FlaskClient], tracks: str
) -> None:
    user_id = person("eva").id
    with db.read() as session:
        assert wrong_counts(session) == []
        before = referring_to(session, user_id)
    assert {
        "votes",
        "favorites",
        "jobs",
        "playlists",
        "saved_presets",
        "deleted_things",
        "tag_suggestions",
        "aura_accounts",
        "webhooks",
    } <= {name for name, _ in before}
    assert leave(eva, tracks) == 200
    with db.read() as session:
        assert wrong_counts(session) == []
        assert referring_to(session, user_id) <= (MAY_STAY if tracks == "keep" else MAY_STAY - {("tracks", "user_id")})


def test_what_others_did_stays(public_app: Flask, eva: FlaskClient, cast: dict[str, FlaskClient]) -> None:
    assert leave(eva) == 200
    with db.read() as session:
        said = session.execute(
            select(Suggestion.category, Suggestion.user_id.is_(None), Suggestion.agreed_ms.is_(None))
        )
        assert Counter(said.all()) == {
            ("piano", False, True): 1,  # hers was open and is gone
            ("jazz", False, False): 2,
            ("jazz", True, False): 1,  # hers was agreed on: it stays, and is nobody's
        }
        assert [entry.added_by for entry in session.scalars(select(PlaylistEntry))] == [None]
        report = session.scalars(select(Report)).one()
        assert (report.user_id, report.note, report.reason) == (None, "", "spam")


def test_nothing_of_hers_waits_or_runs(public_app: Flask, eva: FlaskClient) -> None:
    assert leave(eva) == 200
    with db.read() as session:
        assert session.scalars(select(Job)).all() == []


def test_tracks_are_deleted_with_their_files(public_app: Flask, eva: FlaskClient, nobody: FlaskClient) -> None:
    ids = tracks_of("eva")
    assert leave(eva, "delete") == 200
    with public_app.app_context():
        assert [key for track_id in ids for key in media().keys(track_id)] == []
    assert {nobody.get(f"/tracks/{track_id}").status_code for track_id in ids} == {404}


def test_or_stay_as_those_of_somebody_who_left(public_app: Flask, eva: FlaskClient, nobody: FlaskClient) -> None:
    was = person("eva").public_id
    assert leave(eva, "keep") == 200
    rows = [row for row in nobody.get("/api/library").json["items"] if row["prompt"] == "for everybody"]
    assert [row["creator"] for row in rows] == ["somebody who left"]
    assert rows[0]["user_id"] != was
    assert nobody.get(f"/audio/{rows[0]['id']}.wav").status_code == 200
    with db.read() as session:
        assert session.scalar(select(Track.id).where(Track.visibility == "private")) is None
    assert nobody.get("/makers/eva").status_code == 404


def test_nothing_that_tells_who_it_was_is_left_in_their_row(public_app: Flask, eva: FlaskClient) -> None:
    user_id = person("eva").id
    assert leave(eva) == 200
    with db.read() as session:
        row = session.get_one(User, user_id)
        assert (row.kind, row.name, row.email, row.password_hash, row.is_admin) == (Kind.left, None, None, None, False)


def test_the_ledger_keeps_what_happened_and_forgets_whose_it_was(public_app: Flask, eva: FlaskClient) -> None:
    assert leave(eva) == 200
    with db.read() as session:
        assert [entry.kind for entry in session.scalars(select(Entry).order_by(Entry.number))] == ["grant", "forfeit"]
        assert session.scalars(select(Account.user_id)).all() == [None] * 3
        assert sum(session.scalars(select(Account.balance))) == 0


def test_nobody_is_signed_in_any_more(public_app: Flask, eva: FlaskClient) -> None:
    other = public_app.test_client()
    assert sign_in(other, "eva").status_code == 200
    assert leave(eva) == 200
    for client in (eva, other):
        assert client.get("/settings/export.zip").status_code == 401
    assert sign_in(other, "eva").status_code == 401


def test_nobody_else_gets_the_name(public_app: Flask, eva: FlaskClient, nobody: FlaskClient) -> None:
    assert leave(eva) == 200
    answer = sign_up(nobody, "eva")
    assert (answer.status_code, answer.json) == (400, {"error": "The name eva is taken."})


def test_a_wrong_password_deletes_nothing(public_app: Flask, eva: FlaskClient) -> None:
    assert leave(eva, password="not hers at all") == 403
    assert leave(eva, password="") == 403
    assert person("eva").kind == Kind.member


def test_what_becomes_of_the_tracks_must_be_said(eva: FlaskClient) -> None:
    assert eva.post("/settings/delete", json={"current": PASSWORD}, headers=JSON).status_code == 400
    assert leave(eva, tracks="perhaps") == 400


def test_a_token_deletes_nobody(cast: dict[str, FlaskClient]) -> None:
    assert leave(cast["ada"]) == 403
    assert person("ada").kind == Kind.member


def test_somebody_without_a_password_must_have_signed_in_just_now(public_app: Flask) -> None:
    ada = signed_up(public_app, "ada")
    with db.write() as session:
        session.execute(update(User).values(password_hash=None))
        session.execute(update(BrowserSession).values(created_ms=BrowserSession.created_ms - 11 * 60_000))
    assert leave(ada, password="") == 403
    with db.write() as session:
        session.execute(update(BrowserSession).values(created_ms=BrowserSession.created_ms + 11 * 60_000))
    assert leave(ada, password="") == 200


def test_the_last_admin_cannot_leave(public_app: Flask) -> None:
    ada = signed_up(public_app, "ada")
    with db.write() as session:
        session.execute(update(User).values(is_admin=True))
    answer = ada.post("/settings/delete", json={"tracks": "keep", "current": PASSWORD}, headers=JSON)
    assert (answer.status_code, answer.json) == (400, {"error": "This is the last admin"})
    assert person("ada").kind == Kind.member


def test_a_plain_form_deletes(public_app: Flask, eva: FlaskClient) -> None:
    page = eva.get("/settings/delete", headers=HTML)
    assert page.status_code == 200 and "somebody who left" in page.text
    wrong = eva.post("/settings/delete", data={"tracks": "keep", "current": "wrong wrong"}, headers=HTML)
    assert wrong.status_code == 403 and "This is not your password" in wrong.text and 'value="keep"' in wrong.text
    answer = eva.post("/settings/delete", data={"tracks": "keep", "current": PASSWORD}, headers=HTML)
    assert (answer.status_code, answer.location) == (303, "/")
    assert "Your account is gone" in eva.get("/", headers=HTML).text
