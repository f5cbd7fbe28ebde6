"""The document is held against the site on the stricter database, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import postgres_answers


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if postgres_answers():
        url: str = request.getfixturevalue("postgres_url")
        return url
    return f"sqlite:///{tmp_path / 'soundbox.sqlite3'}"
