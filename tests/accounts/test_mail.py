"""Letters through a mail server, and what happens when it is not there."""

from __future__ import annotations

import contextlib
import re
import socket
import socketserver
import subprocess
import sys
import threading
from collections.abc import Iterator
from email import message_from_string, policy
from typing import Any

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


class Dialogue(socketserver.StreamRequestHandler):
    """As much of SMTP (RFC 5321) as it takes to receive a letter."""

    def handle(self) -> None:
        server: Any = self.server
        self.say("220 here")
        while line := self.rfile.readline().decode().strip():
            server.heard.append(line)
            word = line.upper()
            if word == "DATA":
                self.say("354 go on")
                server.heard.append(self.letter())
                if hold := getattr(server, "hold", None):  # it has the letter and says nothing
                    server.arrived.set()
                    hold.wait(60)
            if word.startswith("RCPT") and (refusal := getattr(server, "refuses", "")):
                self.say(refusal)
            else:
                self.say("221 bye" if word == "QUIT" else "250 fine")

    def letter(self) -> str:
        lines: list[str] = []
        while (line := self.rfile.readline().decode().rstrip("\r\n")) != ".":
            lines.append(line)
        return "\n".join(lines)

    def say(self, words: str) -> None:
        with contextlib.suppress(OSError):  # whoever spoke may have been killed
            self.wfile.write(f"{words}\r\n".encode())


@pytest.fixture
def server() -> Iterator[socketserver.TCPServer]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Dialogue) as server:
        server.heard = []  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


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


def heard(server: socketserver.TCPServer, *, letters: bool = True) -> list[str]:
    lines: list[str] = server.heard  # type: ignore[attr-defined]
    return [line for line in lines if not letters or "Subject:" in line]


def waiting() -> list[Letter]:
    with db.read() as session:
        return list(session.scalars(select(Letter).order_by(Letter.created_ms, Letter.id)))


def test_a_letter_arrives(server: socketserver.TCPServer, config: Config) -> None:
    deliver(settings(config, server.server_address[1]), "ada@example.org", Text("Hello", "Open this: é"), "0123")
    (letter,) = heard(server)
    lines = heard(server, letters=False)
    assert "rcpt TO:<ada@example.org>" in lines and "mail FROM:<box@sound.example>" in " ".join(lines)
    assert "Subject: Hello" in letter and "To: ada@example.org" in letter
    assert "Message-ID: <0123@sound.example>" in letter


@pytest.mark.parametrize("to", ["ada@example.org\nBcc: all@example.org", "ada@example.org\r\nSubject: x"])
def test_an_address_cannot_add_lines_to_a_letter(server: socketserver.TCPServer, config: Config, to: str) -> None:
    with pytest.raises(ValueError, match="linefeed"):
        deliver(settings(config, server.server_address[1]), to, Text("Hello", ""), "0123")
    assert heard(server, letters=False) == []


def test_what_could_not_be_sent_is_sent_later(
    public_app: Flask, config: Config, server: socketserver.TCPServer, time: Time
) -> None:
    """By a server that comes back; meanwhile the page of the admins says so."""
    signed_up(public_app, "ada", email="ada@example.org")
    port = server.server_address[1]
    away = LetterSender(db, settings(config, closed_port()), time)
    assert away.step() and not away.step()
    with db.read() as session:
        assert Backlog.read(session) == Backlog(1, "ConnectionRefusedError")
    back = LetterSender(db, settings(config, port), time)
    assert not back.step(), "not before a pause"
    time.ms += 6_000
    assert back.step() and not back.step()
    (letter,) = heard(server)
    assert "Confirm your e-mail address" in letter and waiting() == []
    secret = LINK.search(message_from_string(letter, policy=policy.default).get_content())
    assert secret
    answer = public_app.test_client().post("/auth/confirm", json={"link": secret[1]})
    assert answer.status_code == 200, "the link is of the last attempt"


def test_what_a_server_refuses_for_good_is_given_up(
    public_app: Flask, config: Config, server: socketserver.TCPServer, time: Time, caplog: pytest.LogCaptureFixture
) -> None:
    signed_up(public_app, "ada", email="ada@example.org")
    server.refuses = "550 no such box: ada@example.org"  # type: ignore[attr-defined]
    assert LetterSender(db, settings(config, server.server_address[1]), time).step()
    assert waiting() == [] and heard(server) == []
    assert "SMTPRecipientsRefused 550" in caplog.text and "ada@example.org" not in caplog.text


def test_what_it_cannot_take_now_is_given_up_after_the_last_pause(
    public_app: Flask, config: Config, server: socketserver.TCPServer, time: Time
) -> None:
    signed_up(public_app, "ada", email="ada@example.org")
    server.refuses = "450 later"  # type: ignore[attr-defined]
    sender, attempts = LetterSender(db, settings(config, server.server_address[1]), time), 0
    while sender.step():
        attempts += 1
        time.ms += 6 * 3_600_000
    assert attempts == len(PAUSES_MS) + 1 and waiting() == []


def test_kill_minus_nine_in_the_middle_loses_no_letter(
    public_app: Flask, config: Config, server: socketserver.TCPServer, time: Time
) -> None:
    """It is sent again when the lease of the dead has run out, and both are the same letter."""
    signed_up(public_app, "ada", email="ada@example.org")
    port = server.server_address[1]
    server.arrived, server.hold = threading.Event(), threading.Event()  # type: ignore[attr-defined]
    process = subprocess.Popen([sys.executable, "-c", SENDING, str(config.instance), config.database_url, str(port)])
    assert server.arrived.wait(60)  # type: ignore[attr-defined]
    process.kill()
    process.wait()
    server.hold.set()  # type: ignore[attr-defined]
    (letter,) = waiting()
    sender = LetterSender(db, settings(config, port), time)
    time.ms = now_ms()
    assert not sender.step(), "its lease still runs"
    time.ms += 301_000
    assert sender.step() and waiting() == []
    assert f"<{letter.id}@sound.example>" in heard(server)[-1]


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


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


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
