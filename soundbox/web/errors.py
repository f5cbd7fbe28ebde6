"""Every failure in one shape: `{"error": "..."}`, RFC 9457 when asked for, or a page that says what to do.

Below the paths of other documents it has theirs.
"""

from __future__ import annotations

import logging
from typing import Any

from flask import Flask, Response, current_app, g, make_response, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.http import HTTP_STATUS_CODES

from .respond import as_json, wants_html

log = logging.getLogger(__name__)

ADVICE = {
    400: "Change what you sent and try again.",
    401: "Sign in, or send a valid token.",
    403: "This belongs to somebody else.",
    404: "It may have been deleted, or the address has a typo.",
    410: "It was here once and is gone for good.",
    413: "Send something smaller.",
    429: "Wait a little, then try again.",
    503: "Try again in a minute.",
}
WORDS = {
    404: "Not found",
    405: "This address does not take that method",
    413: "What you sent is too large",
    415: "Send JSON or a form",
    429: "Rate limit exceeded",
    500: "Something broke on our side; it has been logged",
}

OTHERS_WORDS = "soundbox_detail_prefixes"


class Refusal(Exception):
    """A request that is refused, in words for the person who made it."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        advice: str | None = None,
        retry_after_seconds: int | None = None,
        fields: dict[str, str] | None = None,
    ):
        super().__init__(message)
        self.status = status
        self.message = message
        self.advice = advice
        self.retry_after_seconds = retry_after_seconds
        self.fields = fields or {}

    @property
    def headers(self) -> dict[str, str]:
        headers = {}
        if self.retry_after_seconds is not None:
            headers["Retry-After"] = str(self.retry_after_seconds)
        if self.status == 401:
            headers["WWW-Authenticate"] = 'Bearer realm="Sound Box"'
        return headers


def init_app(app: Flask) -> None:
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _broken)
    app.extensions[OTHERS_WORDS] = ()


def speak_as_documented(app: Flask, *prefixes: str) -> None:
    """Below these paths a failure is `{"detail": "..."}`, as other documents promise it, whatever is accepted."""
    app.extensions[OTHERS_WORDS] += prefixes


def error_answer(
    status: int,
    message: str,
    advice: str | None = None,
    headers: dict[str, str] | None = None,
    fields: dict[str, str] | None = None,
) -> Response:
    """`fields`: what is wrong with each; the plain shape has no place for it, a problem and a form have."""
    advice = advice or ADVICE.get(status, "")
    title = HTTP_STATUS_CODES.get(status, "Error")
    response = _shape(status, title, message, advice, fields or {})
    response.headers.update(headers or {})
    return response


def _refused(refusal: Refusal) -> Response:
    return error_answer(refusal.status, refusal.message, refusal.advice, refusal.headers, refusal.fields)


def _http(error: HTTPException) -> Response:
    if error.response is not None:  # a redirect that Werkzeug has already written
        return make_response(error.response)
    status = error.code or 500
    message = WORDS.get(status, error.description or HTTP_STATUS_CODES.get(status, "Error"))
    kept = ("Allow", "Retry-After", "Content-Range", "Location")
    headers = {name: value for name, value in error.get_headers() if name in kept}
    return error_answer(status, message, headers=headers)


def _broken(error: Exception) -> Response:
    log.exception("unhandled %s on %s %s", type(error).__name__, request.method, request.path)
    if current_app.testing and current_app.config.get("PROPAGATE_EXCEPTIONS"):
        raise error
    if wants_html() and not says_detail(current_app, request.path):
        return make_response(current_app.jinja_env.get_template("errors/500.html").render(), 500)
    return _shape(500, "Internal Server Error", WORDS[500], "", {})


def _shape(status: int, title: str, message: str, advice: str, fields: dict[str, str]) -> Response:
    if says_detail(current_app, request.path):
        return as_json({"detail": message}, status)
    if request.accept_mimetypes.best == "application/problem+json":
        return _problem(status, title, message, fields)
    if not wants_html():
        return as_json({"error": message}, status)
    page = render_template("errors/error.html", status=status, title=title, message=message, advice=advice)
    return make_response(page, status)


def says_detail(app: Flask, path: str) -> bool:
    prefixes: tuple[str, ...] = app.extensions[OTHERS_WORDS]
    return path.startswith(prefixes)


def _problem(status: int, title: str, message: str, fields: dict[str, str]) -> Response:
    problem: dict[str, Any] = {"type": "about:blank", "title": title, "status": status, "detail": message}
    if fields:
        problem["fields"] = fields
    if "request_id" in g:
        problem["instance"] = f"urn:request:{g.request_id}"
    response = as_json(problem, status)
    response.mimetype = "application/problem+json"
    return response
