"""A mail server that keeps what it gets."""

from __future__ import annotations

import contextlib
import socketserver
import threading
from collections.abc import Iterator


class MailServer(socketserver.ThreadingTCPServer):
    """`heard`: every line, and each letter as one. `refuses`: what it says to every address. While `hold` is not set it
    has a letter and says nothing.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int) -> None:
        self.heard: list[str] = []
        self.refuses = ""
        self.hold: threading.Event | None = None
        self.arrived = threading.Event()
        super().__init__(("127.0.0.1", port), Dialogue)

    @property
    def letters(self) -> list[str]:
        return [line for line in self.heard if "Subject:" in line]


class Dialogue(socketserver.StreamRequestHandler):
    """As much of SMTP (RFC 5321) as it takes to receive a letter."""

    server: MailServer

    def handle(self) -> None:
        self.say("220 here")
        while line := self.rfile.readline().decode().strip():
            self.server.heard.append(line)
            word = line.upper()
            if word == "DATA":
                self.say("354 go on")
                self.server.heard.append(self.letter())
                self.server.arrived.set()
                if self.server.hold:
                    self.server.hold.wait(60)
            if word.startswith("RCPT") and self.server.refuses:
                self.say(self.server.refuses)
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


@contextlib.contextmanager
def receiving(port: int = 0) -> Iterator[MailServer]:
    """At this port, or any that is free."""
    with MailServer(port) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server
        server.shutdown()
        thread.join()
