"""How many listen to a station, without a list of who they are.

Each listener sets one bit among `BITS`, chosen by a hash of address and browser under a key of the day. How many bits
are set tells how many they were ("linear counting", Whang and others, 1990): at a thousand within 1 %. Every process
writes its bits of a minute now and then; whoever reads lays those of all processes over each other.
"""

from __future__ import annotations

import hashlib
import math
import secrets
import threading
from collections.abc import Iterable, Sequence

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from soundbox.clock import now_ms
from soundbox.extensions import Base, db
from soundbox.stations.models import Station

BITS = 1 << 14
MINUTE_MS = 60_000
WRITTEN_MS = 10_000  # how often a process writes what it has counted
DAY_MS = 86_400_000


class Heard(Base):
    """The bits that a process set for a station in a minute."""

    __tablename__ = "heard"

    station_id: Mapped[int] = mapped_column(ForeignKey("stations.id", ondelete="CASCADE"), primary_key=True)
    minute: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    process: Mapped[str] = mapped_column(String(16), primary_key=True)
    bits: Mapped[bytes] = mapped_column(LargeBinary)

    @classmethod
    def listeners(cls, session: Session, station: Station) -> int:
        """In this minute and the one before."""
        return cls.listeners_of(session, [station.id]).get(station.id, 0)

    @classmethod
    def listeners_of(cls, session: Session, station_ids: Sequence[int]) -> dict[int, int]:
        """By the stations' ids; none where nobody listens."""
        minute = now_ms() // MINUTE_MS
        query = select(cls.station_id, cls.bits).where(
            cls.station_id.in_(station_ids), cls.minute.in_((minute - 1, minute))
        )
        maps: dict[int, list[bytes]] = {}
        for station_id, bits in session.execute(query):
            maps.setdefault(station_id, []).append(bits)
        return {station_id: estimate(bitmaps) for station_id, bitmaps in maps.items()}

    @classmethod
    def forget(cls, session: Session) -> None:
        session.execute(delete(cls).where(cls.minute < now_ms() // MINUTE_MS - 60))


def estimate(bitmaps: Iterable[bytes]) -> int:
    """How many listeners have set the bits of these maps together."""
    together = 0
    for bits in bitmaps:
        together |= int.from_bytes(bits, "big")
    free = BITS - together.bit_count()
    return round(-BITS * math.log(max(1, free) / BITS))


class Counter:
    """Of one process. `key` is the instance's, so that all its processes hash alike."""

    def __init__(self, key: str) -> None:
        self._key = key.encode()
        self._process = secrets.token_hex(8)
        self._bits: dict[tuple[int, int], int] = {}  # by station and minute
        self._written_ms = 0
        self._lock = threading.Lock()

    def hear(self, station_id: int, address: str, browser: str) -> None:
        """Count somebody who asked for a playlist."""
        now = now_ms()
        told = f"{now // DAY_MS}\n{address}\n{browser}".encode()
        bit = int.from_bytes(hashlib.blake2b(told, key=self._key[:64], digest_size=4).digest(), "big") % BITS
        with self._lock:
            place = (station_id, now // MINUTE_MS)
            self._bits[place] = self._bits.get(place, 0) | 1 << bit
        self.write_in_time()

    def write_in_time(self) -> None:
        """Write, if that was done long enough ago."""
        now = now_ms()
        with self._lock:
            is_due = bool(self._bits) and now - self._written_ms >= WRITTEN_MS
            if is_due:
                self._written_ms = now
        if is_due:
            self.write()

    def write(self) -> None:
        """Put down what was counted in this minute and the one before."""
        minute = now_ms() // MINUTE_MS
        with self._lock:
            self._bits = {place: bits for place, bits in self._bits.items() if place[1] >= minute - 1}
            counted = dict(self._bits)
        with db.write() as session:
            for (station_id, of_minute), bits in counted.items():
                if session.get(Station, station_id) is not None:
                    row = {"station_id": station_id, "minute": of_minute, "process": self._process}
                    session.merge(Heard(**row, bits=bits.to_bytes(BITS // 8, "big")))
            Heard.forget(session)
