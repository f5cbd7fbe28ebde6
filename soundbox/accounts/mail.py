"""Letters, sent by a thread of their own: how long a request takes says nothing about whether there was one."""

from __future__ import annotations

import logging
import smtplib
import ssl
import threading
from collections.abc import Callable
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from queue import Full, Queue

from flask import Flask, current_app, request

from soundbox.config import Config, SmtpSecurity

log = logging.getLogger(__name__)

OUTBOX = "soundbox_outbox"
MOST_WAITING = 500
PATIENCE_SECONDS = 20.0


class Outbox:
    """What is left here is done in turn, after the request."""

    def __init__(self) -> None:
        self._waiting: Queue[Callable[[], None]] = Queue(MOST_WAITING)
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def later(self, work: Callable[[], None]) -> None:
        """The thread begins with the first work, so that a process that forks before it has none."""
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="outbox", daemon=True)
                self._thread.start()
        try:
            self._waiting.put_nowait(work)
        except Full:
            log.warning("too many letters wait; one was dropped")

    def join(self) -> None:
        """Until all that waits now is done."""
        self._waiting.join()

    def _run(self) -> None:
        while True:
            work = self._waiting.get()
            try:
                work()
            except Exception:
                log.exception("a letter could not be sent")
            finally:
                self._waiting.task_done()


def init_app(app: Flask) -> None:
    app.extensions[OUTBOX] = Outbox()


def later(work: Callable[[], None]) -> None:
    outbox: Outbox = current_app.extensions[OUTBOX]
    outbox.later(work)


def send(to: str, subject: str, text: str) -> None:
    """In a moment. Without a server it is printed to the log, where the operator finds it."""
    config: Config = current_app.config["SOUNDBOX"]
    later(lambda: deliver(config, to, subject, text))


def deliver(config: Config, to: str, subject: str, text: str) -> None:
    """Now. Raises `OSError` and `smtplib.SMTPException`."""
    if not config.smtp_host:
        log.info("no mail server is set (SOUNDBOX_SMTP_HOST), so here is a letter to %s: %s\n%s", to, subject, text)
        return
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = config.mail_from, to, subject
    letter["Date"], letter["Message-ID"] = formatdate(), make_msgid(domain=config.mail_from.rpartition("@")[2])
    letter.set_content(text)
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
