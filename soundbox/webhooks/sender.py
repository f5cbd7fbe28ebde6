"""Sends messages to webhooks, beside a worker."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from soundbox.clock import now_ms
from soundbox.extensions import Database
from soundbox.sending.sender import Sender

from .addresses import Forbidden, Place
from .models import Delivery
from .posting import Unanswered, post
from .signing import headers_of, secret_of

TIDY_MS = 3_600_000

Post = Callable[..., int]


class WebhookSender(Sender[Delivery]):
    name = "webhooks"
    threads = 4  # a receiver that is slow holds up one of them, since each is sent one message at a time

    def __init__(
        self,
        database: Database,
        instance_secret: str,
        private_hosts: Collection[str] = (),
        clock: Callable[[], int] = now_ms,
        post: Post = post,
    ) -> None:
        super().__init__(Delivery, database, clock)
        self._secret = instance_secret
        self._private_hosts = private_hosts
        self._post = post
        self._tidied_ms = 0

    def send(self, row: Delivery) -> None:
        status, fault = self._posted(row)
        with self._database.write() as session:
            row.note(session, status, fault, self._clock(), self.jitter())

    def tidy(self) -> None:
        if self._clock() - self._tidied_ms > TIDY_MS:
            self._tidied_ms = self._clock()
            with self._database.write() as session:
                Delivery.forget_old(session, self._clock())

    def _posted(self, delivery: Delivery) -> tuple[int | None, str]:
        """The status of the answer, and what was wrong with it."""
        body = delivery.body.encode()
        secret = secret_of(self._secret, delivery.webhook_id)
        headers: dict[str, Any] = headers_of(secret, delivery.id, self._clock() // 1000, body)
        try:
            place = Place.of(delivery.webhook.url, self._private_hosts)
            status = self._post(place, body, headers, self._private_hosts)
        except (Forbidden, Unanswered) as error:
            return None, f"{error}."
        if 200 <= status < 300:
            return status, ""
        return status, "Redirects are not followed." if 300 <= status < 400 else f"It answered {status}."
