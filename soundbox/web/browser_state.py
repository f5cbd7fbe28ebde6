"""What a page tells the next one, in a signed cookie of this browser: what was said, who is half signed in."""

from __future__ import annotations

from flask import Flask, request
from flask.sessions import SecureCookieSessionInterface


class BrowserState(SecureCookieSessionInterface):
    """Over https it never travels in the clear; an open instance has no https."""

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002 - Flask's signature
        return request.is_secure


def init_app(app: Flask) -> None:
    app.session_interface = BrowserState()
    app.config["SESSION_COOKIE_SAMESITE"] = "Lax"
