"""How templates behave everywhere: a missing name is an error, numbers read as people write them."""

from __future__ import annotations

from flask import Flask
from jinja2 import StrictUndefined

from soundbox import __version__


def init_app(app: Flask) -> None:
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["version"] = __version__
    app.jinja_env.filters["clock"] = clock
    app.jinja_env.filters["bytes"] = in_bytes


def clock(seconds: float) -> str:
    """0:08, 3:20, 1:02:03."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def in_bytes(count: int) -> str:
    """12 kB, 3.4 MB, 1.2 GB."""
    if count < 1_000_000:
        return f"{max(1, round(count / 1000))} kB" if count else "0 kB"
    return f"{count / 1e6:.1f} MB" if count < 1_000_000_000 else f"{count / 1e9:.1f} GB"
