"""Letters on their way: by SMTP, or to the log where there is no mail server."""

from __future__ import annotations

import logging
import smtplib
import ssl
from collections.abc import Callable
from email.message import EmailMessage
from email.utils import formatdate

from flask import current_app, request

from soundbox.clock import now_ms
from soundbox.config import Config, SmtpSecurity
from soundbox.extensions import Database
from soundbox.sending.sender import Sender

from .letters import Text
from .outbox import Letter

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 20.0
REFUSED_FOR_GOOD = 500  # from here on, as RFC 5321 says
# What else a server refuses, such as our password, may be set right.
ABOUT_THIS_LETTER = (ValueError, smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError)


class LetterSender(Sender[Letter]):
    """Beside a web process, where mail is set up: what is sent after a request gives nothing away by its time."""

    name = "letters"

    def __init__(self, database: Database, config: Config, clock: Callable[[], int] = now_ms) -> None:
        super().__init__(Letter, database, clock)
        self._config = config

    def send(self, row: Letter) -> None:
        with self._database.write() as session:
            text = row.composed(session)
        if text is None:
            return
        try:
            deliver(self._config, row.address, text, row.id)
        except (OSError, smtplib.SMTPException, ValueError) as error:
            for_good = isinstance(error, ABOUT_THIS_LETTER) and _status(error) >= REFUSED_FOR_GOOD
            with self._database.write() as session:
                row.was_not(session, _fault(error), self._clock(), self.jitter(), for_good=for_good)
        else:
            with self._database.write() as session:
                row.was_sent(session)


def deliver(config: Config, to: str, text: Text, letter_id: str) -> None:
    """Now. Its id is the same at every attempt. Raises `OSError`, `smtplib.SMTPException`, and `ValueError` for an
    address that would add lines."""
    if not config.smtp_host:
        words = "no mail server is set (SOUNDBOX_SMTP_HOST), so here is a letter to %s: %s\n%s"
        log.info(words, to, text.subject, text.body)
        return
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = config.mail_from, to, text.subject
    letter["Date"] = formatdate()
    letter["Message-ID"] = f"<{letter_id}@{config.mail_from.rpartition('@')[2].rstrip('>')}>"
    letter.set_content(text.body)
    with _connected(config) as server:
        if config.smtp_user:
            server.login(config.smtp_user, config.smtp_password)
        server.send_message(letter)


def own_address() -> str:
    """Where links in letters lead: never to a host that only the request names, which anybody can forge."""
    config: Config = current_app.config["SOUNDBOX"]
    if config.allowed_hosts and not config.public_url:  # the request was refused if it named another
        return request.url_root.rstrip("/")
    return config.own_address


def _connected(config: Config) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if config.smtp_security is SmtpSecurity.tls:
        return smtplib.SMTP_SSL(config.smtp_host, config.smtp_port, timeout=PATIENCE_SECONDS, context=context)
    server = smtplib.SMTP(config.smtp_host, config.smtp_port, timeout=PATIENCE_SECONDS)
    if config.smtp_security is SmtpSecurity.starttls:
        server.starttls(context=context)
    return server


def _status(error: Exception) -> int:
    """What the server said; 0: nothing."""
    if isinstance(error, ValueError):  # an address that would add lines
        return REFUSED_FOR_GOOD
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return min((code for code, _ in error.recipients.values()), default=0)
    return error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else 0


def _fault(error: Exception) -> str:
    """Without what servers quote: addresses do not belong into a log."""
    return f"{type(error).__name__} {_status(error) or ''}".strip()
