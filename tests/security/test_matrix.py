"""Every route and method, by everybody there is: what each gets is what `matrix.txt` says.

A route that is new has no line there, and fails; so does a line whose route has gone.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from .world import CALLERS, World, name_of, routes

TABLE = Path(__file__).with_name("matrix.txt")
SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # who may what is no database's matter
HOW_TO_ADD = """
tests/security/matrix.txt does not say what each of these answers.
Read each line: is that what {callers} should get?
Then put it there, below the heading that fits. `token` is a token of the owner without any scope.
{lines}
"""


def expected() -> dict[str, tuple[str, ...]]:
    lines = (line.split() for line in TABLE.read_text().splitlines() if line.strip() and not line.startswith("#"))
    return {f"{method} {path}": tuple(statuses) for method, path, *statuses in lines}


def measured(app: Flask) -> dict[str, tuple[str, ...]]:
    """Whatever changed something is asked for in a new world by the next."""
    world = World(app)
    found = {}
    for operation in routes(app):
        statuses = []
        for caller in CALLERS:
            status = world.ask(caller, operation).status_code
            statuses.append(str(status))
            if operation.method != "get" and status < 400:
                world = World(app)
        found[name_of(operation)] = tuple(statuses)
    return found


def line(name: str, statuses: tuple[str, ...]) -> str:
    method, path = name.split()
    return f"{method:6} {path:56} " + " ".join(f"{status:8}" for status in statuses).rstrip()


@SQLITE
def test_everybody_gets_what_the_table_says(public_app: Flask, unlimited: None) -> None:
    table, found = expected(), measured(public_app)
    new = [line(name, statuses) for name, statuses in found.items() if name not in table]
    assert not new, HOW_TO_ADD.format(callers=", ".join(CALLERS), lines="\n".join(new))
    gone = [name for name in table if name not in found]
    assert not gone, f"Take these lines out of matrix.txt, nothing is there any more: {gone}"
    wrong = [
        f"{name}: {caller} gets {is_} where the table says {should}"
        for name, statuses in found.items()
        for caller, is_, should in zip(CALLERS, statuses, table[name], strict=True)
        if is_ != should
    ]
    assert wrong == []
