"""Back to the page that a form was on."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import request


def came_from(otherwise: str, place: str = "") -> str:
    """The page of ours that sent this request, at the element whose id is `place`."""
    page = urlsplit(request.referrer or "")
    if page.netloc != request.host:
        return f"{otherwise}#{place}" if place else otherwise
    path = "/" + page.path.lstrip("/")  # two slashes would name another host
    return path + (f"?{page.query}" if page.query else "") + (f"#{place}" if place else "")
