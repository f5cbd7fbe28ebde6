"""What somebody takes along is everything about them, nothing about anybody else, and no secret."""

from __future__ import annotations

import io
import json
import tracemalloc
import zipfile
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from soundbox.accounts.models import User
from soundbox.aura import ledger
from soundbox.extensions import Base, db
from tests.accounts.people import PASSWORD, sign_in, signed_up
from tests.making import make_track

HTML = {"Accept": "text/html"}

# Where each table that knows people stands in the zip, or why it does not.
TOLD_IN = {
    "aura_accounts": "aura.json",
    "aura_entries": "aura.json",
    "account_links": "links.json",
    "api_tokens": "tokens.json",
    "audit_entries": "admin-actions.json",
    "deleted_things": "deleted.json",
    "browser_sessions": "sessions.json",
    "favorites": "favorites.json",
    "identities": "identities.json",
    "jobs": "jobs.json",
    "letters": "letters.json",
    "moderation_events": "decisions.json",
    "orders": "orders.json",
    "payments": "payments.json",
    "subscriptions": "subscriptions.json",
    "playlist_entries": "added-to-playlists.json",
    "playlists": "playlists.json",
    "recovery_codes": "second-factor.json",
    "reports": "reports.json",
    "saved_presets": "presets.json",
    "saved_searches": "searches.json",
    "second_factors": "second-factor.json",
    "skips": "skips.json",
    "station_requests": "station-requests.json",
    "stations": "stations.json",
    "tag_suggestions": "tags.json",
    "tracks": "tracks.json",
    "users": "profile.json",
    "votes": "votes.json",
    "webhooks": "webhooks.json",
}


def taken(client: FlaskClient, **query: object) -> zipfile.ZipFile:
    answer = client.get("/settings/export.zip", query_string=query)
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    found = zipfile.ZipFile(io.BytesIO(answer.data))
    assert found.testzip() is None
    return found


def rows(found: zipfile.ZipFile, name: str) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = json.loads(found.read(f"{name}.json"))
    return listed


