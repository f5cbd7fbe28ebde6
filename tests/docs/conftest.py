"""The document is held against the site on the stricter database, once."""

from __future__ import annotations

import pytest

from tests.conftest import postgres_answers


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> str:
    if postgres_answers():
        url: str = request.getfixturevalue("postgres_url")
        return url
    return str(request.getfixturevalue("sqlite_url"))
