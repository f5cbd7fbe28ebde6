"""Addresses that can name nothing."""

from __future__ import annotations

from flask import Flask, request
from werkzeug.exceptions import NotFound


def init_app(app: Flask) -> None:
    app.before_request(refuse_nul)


def refuse_nul() -> None:
    """No id has a NUL in it, and PostgreSQL would fail on one."""
    if "\x00" in request.path:
        raise NotFound
