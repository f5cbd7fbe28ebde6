"""One JSON object a line on stderr; every request has an id that its answer and its log lines share."""

from __future__ import annotations

import json
import logging
import re
import secrets
import sys
import time
from datetime import UTC, datetime
from typing import Any

from flask import Flask, Response, g, has_request_context, request

from .addresses import caller_address

GIVEN_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
access = logging.getLogger("soundbox.access")
security = logging.getLogger("soundbox.security")


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if has_request_context() and "request_id" in g:
            line["request_id"] = g.request_id
        line.update(getattr(record, "fields", {}))
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


def configure(level: str) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for chatty in ("numba", "matplotlib", "alembic", "werkzeug", "urllib3", "stripe", "authlib", "sqlalchemy"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def note_entry(event: str, person: int | None) -> None:
    """Who came in, went out or was refused, and from where; never what they typed. `person`: their row, if known."""
    security.info(event, extra={"fields": {"person": person, "address": caller_address()}})


def init_app(app: Flask) -> None:
    app.before_request(begin)
    app.after_request(end)


def begin() -> None:
    given = request.headers.get("X-Request-ID", "")
    g.request_id = given if GIVEN_ID.fullmatch(given) else secrets.token_hex(8)
    g.began = time.perf_counter()


def end(response: Response) -> Response:
    if "request_id" not in g:
        return response
    response.headers["X-Request-ID"] = g.request_id
    fields = {
        "method": request.method,
        "path": request.path,
        "status": response.status_code,
        "milliseconds": round((time.perf_counter() - g.began) * 1000, 1),
    }
    access.info("request", extra={"fields": fields})
    return response
