"""All styles of the site as one file: many small ones would be as many requests, and compress worse."""

from __future__ import annotations

import hashlib
import re
from functools import cache
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
    "presets",
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
COMMENTS = re.compile(r"/\*.*?\*/", re.DOTALL)
FOR_READERS = re.compile(r"\s+(?=[{}])|(?<=[{};:,>])\s+|;\s*(?=})")  # other spaces mean something


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


@cache
def joined(folder: Path) -> bytes:
    """Without the words and spaces that only people read."""
    return FOR_READERS.sub("", COMMENTS.sub("", written(folder))).encode()


def written(folder: Path) -> str:
    return "\n".join((folder / f"{noun}.css").read_text() for noun in NOUNS)
