from __future__ import annotations

import pytest
from flask import Flask

from .letters import Letters


@pytest.fixture
def letters(public_app: Flask, caplog: pytest.LogCaptureFixture) -> Letters:
    return Letters(public_app, caplog)
