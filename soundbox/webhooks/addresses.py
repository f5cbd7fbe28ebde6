"""Where a message may be sent: to the public internet, and to private hosts that the operator has named.

What is checked is the address that is connected to, and not the name it came from: a name that points elsewhere a
moment later changes nothing.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Collection
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any
from urllib.parse import SplitResult, urlsplit

LONGEST_URL = 500
PRINTABLE = re.compile(r"[!-~]+")
PORTS = {"http": 80, "https": 443}
LOWEST_FREE_PORT = 1024  # below it live mail, shells and databases that may take an HTTP request for something else

PUBLIC_V6 = IPv6Network("2000::/3")
INSIDE = (  # what some versions of Python take for public, and what only looks so
    IPv4Network("192.0.0.0/24"),  # Oracle's metadata are at 192.0.0.192
    IPv4Network("192.88.99.0/24"),
    IPv4Network("168.63.129.16/32"),  # Azure's metadata
    IPv6Network("2001::/23"),  # Teredo among them: an inner address is reached through it
    IPv6Network("2002::/16"),  # 6to4, the same
    IPv6Network("3fff::/20"),
)

Resolve = Callable[..., list[Any]]


class Forbidden(Exception):
    """Nothing is sent there; the message says why."""


@dataclass(frozen=True)
class Place:
    """A URL, taken apart."""

    secure: bool
    host: str
    port: int
    target: str  # path and query, as they stand in the request

    @property
    def authority(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS["https" if self.secure else "http"] else f"{host}:{self.port}"

    @classmethod
    def of(cls, url: str, private_hosts: Collection[str] = ()) -> Place:
        """Raises `Forbidden` for what can be seen to be wrong without looking the name up."""
        parts = _split(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port or PORTS[parts.scheme]
        place = cls(
            parts.scheme == "https", host, port, f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
        )
        if not place.is_named(private_hosts):
            if port < LOWEST_FREE_PORT and port not in PORTS.values():
                raise Forbidden(f"Port {port} is not one that webhooks are sent to")
            if (literal := _literal(host)) is not None:
                demand_public(literal)
        return place

    def is_named(self, private_hosts: Collection[str]) -> bool:
        """The operator has allowed this host, or this port of it."""
        return self.host in private_hosts or f"{self.host}:{self.port}" in private_hosts

    def reachable(self, private_hosts: Collection[str], resolve: Resolve = socket.getaddrinfo) -> list[Any]:
        """(family, address) pairs to connect to. Raises `Forbidden` if any lies inside, `OSError` if there is none."""
        found = resolve(self.host, self.port, type=socket.SOCK_STREAM)
        if not self.is_named(private_hosts):
            for _, _, _, _, address in found:
                demand_public(ip_address(address[0].partition("%")[0]))
        return [(family, address) for family, _, _, _, address in found]


def demand_public(address: IPv4Address | IPv6Address) -> None:
    """Raises `Forbidden` for loopback, private, link-local, multicast and reserved ones, and whatever hides one."""
    if not _is_public(address):
        raise Forbidden(f"{address} is not an address on the public internet")


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    if not address.is_global or address.is_multicast or address.is_reserved or address.is_unspecified:
        return False
    if any(address in network for network in INSIDE if network.version == address.version):
        return False
    return isinstance(address, IPv4Address) or address in PUBLIC_V6


def _split(url: str) -> SplitResult:
    if len(url) > LONGEST_URL or not PRINTABLE.fullmatch(url) or "\\" in url:
        raise Forbidden(f"An address has at most {LONGEST_URL} characters, all of them plain letters and signs")
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - it is checked as it is read
    except ValueError:
        raise Forbidden("This is not the address of a web server") from None
    if parts.scheme not in PORTS or not parts.hostname:
        raise Forbidden("An address begins with https:// or http:// and names a host")
    if parts.username is not None or parts.password is not None:
        raise Forbidden("An address must not hold a name or password: check the signature instead")
    if parts.fragment:
        raise Forbidden("An address must not hold a fragment")
    return parts


def _literal(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host.partition("%")[0])
    except ValueError:
        return None
