"""A small public site with one thing of every sort, all of them ada's, and everybody who may come to them."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, func, select, update
from werkzeug.test import TestResponse

from soundbox.accounts import passwords
from soundbox.accounts.identities import Identity
from soundbox.accounts.models import ApiToken, User
from soundbox.accounts.principal import COOKIE
from soundbox.accounts.sessions import BrowserSession
from soundbox.docs.openapi import Operation, operations
from soundbox.extensions import db
from soundbox.jobs.models import Job
from soundbox.payments.models import Order
from soundbox.payments.shop import Item, Sort
from tests.accounts.people import PASSWORD
from tests.jobs.growth import FIRST_PART, grow
from tests.live.stations import OFF_AIR, segment_on_air
from tests.making import make_track

CALLERS = ("nobody", "guest", "stranger", "owner", "admin", "token")
STRANGERS = ("nobody", "guest", "stranger")
ABSENT = {
    "slug": "absent",
    "voice": "absent",
    "track_id": "0" * 32,
    "job_id": "0" * 32,
    "playlist_id": "0" * 32,
    "preset": "absent",
    "file": f"{'0' * 32}.wav",
}


# Bodies of routes whose documented example names things that are not there, or that have none.
BODIES: dict[str, dict[str, Any]] = {
    "PUT /api/playlists/{playlist_id}/order": {"order": ["{track_id}"]},
    "PATCH /api/library/{track_id}": {"title": "Another title"},
    "POST /tracks/{track_id}/edit": {"title": "Another title"},
    "PATCH /api/presets/{preset}": {"name": "Another name"},
    "POST /presets/{preset}/edit": {"name": "Another name"},
    "PATCH /api/playlists/{playlist_id}": {"name": "Another name"},
    "POST /playlists/{playlist_id}/edit": {"name": "Another name"},
    "POST /auth/register": {"name": "eva", "password": PASSWORD},
    "POST /settings/password": {"current": PASSWORD, "password": "another one that I remember"},
    "POST /settings/email": {"current": PASSWORD, "email": "ada@example.org"},
    "POST /settings/browsers/end": {"session": "{session}"},
    "POST /settings/providers/unlink": {"identity": "{identity}", "current": PASSWORD},
    "PATCH /api/stations/{slug}": {"prompt": "rain"},
    "POST /api/stations/{slug}/requests": {"track": "{track_id}"},
    "POST /stations/{slug}/edit": {"prompt": "rain"},
    "POST /api/packs/estimate": {"ids": ["{track_id}"]},
}


ADAS = select(User.public_id, BrowserSession.id).where(User.name == "ada", BrowserSession.user_id == User.id)
PASSWORD_HASH = passwords.hashed(PASSWORD)


class World:
    """`things` are public or shared by their ids, `secrets` of the same names are ada's alone."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        with db.write() as session:
            session.execute(delete(Job))
            session.execute(
                update(User).values(name=None, email=None, left_name=None)
            )  # what an earlier world left is nobody's
        self.clients = {
            "guest": _guest(app),
            "stranger": _signed_in(app, "dov"),
            "owner": _signed_in(app, "ada", tier="premium"),
            "admin": _with_token(app, "cleo", ("read", "generate", "community", "admin"), is_admin=True),
        }
        self.clients["token"] = _with_token(app, "ada", ())
        self.things = self._make("public")

    @cached_property
    def secrets(self) -> dict[str, str]:
        return self._make("private")

    def _make(self, visibility: str) -> dict[str, str]:
        ada = self.clients["owner"]
        track = make_track(self.app, "ada", f"slow rain {visibility}", visibility=visibility)
        job = ada.post("/generate", json={"prompt": "rain", "model": "audio", "visibility": visibility}).json
        grow(self.app, f"{job['job_id']}.0.0")
        playlist = ada.post("/api/playlists", json={"name": "Evenings", "visibility": visibility}).json
        ada.post(f"/api/playlists/{playlist['id']}/tracks/{track}")
        webhook = ada.post("/api/webhooks", json={"url": "https://example.com/sound-box"}).json
        station = ada.post("/api/stations", json={"name": f"Rain {visibility}"}).json
        if visibility == "public":
            self.clients["admin"].patch(f"/api/stations/{station['slug']}", json={"is_hidden": False})
        preset = ada.post(
            "/api/presets", json={"name": "Rain", "prompt_base": "rain", "shared": visibility == "public"}
        ).json
        deleted = ada.post("/api/playlists", json={"name": "Gone"}).json["id"]
        undo = ada.delete(f"/api/playlists/{deleted}").json["undo_url"]
        search = ada.post("/api/searches", json={"name": "Rain", "query": "search=rain"}).json
        token = ada.post("/api/tokens", json={"label": "My game", "scopes": ["read"]}).json
        with db.read() as session:
            person, browser = session.execute(ADAS).one()
        with db.write() as session:
            Identity.link(session, User.named(session, "ada"), "https://id.example.org", secrets.token_hex(8))
            identity = session.scalar(select(func.max(Identity.id)))
        order = self._order()
        return {
            "track_id": track,
            "file": f"{track}.wav",
            "job_id": job["job_id"],
            "playlist_id": playlist["id"],
            "slug": station["slug"],
            "list_form": "m3u",
            "segment": OFF_AIR,
            "part": FIRST_PART,
            "preset": preset["slug"],
            "search_id": search["id"],
            "deleted_id": undo.rpartition("/")[-1],
            "token_id": token["id"],
            "webhook_id": webhook.get("id", "unknown"),
            "order_id": order,
            "person_id": person,
            "session": str(browser),
            "identity": str(identity),
            "name": "ada",
            "voice": "de",
            "model": "music",
            "kind": "music",
            "form": "atom",
        }

    def _order(self) -> str:
        with db.write() as session:
            ada = session.scalars(select(User).where(User.name == "ada")).one()
            return Order.place(
                session, ada, Item(Sort.pack, "small", "Small", 100, 500, "usd"), livemode=False, key=None
            ).id

    def now(self, operation: Operation, things: dict[str, str]) -> dict[str, str]:
        """With a segment that is on air at this moment, where one is asked for and none has been chosen."""
        if "{segment}" not in operation.path or things["segment"] != OFF_AIR:
            return things
        return things | {"segment": segment_on_air(self.clients["owner"], things["slug"])}

    def ask(self, caller: str, operation: Operation, things: dict[str, str] | None = None) -> TestResponse:
        """What this caller gets for it, with a good body."""
        things = self.now(operation, things or self.things)
        client = self.clients[caller] if caller in self.clients else self.app.test_client()
        return client.open(
            filled(operation.path, things),
            method=operation.method.upper(),
            json=None if operation.method == "get" else body_of(operation, things),
            query_string=query_of(operation, things),
            headers={"Accept": "application/json"},
        )


