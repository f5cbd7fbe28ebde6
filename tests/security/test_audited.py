"""Whatever an admin may do and others may not is noted, on every route there is or will be."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select, update

from soundbox.accounts.audit import AuditEntry
from soundbox.accounts.models import User
from soundbox.docs.openapi import Operation
from soundbox.extensions import db

from .test_matrix import SQLITE, expected
from .world import CALLERS, World, name_of, routes

# What needs a state of things that the world has not, with the test that looks at it.
ELSEWHERE = {
    "POST /admin/people/{person_id}/restore": "tests/admin/test_people.py",
    "POST /admin/queue/retry": "tests/admin/test_queue.py",
}


def powers(world: World) -> list[Operation]:
    """What changes something for an admin, and is refused to another member."""
    table = expected()

    def gets(one: Operation, caller: str) -> int:
        return int(table[name_of(one)][CALLERS.index(caller)])

    writes = [one for one in routes(world.app) if one.method != "get"]
    return [one for one in writes if gets(one, "admin") < 400 <= gets(one, "stranger")]


def noted() -> int:
    with db.read() as session:
        return session.scalar(select(func.count()).select_from(AuditEntry)) or 0


@SQLITE
def test_every_power_of_an_admin_leaves_its_entry(world: World) -> None:
    silent = []
    for one in powers(world):
        before = noted()
        assert world.ask("admin", one).status_code < 400, name_of(one)
        if noted() == before:
            silent.append(name_of(one))
        world = World(world.app)
    assert not silent, "\n".join(silent)


@SQLITE
def test_no_power_is_left_out(world: World) -> None:
    found = {name_of(one) for one in powers(world)}
    admins = {name_of(one) for one in routes(world.app) if one.path.startswith("/admin") and one.method != "get"}
    assert admins <= found | set(ELSEWHERE)
    assert len(found) > 15


@SQLITE
def test_whoever_is_no_admin_any_more_has_no_powers_at_once(world: World) -> None:
    """Neither by a token of then nor by a browser: it is looked up at every request."""
    admin = world.clients["admin"]
    assert admin.get("/admin/people").status_code == 200
    change(is_admin=False)
    for one in powers(world):
        assert world.ask("admin", one).status_code in (403, 404), name_of(one)
    change(is_admin=True)
    assert admin.get("/admin/people").status_code == 200


def change(**values: Any) -> None:
    with db.write() as session:
        session.execute(update(User).where(User.name == "cleo").values(**values))
