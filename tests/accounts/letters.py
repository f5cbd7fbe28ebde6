"""Letters as tests read them: out of the log, where they are printed when there is no mail server."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from soundbox.accounts.mail import LetterSender
from soundbox.extensions import db

LETTER = re.compile(r"here is a letter to (\S+): (.*?)\n(.*)", re.DOTALL)
LINK = re.compile(r"(http://\S+)\?link=(\S+)")


class Letters:
    def __init__(self, app: Flask, log: pytest.LogCaptureFixture) -> None:
        self._app, self._log = app, log
        log.set_level("INFO")

    def all(self) -> list[tuple[str, str, str]]:
        """(to, subject, text) of each, once all that waits is sent."""
        sender = LetterSender(db, self._app.config["SOUNDBOX"])
        while sender.step():
            pass
        found = [LETTER.search(record.getMessage()) for record in self._log.records]
        return [(letter[1], letter[2], letter[3]) for letter in found if letter]

    def link(self, to: str) -> str:
        """The secret of the last link that went there."""
        return self.last(to)[2]

    def last(self, to: str) -> tuple[str, str, str]:
        """(subject, address before the question mark, secret)"""
        _, subject, text = [letter for letter in self.all() if letter[0] == to][-1]
        found = LINK.search(text)
        assert found, text
        return subject, found[1], found[2]

    def to(self, address: str) -> list[str]:
        return [subject for receiver, subject, _ in self.all() if receiver == address]
