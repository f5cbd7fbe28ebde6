"""What a token may do is what its scopes say, on every route there is or will be."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from soundbox.accounts.models import ApiToken, User
from soundbox.docs.openapi import operations
from soundbox.extensions import db

# What anybody may do without being anybody, signing in, and the tokens, whose rule is their own scopes.
OPEN_TO_ALL = {
    "post /auth/register",
    "post /auth/login",
    "post /auth/logout",
    "post /stripe/webhook",
    "post /auth/code",
    "post /auth/oidc/name",
    "post /auth/forgot",
    "post /auth/reset",
    "post /auth/confirm",
    "post /random-prompt",
    "post /api/similar",
    "post /api/log-error",
    "post /api/tracks/{track_id}/plays",
    "post /api/tokens",
    "post /settings/tokens",
    "delete /api/tokens/{token_id}",
    "post /settings/tokens/{token_id}/revoke",
}
READING = {
    "post /api/library/votes",
    "post /api/favorites/check",
    "post /api/packs",
    "post /api/packs/estimate",
    "post /api/stations/count",
}


def with_scopes(app: Flask, *scopes: str) -> FlaskClient:
    with db.write() as session:
        member = User.named(session, "eva") or User.add_member(session, "eva", is_admin=True)
        token = ApiToken.issue(session, member, scopes)
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    client.environ_base["HTTP_ACCEPT"] = "application/json"
    return client


def refused(client: FlaskClient, method: str, path: str) -> bool:
    """For want of a scope, before anything else about the request is looked at."""
    answer = client.open(re.sub(r"{\w+}", "0" * 32, path), method=method.upper(), json={})
    words = ("scope", "admins", "browser that is signed in")
    return answer.status_code == 403 and any(word in answer.text for word in words)


def test_a_token_that_may_only_read_writes_nothing(public_app: Flask) -> None:
    client = with_scopes(public_app, "read")
    passed = {
        f"{operation.method} {operation.path}"
        for operation in operations(public_app)
        if operation.method != "get" and not refused(client, operation.method, operation.path)
    }
    assert passed == OPEN_TO_ALL | READING


def test_a_token_that_may_not_read_reads_nothing(public_app: Flask) -> None:
    client = with_scopes(public_app, "generate", "community", "admin")
    passed = {
        f"{operation.method} {operation.path}"
        for operation in operations(public_app)
        if (operation.method == "get" or f"{operation.method} {operation.path}" in READING)
        and not refused(client, operation.method, operation.path)
    }
    assert passed == set()


@pytest.mark.parametrize(
    ("scope", "method", "path"),
    [
        ("generate", "post", "/generate"),
        ("generate", "delete", "/job/0"),
        ("generate", "post", "/api/queue/0/cancel"),
        ("generate", "patch", "/api/library/0"),
        ("generate", "delete", "/api/library/0"),
        ("community", "post", "/api/library/0/vote"),
        ("community", "post", "/api/favorites/0"),
        ("community", "post", "/api/library/0/suggest-tag"),
        ("community", "post", "/api/playlists"),
        ("community", "post", "/api/searches"),
        ("community", "post", "/api/tracks/0/report"),
        ("admin", "post", "/admin/moderation/0"),
    ],
)
def test_each_scope_opens_its_own_routes_and_no_other(public_app: Flask, scope: str, method: str, path: str) -> None:
    others = [name for name in ("read", "generate", "community", "admin") if name != scope]
    assert refused(with_scopes(public_app, *others), method, path)
    assert not refused(with_scopes(public_app, scope), method, path)
