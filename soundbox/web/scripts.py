"""Scripts as browsers get them: without the words and spaces that only people read."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import rjsmin
from flask import Flask, Response, abort, current_app, request

PATH = "/static/js/<path:name>"


def init_app(app: Flask) -> None:
    scripts = shortened(Path(app.static_folder or "") / "js")

    def script(name: str) -> Response:
        if name not in scripts:
            abort(404)
        response = Response(scripts[name], mimetype="text/javascript")
        response.cache_control.public = True
        response.cache_control.max_age = current_app.config["SEND_FILE_MAX_AGE_DEFAULT"]
        response.add_etag()
        response.make_conditional(request)
        return response

    app.add_url_rule(PATH, "scripts", script)


@cache
def shortened(folder: Path) -> dict[str, bytes]:
    """Every script below the folder, by its path in there."""
    return {
        file.relative_to(folder).as_posix(): rjsmin.jsmin(file.read_text()).encode()
        for file in sorted(folder.rglob("*.js"))
    }
