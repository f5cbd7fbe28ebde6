"""Load over kept-alive HTTP connections, offered at a fixed rate whatever the answers do.

Each request is due at its own moment and its time counts from there, so that a stall is seen by all that should have
come meanwhile, and not only by the one that waited (Tene's "coordinated omission").
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

CONNECTIONS = 64
TIMEOUT_SECONDS = 10.0


@dataclass
class Measured:
    """What came of a storm: seconds from when each request was due to its whole answer."""

    seconds: list[float] = field(default_factory=list)
    answered: list[int] = field(default_factory=list)  # places of the requests that were answered with 200
    refused: dict[str, int] = field(default_factory=dict)  # how many, by status or failure
    lasted_seconds: float = 0.0
    client_cpu_seconds: float = 0.0

    @property
    def rate(self) -> float:
        return len(self.answered) / self.lasted_seconds

    def percentile_ms(self, share: float) -> float:
        ordered = sorted(self.seconds) or [0.0]
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    def refuse(self, why: str) -> None:
        self.refused[why] = self.refused.get(why, 0) + 1


def request_bytes(
    method: str, path: str, body: bytes = b"", token: str = "", accept: str = "application/json"
) -> bytes:
    """One HTTP request, as it goes over the wire."""
    head = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Accept: {accept}"]
    if body:
        head += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    if token:
        head.append(f"Authorization: Bearer {token}")
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


def storm(port: int, requests: list[bytes], rate: float, connections: int = CONNECTIONS) -> Measured:
    """Send all of them, `rate` a second. Those that meet no server are refused, and the storm goes on."""
    measured = Measured()
    began, cpu = time.perf_counter(), time.process_time()
    asyncio.run(_storm(port, requests, rate, connections, measured))
    measured.lasted_seconds = time.perf_counter() - began
    measured.client_cpu_seconds = time.process_time() - cpu
    return measured


async def _storm(port: int, requests: list[bytes], rate: float, connections: int, measured: Measured) -> None:
    places, began = count(), time.perf_counter()
    senders = (_send(port, requests, places, began, rate, measured) for _ in range(connections))
    await asyncio.gather(*senders)


async def _send(
    port: int, requests: list[bytes], places: Iterator[int], began: float, rate: float, measured: Measured
) -> None:
    """One connection: takes the next request, waits for its moment, sends it, reads the answer."""
    streams = None
    while (place := next(places)) < len(requests):
        due = began + place / rate
        if (early := due - time.perf_counter()) > 0:
            await asyncio.sleep(early)
        try:
            streams = streams or await asyncio.open_connection("127.0.0.1", port)
            async with asyncio.timeout(TIMEOUT_SECONDS):
                streams[1].write(requests[place])
                status, stays_open = await _status(streams[0])
        except (OSError, EOFError, TimeoutError) as problem:
            measured.refuse(type(problem).__name__)
            streams = None
            continue
        if status == 200:
            measured.seconds.append(time.perf_counter() - due)
            measured.answered.append(place)
        else:
            measured.refuse(str(status))
        if not stays_open:
            streams[1].close()
            streams = None
    if streams:
        streams[1].close()


async def _status(reader: asyncio.StreamReader) -> tuple[int, bool]:
    """Reads one answer whole. Its status, and whether the connection stays open."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = int(head.partition(b"content-length: ")[2].partition(b"\r\n")[0] or 0)
    await reader.readexactly(length)
    return int(head[9:12]), b"connection: close" not in head
