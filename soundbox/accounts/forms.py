"""Forms of accounts: what was typed stays, but for passwords; each fault stands at its field."""

from __future__ import annotations

from typing import Any

from flask import Response, make_response, render_template, request

from soundbox.web.errors import Refusal
from soundbox.web.respond import wants_html

SECRETS = ("password", "current", "code")


def blank(**values: str) -> dict[str, Any]:
    """A form as templates take it, before anybody typed."""
    return {"values": values, "errors": {}, "error": None}


def again(template: str, refusal: Refusal, **shown: Any) -> Response:
    """The page once more; programs get the refusal as always."""
    if not wants_html():
        raise refusal
    values = {name: text for name, text in request.form.items() if name not in SECRETS}
    error = None if refusal.fields else refusal.message
    page = render_template(template, values=values, errors=refusal.fields, error=error, **shown)
    response = make_response(page, refusal.status)
    response.headers.update(refusal.headers)
    return response
