"""Ids of other people's things open nothing, and do not even tell that something is there."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from soundbox.docs.openapi import Operation

from .test_matrix import SQLITE
from .world import STRANGERS, World, name_of, routes

THINGS = ("track_id", "file", "job_id", "playlist_id", "preset", "search_id", "token_id", "webhook_id", "order_id")

# Document 001 promises 403 for another session's job and 404 for none; an id has 128 random bits.
TOLD_APART = ("GET /api/jobs/{job_id}", "DELETE /api/jobs/{job_id}", "GET /api/audio/{job_id}")
NOT_YET = ("GET /api/audio/{job_id}",)  # there is no sound of a job that waits


def about_a_thing(app: Flask) -> list[tuple[Operation, list[str]]]:
    found = [(operation, re.findall(r"{(\w+)}", operation.path)) for operation in routes(app)]
    return [(operation, names) for operation, names in found if set(names) & set(THINGS)]


def without(text: str, ids: dict[str, str]) -> str:
    for value in ids.values():
        text = text.replace(value, "ID")
    return text


@SQLITE
def test_what_is_private_answers_as_what_is_not_there(world: World) -> None:
    """The same status and the same words, whatever is asked for, so that nobody can find out what exists."""
    told = []
    for operation, names in about_a_thing(world.app):
        asked = [name for name in names if name in THINGS]
        secret = {name: world.secrets[name] for name in asked}
        absent = {name: re.sub("[0-9a-f]{16,}", "0" * 32, value) for name, value in secret.items()}
        for caller in STRANGERS:
            answers = [world.ask(caller, operation, world.things | ids) for ids in (secret, absent)]
            here, nowhere = (
                (a.status_code, without(a.text, i)) for a, i in zip(answers, (secret, absent), strict=True)
            )
            is_told = here != nowhere and name_of(operation) not in TOLD_APART
            if is_told or here[0] < 400:
                told.append(f"{name_of(operation)}: {caller} gets {here}, and {nowhere} for nothing")
    assert told == []


@SQLITE
@pytest.mark.parametrize("thing", ["track_id", "job_id", "playlist_id", "preset"])
def test_its_owner_does_get_it(world: World, thing: str) -> None:
    """Or the test above could not fail."""
    shown = [
        operation for operation, names in about_a_thing(world.app) if names == [thing] and operation.method == "get"
    ]
    assert shown
    statuses = {name_of(one): world.ask("owner", one, world.secrets).status_code for one in shown}
    assert all(statuses.pop(name, 404) == 404 for name in NOT_YET)
    assert set(statuses.values()) == {200}
