"""Sends what waits, from threads of its own beside a worker. Any number of them may run anywhere."""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable, Collection
from typing import Any

from soundbox.clock import now_ms
from soundbox.extensions import Database

from .addresses import Forbidden, Place
from .models import Delivery
from .posting import Unanswered, post
from .signing import headers_of, secret_of

log = logging.getLogger(__name__)

THREADS = 4  # a receiver that is slow holds up one of them, since each is sent one message at a time
LOOK_SECONDS = 1.0
TIDY_MS = 3_600_000
JITTER = 0.1  # of a pause, so that what failed together does not come back together

Post = Callable[..., int]


class Sender:
    """`start` it, or `step` by hand."""

    def __init__(
        self,
        database: Database,
        instance_secret: str,
        private_hosts: Collection[str] = (),
        clock: Callable[[], int] = now_ms,
        post: Post = post,
    ) -> None:
        """`clock`: milliseconds since 1970."""
        self._database = database
        self._secret = instance_secret
        self._private_hosts = private_hosts
        self._clock = clock
        self._post = post
        self._tidied_ms = 0
        self._busy: set[str] = set()  # webhooks that something is being sent to
        self._lock = threading.Lock()
        self._stop = threading.Event()

    def start(self) -> None:
        for number in range(THREADS):
            threading.Thread(target=self._run, name=f"webhooks-{number}", daemon=True).start()

    def stop(self) -> None:
        """What is being sent is due again later: nothing waits for it here."""
        self._stop.set()

    def step(self) -> bool:
        """Send one message. False: none is due."""
        delivery = self._claim()
        if delivery is None:
            return False
        try:
            status, fault = self._send(delivery)
            jitter = 1 + random.uniform(-JITTER, JITTER)
            with self._database.write() as session:
                delivery.note(session, status, fault, self._clock(), jitter)
        finally:
            self._busy.discard(delivery.webhook_id)
        return True

    def _claim(self) -> Delivery | None:
        moment_ms = self._clock()
        with self._database.glance() as session:  # a cheap look before the write lock is taken
            if not Delivery.is_due(session, moment_ms):
                return None
        with self._lock:
            with self._database.write() as session:
                delivery = Delivery.claim(session, moment_ms, tuple(self._busy))
            if delivery is not None:
                self._busy.add(delivery.webhook_id)
        return delivery

    def _send(self, delivery: Delivery) -> tuple[int | None, str]:
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

    def _tidy(self) -> None:
        if self._clock() - self._tidied_ms > TIDY_MS:
            self._tidied_ms = self._clock()
            with self._database.write() as session:
                Delivery.forget_old(session, self._clock())

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                if self.step():
                    continue
                self._tidy()
            except Exception:
                log.exception("A webhook could not be sent; it is due again in a minute")
            self._stop.wait(LOOK_SECONDS)
