"""Letters of a site that is killed."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.accounts.people import PASSWORD
from tests.accounts.smtp import receiving
from tests.deploy.site import Site, free_port, is_alive, until

WEB = "gunicorn"

pytestmark = pytest.mark.xdist_group("serve")


@pytest.fixture
def mail_port() -> int:
    return free_port()


@pytest.fixture
def site(tmp_path: Path, mail_port: int) -> Iterator[Site]:
    """A public one that knows of a mail server."""
    mail = {"smtp_host": "127.0.0.1", "smtp_port": str(mail_port), "smtp_security": "none"}
    site = Site(tmp_path / "instance", mode="accounts", worker="none", **mail)
    yield site.ready()
    site.stop()


def waiting(site: Site) -> list[tuple[Any, ...]]:
    """(id, why it was not sent) of each letter."""
    with sqlite3.connect(site.instance / "soundbox.sqlite3") as database:
        return database.execute("SELECT id, fault FROM letters").fetchall()


def test_a_letter_that_waits_survives_kill_minus_nine_and_is_sent_once(site: Site, mail_port: int) -> None:
    """Nobody answers at the mail server's port until everything of the site is dead."""
    site.post("/auth/register", {"name": "ada", "password": PASSWORD, "email": "ada@example.org"})
    until(lambda: [fault for _, fault in waiting(site)] == ["ConnectionRefusedError"], "the letter could not be sent")
    ((letter_id, _),) = waiting(site)
    family = [site.process.pid, *site.children(WEB)]
    os.kill(site.process.pid, signal.SIGKILL)
    until(lambda: not any(map(is_alive, family)), "the site is dead")
    assert [one for one, _ in waiting(site)] == [letter_id]
    with receiving(mail_port) as server:
        site.start()
        site.ready()
        until(lambda: waiting(site) == [], "the letter was sent")
        site.stop()
        (letter,) = server.letters
    assert f"Message-ID: <{letter_id}@" in letter and "To: ada@example.org" in letter
