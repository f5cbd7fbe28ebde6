"""kill -9 in a storm of purchases, skips, refunds and workers that finish: the books are never wrong by one Aura."""

from __future__ import annotations

import multiprocessing
import random
from pathlib import Path

import pytest
from sqlalchemy import select

from soundbox.accounts.models import ApiToken, User
from soundbox.aura.ledger import entry_with
from soundbox.config import Config
from soundbox.extensions import db
from soundbox.jobs.models import Job, is_unfinished
from soundbox.jobs.skips import Outcome, Skip
from tests.jobs.books import faults
from tests.jobs.spending import storm

processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["tests.jobs.spending"])
KILLED = -9
PATIENCE_SECONDS = 60


@pytest.fixture
def tokens(database: None) -> dict[str, str]:
    """Of ada and ben, who may ask for as much as they like, and of cleo, who is an admin."""
    with db.write() as session:
        people = {
            name: User.add_member(session, name, "admin", is_admin=name == "cleo") for name in ("ada", "ben", "cleo")
        }
        return {name: ApiToken.issue(session, person) for name, person in people.items()}


def killed_after(deeds: int, *arguments: object) -> list[tuple[str, str]]:
    """What a storm acknowledged before it was killed, some time after so many deeds."""
    ours, theirs = processes.Pipe(duplex=False)
    process = processes.Process(target=storm, args=(*arguments, theirs))
    process.start()
    theirs.close()
    told = []
    try:
        for _ in range(deeds):
            assert ours.poll(PATIENCE_SECONDS), "the storm has died down"
            told.append(ours.recv())
    finally:
        process.kill()
        process.join()
    assert process.exitcode == KILLED
    try:
        while ours.poll():
            told.append(ours.recv())
    except (EOFError, OSError):  # the last word may be half a word
        pass
    return told


def assert_kept(told: list[tuple[str, str]]) -> None:
    """What was acknowledged has happened, and nothing of it twice: every key is one entry."""
    keys = {"bought": "{}", "held": "hold:{}"}
    with db.read() as session:
        for what, name in told:
            if what in keys:
                assert entry_with(session, keys[what].format(name)) is not None
            else:
                skip = session.get(Skip, name)
                assert skip is None or skip.outcome != Outcome.held


@pytest.mark.parametrize("kills", [4, pytest.param(30, marks=pytest.mark.long)])
def test_no_kill_leaves_the_books_wrong(tokens: dict[str, str], config: Config, database_url: str, kills: int) -> None:
    chance = random.Random(5309)
    told: list[tuple[str, str]] = []
    for number in range(kills):
        told += killed_after(chance.randint(15, 60), Path(config.instance), database_url, tokens, number)
        assert faults() == []
        assert_kept(told)
    assert {what for what, _ in told} == {"bought", "held", "settled"}
    with db.read() as session:
        outcomes = set(session.scalars(select(Skip.outcome)))
        assert session.scalar(select(Job.id).where(is_unfinished())) is not None  # it was killed at work
    assert {Outcome.captured, Outcome.released} <= outcomes
