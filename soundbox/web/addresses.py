"""Where a request comes from, as far as it can be trusted."""

from __future__ import annotations

from ipaddress import IPv6Address, IPv6Network, ip_address

from flask import request


def caller_address() -> str:
    return household_of(request.remote_addr or "")


def household_of(told: str) -> str:
    """An IPv4 address, or the /64 of an IPv6 one: what one household or machine has."""
    try:
        address = ip_address(told)
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(IPv6Network((address, 64), strict=False))
    return str(address)
