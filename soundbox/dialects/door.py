"""What all other documents' doors have in common: whose limits count there, and how many may come in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from werkzeug.exceptions import UnsupportedMediaType

from soundbox.accounts.principal import principal
from soundbox.extensions import limiter
from soundbox.web.addresses import caller_address
from soundbox.web.errors import Refusal

WAITING_JOBS = 6
AN_ADDRESS_MAY = "30/minute"  # whoever drops the cookie is a new session, but comes from the same place


limited_by_address = limiter.shared_limit(AN_ADDRESS_MAY, "dialects", key_func=lambda: f"address:{caller_address()}")


@contextmanager
def refusing_with(status: int) -> Iterator[None]:
    """What is wrong with a body is told with the code of the document."""
    try:
        yield
    except Refusal as refusal:
        if refusal.status == 400:
            refusal.status = status
        raise
    except UnsupportedMediaType:
        raise Refusal(status, "The body is not JSON") from None


def session_key() -> str:
    """Whom a limit for each session counts."""
    return f"session:{principal().user_id}"
