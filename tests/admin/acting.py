"""What admins do over HTTP, and what the log says of it."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from soundbox.accounts.audit import AuditEntry
from soundbox.accounts.models import User
from soundbox.extensions import db

HTML = {"Accept": "text/html"}
JSON = {"Accept": "application/json"}
BECAUSE = {"reason": "I looked at it"}


def person(name: str) -> User:
    with db.read() as session:
        return session.scalars(select(User).where(User.name == name)).one()


def act(admin: FlaskClient, name: str, verb: str, **body: Any) -> TestResponse:
    return admin.post(f"/admin/people/{person(name).public_id}/{verb}", json={**BECAUSE, **body}, headers=JSON)


def seen(admin: FlaskClient, name: str) -> dict[str, Any]:
    found: dict[str, Any] = admin.get(f"/admin/people/{person(name).public_id}", headers=JSON).json
    return found


def noted() -> list[tuple[str, str, dict[str, Any]]]:
    with db.read() as session:
        rows = session.scalars(select(AuditEntry).order_by(AuditEntry.id))
        return [(row.name, row.action, row.detail) for row in rows]
