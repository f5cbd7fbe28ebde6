"""The audit log: what admins do is noted with what they did, and nobody rewrites it."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from soundbox.accounts.audit import AuditEntry, audit
from soundbox.extensions import db
from tests.making import make_track

RAIN = {"prompt": "slow rain on a tin roof", "model": "audio", "duration": 2}


def entries() -> list[AuditEntry]:
    with db.read() as session:
        return list(session.scalars(select(AuditEntry).order_by(AuditEntry.id)))


def asked(client: FlaskClient) -> str:
    job_id: str = client.post("/generate", json=RAIN).json["job_id"]
    return job_id


def test_a_decision_about_a_track_is_noted(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    track_id = make_track(public_app, maker="ada", prompt="a dog barks")
    body = {"decision": "hide", "reason": "Advertising"}
    cast["cleo"].post(f"/admin/moderation/{track_id}", json=body, environ_base={"REMOTE_ADDR": "9.9.9.9"})
    [entry] = entries()
    assert (entry.name, entry.action, entry.subject) == ("cleo", "track.hide", f"track:{track_id}")
    assert (entry.detail, entry.address) == ({"name": "a dog barks", "reason": "Advertising"}, "9.9.9.9")


def test_a_decision_that_is_refused_is_not_noted(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    track_id = make_track(public_app, maker="ada")
    body = {"decision": "restore", "reason": "It was a joke"}
    assert cast["cleo"].post(f"/admin/moderation/{track_id}", json=body).status_code == 400
    assert entries() == []


@pytest.mark.parametrize(
    ("method", "path", "action"),
    [
        ("DELETE", "/job/{job}", "job.cancel"),
        ("POST", "/api/queue/{job}/cancel", "job.cancel"),
        ("PATCH", "/api/library/{track}", "track.edit"),
        ("DELETE", "/api/library/{track}", "track.delete"),
        ("PATCH", "/api/playlists/{playlist}", "playlist.edit"),
        ("DELETE", "/api/playlists/{playlist}", "playlist.delete"),
        ("PATCH", "/api/presets/{preset}", "preset.edit"),
        ("DELETE", "/api/presets/{preset}", "preset.delete"),
    ],
)
def test_an_admins_hand_on_others_things_is_noted(
    public_app: Flask, cast: dict[str, FlaskClient], method: str, path: str, action: str
) -> None:
    for client in (cast["ada"], cast["cleo"]):
        maker = "ada" if client is cast["ada"] else "cleo"
        playlist = client.post("/api/playlists", json={"name": "Slow evenings"}).json["id"]
        preset = client.post("/api/presets", json={"name": "Bells", "prompt_base": "bells", "shared": True}).json[
            "slug"
        ]
        place = path.format(
            preset=preset, job=asked(client), track=make_track(public_app, maker=maker), playlist=playlist
        )
        answer = cast["cleo"].open(place, method=method, json={"visibility": "private"})
        assert answer.status_code == 200, answer.text
    assert [(entry.name, entry.action) for entry in entries()] == [("cleo", action)]


def test_what_people_do_to_their_own_is_nobodys_business(cast: dict[str, FlaskClient]) -> None:
    assert cast["ada"].delete(f"/job/{asked(cast['ada'])}").status_code == 200
    assert entries() == []


def test_what_everybody_may_do_to_a_shared_playlist_is_noted_of_nobody(
    public_app: Flask, cast: dict[str, FlaskClient]
) -> None:
    playlist = cast["ada"].post("/api/playlists", json=OURS).json["id"]
    track = make_track(public_app, maker="ada")
    for name in ("dov", "cleo"):
        assert cast[name].post(f"/api/playlists/{playlist}/tracks/{track}").status_code == 200
        assert cast[name].delete(f"/api/playlists/{playlist}/tracks/{track}").status_code == 200
    assert entries() == []


OURS = {"name": "Ours", "visibility": "unlisted", "collaborative": True}
REPLACING = (
    "INSERT OR REPLACE INTO audit_entries (id, name, action, subject, detail, address, created_ms) "
    "VALUES (1, 'nobody', '', '', '{}', '', 1)"
)


def test_the_database_lets_nobody_change_it(database: None) -> None:
    note()
    its_own_way = REPLACING if db.is_sqlite else "TRUNCATE audit_entries"
    for change in ("UPDATE audit_entries SET name = 'nobody'", "DELETE FROM audit_entries", its_own_way):
        with pytest.raises(DBAPIError, match="only added to"), db.write() as session:
            session.execute(text(change))
    assert [entry.name for entry in entries()] == ["command line"]


def note(**detail: Any) -> None:
    with db.write() as session:
        audit(session, None, "user.add", "user:1", **detail)


def test_what_is_undone_is_not_noted(database: None) -> None:
    with pytest.raises(RuntimeError), db.write() as session:
        audit(session, None, "user.add", "user:1")
        raise RuntimeError
    assert entries() == []
