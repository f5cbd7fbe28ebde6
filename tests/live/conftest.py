from __future__ import annotations

import pytest

from soundbox.live import timeline

from .stations import Clock


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(timeline, "now_ms", clock)
    return clock
