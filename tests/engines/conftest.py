"""Tiny models with weights, made once for all tests of engines."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def tiny_musicgen() -> Path:
    from tests.engines.tiny_musicgen import tiny_musicgen

    return tiny_musicgen(channels=1)


@pytest.fixture(scope="session")
def tiny_stereo_musicgen() -> Path:
    from tests.engines.tiny_musicgen import tiny_musicgen

    return tiny_musicgen(channels=2)


@pytest.fixture(scope="session")
def tiny_checkpoints() -> Path:
    from tests.engines.tiny_audiocraft import tiny_checkpoints

    return tiny_checkpoints()
