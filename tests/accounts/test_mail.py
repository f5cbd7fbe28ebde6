"""Letters through a mail server, and what happens when it is not there."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from soundbox.accounts.mail import Outbox, deliver
from soundbox.config import Config


class Dialogue(socketserver.StreamRequestHandler):
    """As much of SMTP (RFC 5321) as it takes to receive a letter."""

    def handle(self) -> None:
        self.say("220 here")
        while line := self.rfile.readline().decode().strip():
            self.server.heard.append(line)  # type: ignore[attr-defined]
            if line.upper() == "DATA":
                self.say("354 go on")
                self.server.heard.append(self.letter())  # type: ignore[attr-defined]
            self.say("221 bye" if line.upper() == "QUIT" else "250 fine")

    def letter(self) -> str:
        lines: list[str] = []
        while (line := self.rfile.readline().decode().rstrip("\r\n")) != ".":
            lines.append(line)
        return "\n".join(lines)

    def say(self, words: str) -> None:
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


def settings(folder: Path, port: int) -> Config:
    sender = "Sound Box <box@sound.example>"
    return Config.load(folder, smtp_host="127.0.0.1", smtp_port=port, smtp_security="none", mail_from=sender)


def test_a_letter_arrives(server: socketserver.TCPServer, tmp_path: Path) -> None:
    deliver(settings(tmp_path, server.server_address[1]), "ada@example.org", "Hello", "Open this: é")
    heard = server.heard  # type: ignore[attr-defined]
    letter = next(line for line in heard if "Subject:" in line)
    assert "rcpt TO:<ada@example.org>" in heard and "mail FROM:<box@sound.example>" in " ".join(heard)
    assert "Subject: Hello" in letter and "To: ada@example.org" in letter and "@sound.example>" in letter


@pytest.mark.parametrize("to", ["ada@example.org\nBcc: all@example.org", "ada@example.org\r\nSubject: x"])
def test_an_address_cannot_add_lines_to_a_letter(server: socketserver.TCPServer, tmp_path: Path, to: str) -> None:
    with pytest.raises(ValueError, match="linefeed"):
        deliver(settings(tmp_path, server.server_address[1]), to, "Hello", "")
    assert server.heard == []  # type: ignore[attr-defined]


def test_a_server_that_is_not_there_stops_no_other_letter(caplog: pytest.LogCaptureFixture, tmp_path: Path) -> None:
    outbox, sent = Outbox(), []
    outbox.later(lambda: deliver(settings(tmp_path, 1), "ada@example.org", "Hello", ""))
    outbox.later(lambda: sent.append("the next"))
    outbox.join()
    assert sent == ["the next"]
    assert "could not be sent" in caplog.text
