"""One POST to one checked address. Only the status of the answer is read: no redirect is followed, no body believed."""

from __future__ import annotations

import contextlib
import socket
import ssl
import time
from collections.abc import Collection, Mapping
from typing import Any

from soundbox import __version__

from .addresses import Place, Resolve

CONNECT_SECONDS = 5.0
WHOLE_SECONDS = 15.0
LONGEST_STATUS_LINE = 1024


class Unanswered(Exception):
    """It could not be sent, or was not answered as HTTP; the message says why."""


def post(
    place: Place,
    body: bytes,
    headers: Mapping[str, str],
    private_hosts: Collection[str] = (),
    resolve: Resolve = socket.getaddrinfo,
) -> int:
    """The status of the answer. Raises `Forbidden`, `Unanswered`."""
    deadline = time.monotonic() + WHOLE_SECONDS
    try:
        with contextlib.closing(_connect(place, private_hosts, resolve)) as connection:
            connection.settimeout(_left(deadline))
            connection.sendall(_request(place, body, headers))
            return _status(connection, deadline)
    except TimeoutError:
        raise Unanswered("No answer in time") from None
    except ssl.SSLError as error:
        raise Unanswered(f"No secure connection: {error.reason or 'certificate refused'}") from None
    except (OSError, UnicodeError) as error:
        raise Unanswered(f"No connection: {getattr(error, 'strerror', None) or type(error).__name__}") from None


def _connect(place: Place, private_hosts: Collection[str], resolve: Resolve) -> socket.socket:
    """To the very address that was checked."""
    family, address = place.reachable(private_hosts, resolve)[0]
    connection = socket.socket(family, socket.SOCK_STREAM)
    try:
        connection.settimeout(CONNECT_SECONDS)
        connection.connect(address)
        if not place.secure:
            return connection
        return ssl.create_default_context().wrap_socket(connection, server_hostname=place.host)
    except BaseException:
        connection.close()
        raise


def _request(place: Place, body: bytes, headers: Mapping[str, str]) -> bytes:
    lines = {
        "Host": place.authority,
        "User-Agent": f"SoundBox-Webhooks/{__version__}",
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        "Connection": "close",
        **headers,
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"POST {place.target} HTTP/1.1\r\n{head}\r\n".encode("ascii") + body


def _status(connection: Any, deadline: float) -> int:
    """Of the first line. However slowly it comes, the deadline holds."""
    line = b""
    while b"\n" not in line:
        if len(line) > LONGEST_STATUS_LINE:
            raise Unanswered("The answer was not HTTP")
        connection.settimeout(_left(deadline))
        piece = connection.recv(LONGEST_STATUS_LINE)
        if not piece:
            raise Unanswered("The connection was closed without an answer")
        line += piece
    version, _, rest = line.partition(b" ")
    if not version.startswith(b"HTTP/1.") or not rest[:3].isdigit():
        raise Unanswered("The answer was not HTTP")
    return int(rest[:3])


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