def name_of(operation: Operation) -> str:
    return f"{operation.method.upper()} {operation.path}"


def routes(app: Flask) -> Iterator[Operation]:
    return operations(app)


def filled(path: str, things: dict[str, str]) -> str:
    is_picture = path.startswith("/spectrogram")
    for name in re.findall(r"{(\w+)}", path):
        assert name in things, f"{path}: say in tests/security/world.py what stands for {{{name}}}"
        value = things[name].replace(".wav", ".png") if is_picture else things[name]
        path = path.replace(f"{{{name}}}", value)
    return path


def body_of(operation: Operation, things: dict[str, str]) -> dict[str, Any]:
    body: Any = BODIES.get(name_of(operation)) or json.loads(operation.description.example or "{}")
    text = json.dumps(body)
    for name, value in things.items():
        text = text.replace(f"{{{name}}}", value)
    found: dict[str, Any] = json.loads(text)
    return found


def query_of(operation: Operation, things: dict[str, str]) -> dict[str, str]:
    return {"url": f"http://localhost/tracks/{things['track_id']}"} if operation.path == "/oembed" else {}


def _guest(app: Flask) -> FlaskClient:
    with db.write() as session:
        _, secret = User.add_guest(session)
    return _with_cookie(app, secret)


def _signed_in(app: Flask, name: str, tier: str = "free") -> FlaskClient:
    with db.write() as session:
        user = User.add_member(session, name, tier)
        user.password_hash = PASSWORD_HASH
        secret = BrowserSession.begin(session, user, "127.0.0.1", "a browser")
    return _with_cookie(app, secret)


def _with_cookie(app: Flask, secret: str) -> FlaskClient:
    client = app.test_client()
    client.set_cookie(COOKIE, secret)
    return client


def _with_token(app: Flask, name: str, scopes: tuple[str, ...], *, is_admin: bool = False) -> FlaskClient:
    with db.write() as session:
        user = User.named(session, name) or User.add_member(session, name, is_admin=is_admin)
        token = ApiToken.issue(session, user, scopes)
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return client
