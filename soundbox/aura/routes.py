"""Aura over HTTP."""

from __future__ import annotations

from flask import Blueprint

from . import leaving  # noqa: F401 - listens

blueprint = Blueprint("aura", __name__)
