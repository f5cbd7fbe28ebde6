"""Bodies that ask for more than their route gives, or for more than a machine has."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest
from sqlalchemy import func, select

from soundbox.accounts.models import User
from soundbox.aura import ledger
from soundbox.extensions import db
from soundbox.jobs.models import Job
from soundbox.tracks.models import Track

from .test_matrix import SQLITE
from .world import World, body_of, filled, name_of, routes

GREEDY = {
    "user_id": "somebody else",
    "owner": 1,
    "id": "0" * 32,
    "priority": "admin",
    "tier": "admin",
    "kind": "owner",
    "is_admin": True,
    "role": "admin",
    "price": 0,
    "cost": 0,
    "aura": 1_000_000,
    "balance": 1_000_000,
    "amount": 1_000_000,
    "plays": 1_000_000,
    "upvotes": 1_000_000,
    "favorites": 1_000_000,
    "quality": 100,
    "band": 0,
    "withheld": None,
    "email_verified_ms": 1,
    "suspended_ms": None,
    "licence": "proprietary",
    "engine": "a better one",
}  # what no body of a member decides; `visibility`, `title` and `name` some do


def writes(world: World) -> Any:
    return [one for one in routes(world.app) if one.method != "get"]


@SQLITE
def test_nobody_gets_more_by_asking_for_it(world: World) -> None:
    ada = world.clients["owner"]
    for one in writes(world):
        if one.path.startswith("/auth/logout") or one.path in ("/settings/delete", "/settings/browsers/end"):
            continue
        body = {**GREEDY, **body_of(one, world.things)}
        ada.open(filled(one.path, world.things), method=one.method.upper(), json=body)
        refuse_gains(name_of(one))


def refuse_gains(name: str) -> None:
    with db.read() as session:
        ada = session.scalars(select(User).where(User.name == "ada")).one()
        assert (ada.tier, ada.is_admin, ada.kind) == ("premium", False, "member"), name
        assert session.scalar(select(func.count()).select_from(User).where(User.is_admin)) == 1, name
        assert ledger.balance(session, ada.id) == 0, name
        others = session.scalar(select(func.count()).select_from(Job).where(Job.user_id != ada.id))
        assert others == 0, f"{name}: a job is somebody else's"
        assert set(session.scalars(select(Job.tier))) <= {"premium"}, name
        assert set(session.scalars(select(Job.band))) <= {1}, name
        for track in session.scalars(select(Track)):
            gained = (track.user_id, track.quality, track.licence, track.engine)
            assert gained == (ada.id, 85, "CC0-1.0", "Sound Box composer"), name
            assert max(track.plays, track.upvotes, track.favorites) <= 1, name


@SQLITE
@pytest.mark.parametrize(
    "body",
    [
        b"[" * 200_000,
        b'{"a":' * 40_000,
        b'{"prompt":' + b"[" * 50_000 + b"]" * 50_000 + b"}",
        b'{"prompt": ' + b"9" * 100_000 + b"}",
        b'{"duration": 1e999999, "vote": 1e400, "position": -1e400}',
        b'{"duration": NaN, "vote": Infinity, "rating": -Infinity}',
        b'{"vote": 99999999999999999999999, "position": 99999999999999999999, "rating": 9223372036854775808}',
        b'{"prompt": "\\ud800", "name": "\\udfff", "title": "\\ud800\\ud800"}',
        b'{"prompt": "\\u0000", "name": "\\u0000", "label": "\\u0000"}',
        b'{"prompt": "' + b"a" * 250_000 + b'"}',
        b'{"' + b"a" * 200_000 + b'": 1}',
        json.dumps({f"field{number}": number for number in range(10_000)}).encode(),
        json.dumps({"ids": ["0" * 32] * 6_000, "generation_ids": ["0" * 32] * 1_000}).encode(),
        json.dumps({"parameters": {f"p{number}": {"x": [number]} for number in range(5_000)}, "prompt": "x"}).encode(),
        b"\xff\xfe\x00",
        b"",
        b"null",
        b"a" * 300_000,
    ],
    ids=lambda body: body[:24].decode("latin-1"),
)
def test_no_bomb_breaks_a_route(world: World, body: bytes) -> None:
    for one in writes(world):
        if "/auth/logout" in one.path or one.path.endswith("/sign-out"):  # they read no body and end ada's session
            continue
        client = world.clients["admin" if one.path.startswith("/admin") else "owner"]
        path = filled(one.path, world.things)
        answer = client.open(path, method=one.method.upper(), data=body, content_type="application/json")
        assert answer.status_code < 500, name_of(one)
    assert world.clients["owner"].get("/settings").status_code == 200  # her session is not why they were refused


@SQLITE
def test_a_packed_body_is_not_unpacked(world: World) -> None:
    packed = gzip.compress(b'{"prompt": "' + b"a" * 50_000_000 + b'"}')
    headers = {"Content-Encoding": "gzip"}
    answer = world.clients["owner"].post("/generate", data=packed, content_type="application/json", headers=headers)
    assert answer.status_code == 400


@SQLITE
def test_forms_of_many_parts_end_early(world: World) -> None:
    ada = world.clients["owner"]
    many = {f"field{number}": "x" for number in range(5_000)}
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        for path in ("/generate", "/settings/tokens", "/api/playlists", "/api/similar"):
            assert ada.post(path, data=many, content_type=kind).status_code in (400, 413), path
    unending = b"--x\r\nContent-Disposition: form-data; name=" + b"a" * 200_000
    answer = ada.post("/generate", data=unending, content_type="multipart/form-data; boundary=x")
    assert answer.status_code in (400, 413)


@SQLITE
@pytest.mark.parametrize("header", ["Cookie", "Accept", "Authorization", "Referer", "User-Agent", "X-Request-ID"])
def test_no_header_is_too_large_to_refuse(world: World, header: str) -> None:
    for value in (
        "a" * 60_000,
        "session_id=" + "a" * 60_000,
        "a=b; " * 10_000,
        "text/html;q=0.1," * 5_000,
        "Bearer " * 9,
    ):
        assert world.app.test_client().get("/library", headers={header: value}).status_code < 500
