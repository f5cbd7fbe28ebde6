"""What went wrong in a browser, told to our log and to those who run the site."""

from __future__ import annotations

import logging
from typing import Annotated

from flask import Blueprint, Response
from pydantic import AfterValidator, BaseModel, Field

from soundbox.extensions import db, limiter
from soundbox.web.bodies import Body, Text, parse_body
from soundbox.web.describe import describe
from soundbox.web.respond import as_json

from .models import BrowserError

blueprint = Blueprint("reporting", __name__)
browser = logging.getLogger("soundbox.browser")


def _cut(characters: int) -> AfterValidator:
    return AfterValidator(lambda text: text[:characters])


class ErrorBody(Body):
    """What is too long is cut, not refused: the beginning says most."""

    message: Annotated[Text, _cut(500)] = Field(min_length=1)
    stack: Annotated[Text, _cut(4000)] = ""
    url: Annotated[Text, _cut(500)] = ""


class Logged(BaseModel):
    success: bool = True


@blueprint.post("/api/log-error")
@limiter.limit("30/minute")
@describe(
    "Status",
    "Tell the log of an error in a browser",
    body=ErrorBody,
    answers={200: Logged},
    example='{"message": "Audio playback failed", "url": "/radio"}',
)
def log_error() -> Response:
    body = parse_body(ErrorBody)
    browser.warning(body.message, extra={"fields": {"stack": body.stack, "url": body.url}})
    with db.write() as session:
        BrowserError.note(session, body.message, body.url, body.stack)
    return as_json(Logged())
