"""All styles of the site as one file: many small ones would be as many requests, and compress worse."""

from __future__ import annotations

import hashlib
from pathlib import Path

from flask import Flask, Response

PATH = "/static/site.css"
NOUNS = (
    "tokens",
    "fonts",
    "base",
    "layout",
    "header",
    "button",
    "form",
    "control",
    "face",
    "track",
    "votes",
    "player",
    "upnext",
    "stage",
    "job",
    "queue",
    "notice",
    "home",
    "create",
    "library",
    "track-page",
    "family",
    "alikes",
    "playlists",
    "stations",
    "tags",
    "moderation",
    "aura",
    "accounts",
    "settings",
    "docs",
    "prose",
    "admin",
    "ledger",
)  # in the order of the cascade
A_YEAR_SECONDS = 31_536_000


def init_app(app: Flask) -> None:
    """The address carries a hash of the styles, so browsers may keep them for good."""
    styles = joined(Path(app.static_folder or "") / "css")
    version = hashlib.sha256(styles).hexdigest()[:12]

    def site_styles() -> Response:
        response = Response(styles, mimetype="text/css")
        response.cache_control.public = response.cache_control.immutable = True
        response.cache_control.max_age = A_YEAR_SECONDS
        return response

    app.add_url_rule(PATH, "styles", site_styles)
    app.jinja_env.globals["styles_version"] = version


def joined(folder: Path) -> bytes:
    return b"\n".join((folder / f"{noun}.css").read_bytes() for noun in NOUNS)
