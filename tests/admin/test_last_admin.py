"""There is always somebody left who runs the site."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from soundbox.accounts.admins import keep_one
from soundbox.accounts.models import User
from soundbox.extensions import db
from soundbox.web.errors import Refusal
from tests.admin.acting import act, noted, person
from tests.conftest import member


def admins() -> int:
    with db.read() as session:
        active = select(func.count()).select_from(User).where(User.is_admin, User.suspended_ms.is_(None))
        return session.scalar(active) or 0


@pytest.mark.parametrize(("verb", "body"), [("suspend", {}), ("admin", {"is_admin": False})])
def test_nobody_stops_themselves(cast: dict[str, FlaskClient], verb: str, body: dict[str, bool]) -> None:
    assert act(cast["cleo"], "cleo", verb, **body).status_code == 400
    assert admins() == 1 and noted() == []


@pytest.mark.parametrize(("verb", "body"), [("suspend", {}), ("admin", {"is_admin": False})])
def test_of_two_who_stop_each_other_at_once_one_is_left(
    public_app: Flask, cast: dict[str, FlaskClient], verb: str, body: dict[str, bool]
) -> None:
    for round_number in range(5):
        one, other = (f"{name}{round_number}" for name in ("one", "other"))
        clients = {name: member(public_app, name, "free", is_admin=True) for name in (one, other)}
        with ThreadPoolExecutor(2) as crowd:
            tries = [crowd.submit(act, clients[me], you, verb, **body) for me, you in ((one, other), (other, one))]
        assert sorted(done.result().status_code for done in tries) == [200, 403]
    assert admins() == 1 + 5


def test_the_last_one_cannot_leave(cast: dict[str, FlaskClient]) -> None:
    with pytest.raises(Refusal, match="last admin"), db.write() as session:
        keep_one(session, session.get_one(User, person("cleo").id))
    with db.write() as session:
        keep_one(session, session.get_one(User, person("ada").id))


def test_a_suspended_admin_has_no_powers_and_does_not_count(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    eve = member(public_app, "eve", "free", is_admin=True)
    assert act(cast["cleo"], "eve", "suspend").status_code == 200
    assert eve.get("/admin/people").status_code == 403
    assert admins() == 1
