"""Back to the page that a form was on, or on to the one that was wanted first."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import request

LONGEST_PATH = 2_000


def came_from(otherwise: str, place: str = "") -> str:
    """The page of ours that sent this request, at the element whose id is `place`."""
    page = urlsplit(request.referrer or "")
    if page.netloc != request.host:
        return f"{otherwise}#{place}" if place else otherwise
    path = "/" + page.path.lstrip("/")  # two slashes would name another host
    return path + (f"?{page.query}" if page.query else "") + (f"#{place}" if place else "")


def own_path(wanted: str | None, otherwise: str = "/") -> str:
    """`wanted`, if it is a path of ours and of nobody else: browsers read \\ as /, and skip control characters."""
    path = wanted or ""
    is_ours = path.startswith("/") and path[1:2] != "/" and path.isprintable() and "\\" not in path
    return path if is_ours and len(path) <= LONGEST_PATH else otherwise