def test_every_table_that_knows_people_is_told(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    knowing = {
        table.name
        for table in Base.metadata.tables.values()
        for column in table.columns
        if column.name in ("user_id", "added_by")
        or any(key.column.table.name == "users" for key in column.foreign_keys)
    }
    assert knowing <= set(TOLD_IN), "say in soundbox/<feature>/leaving.py what becomes of it, and here where it is told"
    assert set(TOLD_IN.values()) <= set(taken(cast["ada"]).namelist())


def test_it_tells_everything_that_somebody_did(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    ada = cast["ada"]
    of_ben = make_track(public_app, "ben")
    mine = make_track(public_app, "ada", "my secret", visibility="private")
    job = ada.post("/generate", json={"prompt": "slow rain", "model": "audio", "duration": 1}).json["job_id"]
    ada.post(f"/api/library/{of_ben}/vote", json={"vote": 1, "feedback_reasons": ["catchy"], "notes": "for my film"})
    ada.post(f"/api/favorites/{of_ben}")
    ada.post(f"/api/library/{of_ben}/suggest-tag", json={"category": "piano"})
    playlist = ada.post("/api/playlists", json={"name": "Slow evenings", "track": of_ben}).json["id"]
    shared = cast["ben"].post("/api/playlists", json={"name": "Ours", "visibility": "unlisted", "collaborative": True})
    ada.post(f"/api/playlists/{shared.json['id']}/tracks/{of_ben}")
    ada.post("/api/searches", json={"name": "Rain", "query": "search=rain"})
    ada.post("/api/presets", json={"name": "Night train", "prompt_base": "fast train", "seed": 7})
    gone = ada.post("/api/playlists", json={"name": "Gone", "track": of_ben}).json["id"]
    ada.delete(f"/api/playlists/{gone}")
    ada.post(f"/api/tracks/{of_ben}/report", json={"reason": "spam", "note": "an advertisement"})
    with db.money() as session:
        user = session.scalars(select(User).where(User.name == "ada")).one()
        ledger.credit(session, user.id, 100, "grant", "welcome", "welcome:ada")
    found = taken(ada)
    assert rows(found, "profile")[0]["name"] == "ada"
    assert [(row["id"], row["prompt"]) for row in rows(found, "jobs")] == [(job, "slow rain")]
    assert [(row["id"], row["visibility"]) for row in rows(found, "tracks")] == [(mine, "private")]
    vote = rows(found, "votes")[0]
    assert (vote["track"], vote["vote"], vote["reasons"], vote["notes"]) == (of_ben, 1, ["catchy"], "for my film")
    assert [row["track"] for row in rows(found, "favorites")] == [of_ben]
    assert [(row["track"], row["category"]) for row in rows(found, "tags")] == [(of_ben, "piano")]
    assert [(row["id"], row["tracks"]) for row in rows(found, "playlists")] == [(playlist, [of_ben])]
    assert [(row["playlist"], row["track"]) for row in rows(found, "added-to-playlists")] == [
        (shared.json["id"], of_ben)
    ]
    (deleted,) = rows(found, "deleted")
    assert (deleted["kind"], deleted["facts"]["name"]) == ("playlist", "Gone")
    assert [entry["track"] for entry in deleted["facts"]["entries"]] == [of_ben]
    assert [(row["name"], row["query"]) for row in rows(found, "searches")] == [("Rain", "search=rain")]
    assert [(row["name"], row["seed"]) for row in rows(found, "presets")] == [("Night train", 7)]
    assert [(row["track"], row["note"]) for row in rows(found, "reports")] == [(of_ben, "an advertisement")]
    assert [(row["amount"], row["kind"]) for row in rows(found, "aura")] == [(100, "grant")]
    assert len(rows(found, "tokens")) == 1


def test_nothing_of_anybody_else_is_in_it(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    track_id = make_track(public_app, "ada", "a prompt of ada")
    cast["ada"].post("/api/searches", json={"name": "a search of ada", "query": "search=ada"})
    cast["ben"].post(f"/api/library/{track_id}/vote", json={"vote": -1, "notes": "a note of ben"})
    found = taken(cast["dov"])
    whole = b"".join(found.read(name) for name in found.namelist())
    assert b"of ada" not in whole and b"of ben" not in whole
    assert b"a note of ben" not in taken(cast["ada"]).read("votes.json")


def test_no_secret_is_in_it(public_app: Flask) -> None:
    ada = signed_up(public_app, "ada", email="ada@example.org")
    made = ada.post("/api/tokens", json={"label": "My game", "scopes": ["read"]}).json["token"]
    sign_in(public_app.test_client())
    with db.read() as session:
        secrets = [session.scalars(select(User.password_hash)).one()]
        for table, column in (("api_tokens", "token_hash"), ("browser_sessions", "secret_hash")):
            secrets += session.scalars(select(Base.metadata.tables[table].c[column])).all()
    found = taken(ada)
    whole = b"".join(found.read(name) for name in found.namelist()).decode()
    assert [secret for secret in (made, PASSWORD, *secrets) if secret in whole] == []
    assert "ada@example.org" in whole and "My game" in whole
    assert len(rows(found, "sessions")) == 2


def test_the_masters_come_along_if_wanted(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    track_id = make_track(public_app, "ada")
    names = taken(cast["ada"], masters=1).namelist()
    assert f"masters/peaceful-ambient-melody_{track_id[-6:]}.wav" in names
    assert not any(name.endswith(".wav") for name in taken(cast["ada"]).namelist())


def test_it_is_never_whole_in_memory(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    """30 MB in 15 files of 2 MB go through less than two files' worth of memory."""
    first = make_track(public_app, "ada", seconds=24.0)
    for _ in range(14):
        make_track(public_app, "ada", stem=f"{first}.1")
    tracemalloc.start()
    try:
        answer = cast["ada"].get("/settings/export.zip?masters=1")
        before, _ = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        sent = sum(len(part) for part in answer.iter_encoded())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert sent > 30_000_000
    assert peak - before < 4_000_000


def test_its_page_leads_to_it(public_app: Flask) -> None:
    page = signed_up(public_app).get("/settings/export", headers=HTML)
    assert page.status_code == 200 and 'action="/settings/export.zip"' in page.text


def test_a_guest_is_asked_to_sign_in(nobody: FlaskClient) -> None:
    assert nobody.get("/settings/export.zip").status_code == 401
