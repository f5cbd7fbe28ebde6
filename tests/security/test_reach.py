"""How far one gets with odd methods, large bodies and guessed addresses, on every route there is."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from soundbox.app import LARGEST_BODY_BYTES
from soundbox.extensions import Base, db
from tests.accounts.people import HTML

from .test_matrix import SQLITE
from .world import World, filled, name_of, routes

METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "FOO"}
UPLOADS = {"POST /api/similar", "POST /library/sounds-like"}  # larger by a limit of their own: tests/alikes
# Without a shop, without having been at a provider, and for a job's id in the address, the body is not looked at.
UNREAD = {
    *("POST /api/aura/checkout", "POST /api/aura/portal", "POST /auth/oidc/name"),
    "POST /api/queue/{job_id}/cancel",
}
# What is drawn, cut or measured once somebody wants it, for everybody alike; and that somebody listens.
MADE_BY_READING = {
    "GET /": {"programmes"},
    "GET /api/tracks/{track_id}/similar": {"track_features"},
    "GET /generate-spectrogram/{file}": {"tracks", "tallies"},  # how many bytes there are now
    "GET /stations/{slug}/live.m3u8": {"heard"},
    "GET /stations/{slug}/live/{segment}": {"tracks", "tallies"},
}


@SQLITE
def test_a_route_takes_its_own_methods_and_no_other(world: World) -> None:
    taken: dict[str, set[str]] = {}
    for one in routes(world.app):
        taken.setdefault(one.path, set()).add(one.method.upper())
    for path, methods in taken.items():
        for method in METHODS - methods:
            answer = world.clients["admin"].open(filled(path, world.things), method=method)
            assert answer.status_code in (404, 405), f"{method} {path}"


@SQLITE
def test_no_body_is_larger_than_it_may_be(world: World) -> None:
    body = b'{"prompt": "' + b"a" * LARGEST_BODY_BYTES + b'"}'
    taken = set()
    for one in routes(world.app):
        if one.description.body is None or name_of(one) in UPLOADS:
            continue
        client = world.clients["admin" if one.path.startswith("/admin") else "owner"]
        path, method = filled(one.path, world.things), one.method.upper()
        answer = client.open(path, method=method, data=body, content_type="application/json")
        if answer.status_code != 413:
            taken.add(name_of(one))
    assert taken <= UNREAD


@pytest.mark.parametrize(
    "folder", ["/static/", "/static/js/", "/static/css/", "/audio/", "/spectrogram/", "/download/"]
)
def test_no_folder_is_listed(public_app: Flask, folder: str) -> None:
    assert public_app.test_client().get(folder, headers=HTML).status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/.git/config", "/.env", "/config.toml", "/soundbox.sqlite3", "/instance/soundbox.sqlite3", "/static/../wsgi.py",
     "/static/%2e%2e/pyproject.toml", "/console", "/debug", "/metrics", "/.well-known/"],
)  # fmt: skip
def test_what_lies_beside_the_site_is_not_on_it(public_app: Flask, path: str) -> None:
    assert public_app.test_client().get(path).status_code == 404
    assert not public_app.debug and not public_app.testing


@SQLITE
def test_reading_changes_nothing(world: World) -> None:
    """Nothing that a link or a picture on another site can ask for."""
    before = contents()
    for one in routes(world.app):
        if one.method != "get":
            continue
        for caller in ("owner", "admin"):
            world.ask(caller, one)
        after = contents()
        changed = {name for name, rows in after.items() if rows != before[name]}
        assert changed <= MADE_BY_READING.get(name_of(one), set()), f"{name_of(one)}: {changed}"
        before = after


def contents() -> dict[str, list[tuple[object, ...]]]:
    with db.read() as session:
        tables = Base.metadata.sorted_tables
        return {table.name: [tuple(row) for row in session.execute(select(table))] for table in tables}
