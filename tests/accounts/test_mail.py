"""Letters through a mail server, and what happens when it is not there."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from email import message_from_string, policy

import pytest
from flask import Flask
from sqlalchemy import select

from soundbox.accounts.letters import Text
from soundbox.accounts.links import AccountLink
from soundbox.accounts.mail import LetterSender, deliver
from soundbox.accounts.outbox import PAUSES_MS, Backlog, Letter
from soundbox.clock import now_ms
from soundbox.config import Config
from soundbox.extensions import db
from tests.accounts.people import PASSWORD, signed_up
from tests.accounts.smtp import MailServer, receiving
from tests.deploy.site import free_port


@pytest.fixture
def server() -> Iterator[MailServer]:
    with receiving() as server:
        yield server


class Time:
    """Milliseconds, which go on only when told."""

    def __init__(self) -> None:
        self.ms = now_ms() + 60_000

    def __call__(self) -> int:
        return self.ms


@pytest.fixture
def time() -> Time:
    return Time()


def settings(config: Config, port: int) -> Config:
    mail_from = "Sound Box <box@sound.example>"
    given = {"database": config.database, "worker": "none", "mode": "accounts"}
    return Config.load(
        config.instance, **given, smtp_host="127.0.0.1", smtp_port=port, smtp_security="none", mail_from=mail_from
    )


def waiting() -> list[Letter]:
    with db.read() as session:
        return list(session.scalars(select(Letter).order_by(Letter.created_ms, Letter.id)))


def test_a_letter_arrives(server: MailServer, config: Config) -> None:
    deliver(settings(config, server.server_address[1]), "ada@example.org", Text("Hello", "Open this: é"), "0123")
    (letter,) = server.letters
    lines = server.heard
    assert "rcpt TO:<ada@example.org>" in lines and "mail FROM:<box@sound.example>" in " ".join(lines)
    assert "Subject: Hello" in letter and "To: ada@example.org" in letter
    assert "Message-ID: <0123@sound.example>" in letter


@pytest.mark.parametrize("to", ["ada@example.org\nBcc: all@example.org", "ada@example.org\r\nSubject: x"])
def test_an_address_cannot_add_lines_to_a_letter(server: MailServer, config: Config, to: str) -> None:
    with pytest.raises(ValueError, match="linefeed"):
        deliver(settings(config, server.server_address[1]), to, Text("Hello", ""), "0123")
    assert server.heard == []


def test_what_could_not_be_sent_is_sent_later(
    public_app: Flask, config: Config, server: MailServer, time: Time
) -> None:
    """By a server that comes back; meanwhile the page of the admins says so."""
    signed_up(public_app, "ada", email="ada@example.org")
    port = server.server_address[1]
    away = LetterSender(db, settings(config, free_port()), time)
    assert away.step() and not away.step()
    with db.read() as session:
        assert Backlog.read(session) == Backlog(1, "ConnectionRefusedError")
    back = LetterSender(db, settings(config, port), time)
    assert not back.step(), "not before a pause"
    time.ms += 6_000
    assert back.step() and not back.step()
    (letter,) = server.letters
    assert "Confirm your e-mail address" in letter and waiting() == []
    secret = LINK.search(message_from_string(letter, policy=policy.default).get_content())
    assert secret
    answer = public_app.test_client().post("/auth/confirm", json={"link": secret[1]})
    assert answer.status_code == 200, "the link is of the last attempt"


def test_what_a_server_refuses_for_good_is_given_up(
    public_app: Flask, config: Config, server: MailServer, time: Time, caplog: pytest.LogCaptureFixture
) -> None:
    signed_up(public_app, "ada", email="ada@example.org")
    server.refuses = "550 no such box: ada@example.org"
    assert LetterSender(db, settings(config, server.server_address[1]), time).step()
    assert waiting() == [] and server.letters == []
    assert "SMTPRecipientsRefused 550" in caplog.text and "ada@example.org" not in caplog.text


def test_what_it_cannot_take_now_is_given_up_after_the_last_pause(
    public_app: Flask, config: Config, server: MailServer, time: Time
) -> None:
    signed_up(public_app, "ada", email="ada@example.org")
    server.refuses = "450 later"
    sender, attempts = LetterSender(db, settings(config, server.server_address[1]), time), 0
    while sender.step():
        attempts += 1
        time.ms += 6 * 3_600_000
    assert attempts == len(PAUSES_MS) + 1 and waiting() == []


def test_kill_minus_nine_in_the_middle_loses_no_letter(
    public_app: Flask, config: Config, server: MailServer, time: Time
) -> None:
    """It is sent again when the lease of the dead has run out, and both are the same letter."""
    signed_up(public_app, "ada", email="ada@example.org")
    port = server.server_address[1]
    server.hold = threading.Event()
    process = subprocess.Popen([sys.executable, "-c", SENDING, str(config.instance), config.database_url, str(port)])
    assert server.arrived.wait(60)
    process.kill()
    process.wait()
    server.hold.set()
    (letter,) = waiting()
    sender = LetterSender(db, settings(config, port), time)
    time.ms = now_ms()
    assert not sender.step(), "its lease still runs"
    time.ms += 301_000
    assert sender.step() and waiting() == []
    assert f"<{letter.id}@sound.example>" in server.letters[-1]


def test_a_newer_link_takes_the_place_of_one_that_waits(public_app: Flask) -> None:
    for _ in range(2):
        public_app.test_client().post("/auth/forgot", json={"email": "ada@example.org"})
    assert [letter.kind for letter in waiting()] == ["new_password"]


def test_no_copy_of_the_database_holds_a_link(public_app: Flask) -> None:
    signed_up(public_app, "ada", email="ada@example.org")
    (letter,) = waiting()
    assert "link=" not in repr(vars(letter))
    with db.read() as session:
        assert session.scalars(select(AccountLink)).all() == []


def test_a_letter_to_somebody_who_left_is_not_sent(public_app: Flask) -> None:
    ada = signed_up(public_app, "ada", email="ada@example.org")
    assert len(waiting()) == 1
    assert ada.post("/settings/delete", json={"current": PASSWORD, "tracks": "delete"}).status_code == 303
    assert waiting() == []


LINK = re.compile(r"link=([\w-]+)")
SENDING = """
import sys
from soundbox.accounts.mail import LetterSender
from soundbox.config import Config
from soundbox.extensions import db
instance, database, port = sys.argv[1:]
given = dict(worker="none", mode="accounts", smtp_host="127.0.0.1", smtp_port=int(port), smtp_security="none")
config = Config.load(instance, database=database, mail_from="Sound Box <box@sound.example>", **given)
db.bind(config.database_url)
LetterSender(db, config).step()
"""
