"""The API in words: for programs as OpenAPI, for people as a page."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, request

from soundbox.web.describe import describe
from soundbox.web.respond import as_json, respond

from .openapi import document
from .reading import groups, shapes

blueprint = Blueprint("docs", __name__)


@blueprint.get("/openapi.json")
@describe("Documents", "This API as OpenAPI 3.1, made from the code", answers={200: dict[str, Any]})
def openapi() -> Response:
    return as_json(document(current_app))


@blueprint.get("/docs")
@describe("Documents", "This API as a page", answers={200: dict[str, Any]}, has_page=True)
def page() -> Response:
    base_url = request.url_root.rstrip("/")
    return respond(
        document(current_app),
        template="docs/page.html",
        groups=groups(current_app, base_url),
        shapes=shapes(current_app),
        base_url=base_url,
    )
