"""One sound at once, for tests, benchmarks and anyone without a queue."""

from __future__ import annotations

from soundbox.engines.procedural.engine import started
from soundbox.engines.protocol import Done, Sound, SoundRequest


def render(request: SoundRequest) -> Sound:
    """Raises `EngineError` as `ProceduralEngine.submit` does."""
    return next(event.sound for event in started(request) if isinstance(event, Done))
