"""Who may speak to us through a browser: our own names only, and no writes that another site makes it send."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, current_app, request

from soundbox.config import LOOPBACK, Config

from .errors import Refusal

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


def init_app(app: Flask) -> None:
    app.before_request(refuse_foreign_host)
    app.before_request(refuse_cross_site)
    app.after_request(allow_configured_origins)


def refuse_foreign_host() -> None:
    """A foreign name that resolves to this machine (DNS rebinding) must not reach the owner's site."""
    config: Config = current_app.config["SOUNDBOX"]
    allowed = LOOPBACK if config.is_open else config.allowed_hosts
    if allowed and urlsplit(f"//{request.host}").hostname not in allowed:
        raise Refusal(400, f"There is no Sound Box at {request.host}")


def refuse_cross_site() -> None:
    """Sec-Fetch-Site decides, then Origin; programs send neither and pass, as does a bearer without cookies."""
    if request.method in SAFE_METHODS or _trusted_origin() or _bearer_alone():
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site in ("cross-site", "same-site") or (site is None and _foreign_origin()):
        raise Refusal(403, "This request came from another site", advice="Do it on Sound Box itself.")


def allow_configured_origins(response: Response) -> Response:
    if _trusted_origin():
        headers = response.headers
        headers["Access-Control-Allow-Origin"] = request.headers["Origin"]
        headers["Access-Control-Allow-Credentials"] = "true"
        headers["Access-Control-Allow-Headers"] = "Authorization, Content-Type, Idempotency-Key"
        headers["Access-Control-Allow-Methods"] = "GET, POST, PUT, PATCH, DELETE"
        response.vary.add("Origin")
    return response


def _trusted_origin() -> bool:
    return request.headers.get("Origin") in current_app.config["SOUNDBOX"].cors_origins


def _bearer_alone() -> bool:
    return request.headers.get("Authorization", "").startswith("Bearer ") and not request.cookies


def _foreign_origin() -> bool:
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.host
