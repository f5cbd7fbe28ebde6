"""One view, three answers: JSON, a fragment for htmx, or the whole page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, current_app, flash, jsonify, make_response, redirect, render_template, request
from jinja2_fragments.flask import render_block
from pydantic import BaseModel

PAGES = (
    *(
        "/create",
        "/queue",
        "/library",
        "/tracks",
        "/radio",
        "/stations",
        "/playlists",
        "/presets",
        "/packs",
        "/mine",
        "/favorites",
    ),
    *("/aura", "/settings", "/admin", "/docs", "/makers", "/embed", "/terms", "/privacy"),
)


class Done(BaseModel):
    """Where there is nothing to tell but that it worked."""

    success: bool = True


def respond(
    answer: BaseModel | dict[str, Any] | list[Any],
    *,
    template: str | None = None,
    block: str = "content",
    see: str | None = None,
    say: str = "",
    undo: str | None = None,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **shown: Any,
) -> Response:
    """Answer as the caller asked: `template` and `block` are shown with `shown`.

    A plain form goes on to the page `see`, which then says `say` once, with a button that posts to `undo`.
    """
    if not wants_html() or (template is None and see is None):
        response = as_json(answer, status)
    elif see is not None and not wants_fragment():
        _say_next(say, undo)
        response = make_response(redirect(see, 303))
    elif template is None:
        _say_next(say, undo)
        response = make_response("", 204, {"HX-Location": see or "/"})
    elif wants_fragment():
        response = make_response(render_block(template, block, **shown), status)
    else:
        response = make_response(render_template(template, **shown), status)
    for name, value in (headers or {}).items():
        response.headers.setdefault(name, value)  # a redirect knows its own Location
    return response


def _say_next(words: str, undo: str | None) -> None:
    if words:
        flash(words, undo or "")  # of which sort a message is, Flask says; here where it is undone


def as_json(answer: BaseModel | dict[str, Any] | list[Any], status: int = 200) -> Response:
    if isinstance(answer, BaseModel):  # straight to text: plain objects in between would cost more than all the rest
        text = answer.model_dump_json(exclude_none=getattr(answer, "omits_none", False))
        return current_app.response_class(f"{text}\n", status, mimetype="application/json")
    response = jsonify(answer)
    response.status_code = status
    return response


def wants_html() -> bool:
    """Pages answer HTML unless JSON ranks higher; everything else JSON unless HTML ranks higher."""
    if "HX-Request" in request.headers:
        return True
    accept = request.accept_mimetypes
    html, json = accept.quality("text/html"), _json_quality()
    return html >= json if is_page(request.path) else html > json


def wants_fragment() -> bool:
    """A part of the page: asked by htmx, but not to replace or restore the whole of it."""
    headers = request.headers
    return "HX-Request" in headers and "HX-Boosted" not in headers and "HX-History-Restore-Request" not in headers


def is_page(path: str) -> bool:
    return path == "/" or any(path == page or path.startswith(f"{page}/") for page in PAGES)


def vary(response: Response) -> Response:
    """The same address has several answers: caches must tell them apart."""
    if response.mimetype in ("text/html", "application/json", "application/problem+json"):
        response.vary.update(("Accept", "HX-Request"))
    return response


def _json_quality() -> float:
    accept = request.accept_mimetypes
    return max(accept.quality("application/json"), accept.quality("application/problem+json"))
