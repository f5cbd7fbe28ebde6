"""Listeners whom nginx answers from its cache: it reports each playlist that it sent in a datagram (syslog, RFC 3164).

Nothing of it is kept: each is counted like somebody who asked us, and forgotten. Reports that get lost are listeners
that are not counted in that minute, if they do not ask again.
"""

from __future__ import annotations

import json
import logging
import re
import socket
import threading
import time
from collections.abc import Iterator

from soundbox.clock import now_ms
from soundbox.extensions import db
from soundbox.stations.models import Station
from soundbox.web.addresses import household_of

from .listening import MINUTE_MS, Counter

log = logging.getLogger(__name__)

LARGEST_BYTES = 4096
PAUSE_SECONDS = 0.25  # reports that come meanwhile are read together: to wake up for each would take longer
BUFFER_BYTES = 1 << 20  # for what comes meanwhile
PLAYLIST = re.compile(r"/stations/([a-z0-9-]+)/live\.m3u8")


class Reports:
    """The socket of one process. All of the site may have one on the same port: the system shares reports out."""

    def __init__(self, counter: Counter, port: int, hops: int) -> None:
        """`hops`: how many addresses of X-Forwarded-For are believed, counted from the last; at least one is."""
        self._counter = counter
        self._hops = max(1, hops)
        self._stations: dict[str, int] = {}  # ids by slugs, as far as they were needed in this minute
        self._read: set[int] = set()  # hashes of reports of this minute: who asks again is counted already
        self._minute = 0
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER_BYTES)
        self._socket.bind(("127.0.0.1", port))

    @property
    def port(self) -> int:
        return int(self._socket.getsockname()[1])

    def start(self) -> None:
        threading.Thread(target=self._listen, name="listeners", daemon=True).start()

    def read(self) -> None:
        """Wait for a report, and count it with all that came by then."""
        for report in self._waiting():
            try:
                self._count(report[report.index(b"{") :])
            except (ValueError, KeyError, TypeError, AttributeError):
                log.warning("A report of a listener could not be read")
        self._counter.write_in_time()

    def _listen(self) -> None:
        while True:
            try:
                self.read()
            except Exception:
                log.exception("Listeners that nginx answered were not counted")
            time.sleep(PAUSE_SECONDS)

    def _waiting(self) -> Iterator[bytes]:
        yield self._socket.recv(LARGEST_BYTES)
        while True:
            try:
                yield self._socket.recv(LARGEST_BYTES, socket.MSG_DONTWAIT)
            except BlockingIOError:
                return

    def _count(self, report: bytes) -> None:
        if self._minute != (minute := now_ms() // MINUTE_MS):
            self._minute = minute
            self._stations.clear()
            self._read.clear()
        if (told_before := hash(report)) in self._read:
            return
        self._read.add(told_before)
        told = json.loads(report)
        asked = PLAYLIST.fullmatch(told["uri"])
        if asked is None or told["status"] not in ("200", "304"):
            return
        station_id = self._station(asked[1])
        if station_id is not None:
            hops = told["for"].split(",")
            self._counter.hear(station_id, household_of(hops[-self._hops :][0].strip()), told["agent"])

    def _station(self, slug: str) -> int | None:
        if slug not in self._stations:
            with db.read() as session:
                station = Station.with_slug(session, slug)
            if station is None:
                return None
            self._stations[slug] = station.id
        return self._stations[slug]
