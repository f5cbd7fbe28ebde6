"""A world to come to."""

from __future__ import annotations

import pytest
from flask import Flask

from soundbox.extensions import limiter

from .world import World


@pytest.fixture
def unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks for everything asks more often than anybody may."""
    monkeypatch.setattr(limiter, "enabled", False)


@pytest.fixture
def world(public_app: Flask, unlimited: None) -> World:
    return World(public_app)
