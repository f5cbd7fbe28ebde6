"""A site of Sound Box as a program speaks with it: JSON over HTTP, always as whoever holds the token."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import requests

LONGEST_ANSWER_SECONDS = 60


class SiteError(Exception):
    """The site refused, or is not there; the message says what to do."""


@dataclass(frozen=True)
class SoundBox:
    """`address`: http://127.0.0.1:5309, without a slash at its end. `token` empty: somebody unknown."""

    address: str
    token: str = ""

    def get(self, path: str, **query: Any) -> Any:
        """Raises `SiteError`."""
        return self._ask("GET", path, params={name: value for name, value in query.items() if value is not None}).json()

    def post(self, path: str, body: dict[str, Any]) -> Any:
        """`body` without what is None. Raises `SiteError`."""
        return self._ask("POST", path, json={name: value for name, value in body.items() if value is not None}).json()

    def file(self, path: str) -> bytes:
        """Raises `SiteError`."""
        return self._ask("GET", path).content

    def _ask(self, method: str, path: str, **rest: Any) -> requests.Response:
        headers = {"Accept": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        try:
            answer = requests.request(
                method, f"{self.address}{path}", headers=headers, timeout=LONGEST_ANSWER_SECONDS, **rest
            )
        except requests.RequestException:
            raise SiteError(f"No Sound Box answers at {self.address}. Start it, or give another --site.") from None
        if answer.status_code >= 400:
            raise SiteError(_reason(answer))
        return answer


def _reason(answer: requests.Response) -> str:
    try:
        said = str(answer.json()["error"])
    except (ValueError, KeyError, TypeError):
        said = f"Sound Box answered {answer.status_code}"
    wait = answer.headers.get("Retry-After")
    return f"{said} (try again in {wait} s)" if wait else said
