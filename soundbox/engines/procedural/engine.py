"""The engine that needs no weights: it composes music and designs sounds from words."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from soundbox.engines.models import procedural_models
from soundbox.engines.procedural.composer import compose
from soundbox.engines.procedural.effects.design import design
from soundbox.engines.procedural.resampled import at_48_khz
from soundbox.engines.procedural.timeline import SAMPLE_RATE
from soundbox.engines.protocol import Chunk, Done, EngineError, Event, Failed, ModelInfo, Progress, SoundRequest

_SLOTS = 2  # a short sound need not wait for a long song

_log = logging.getLogger(__name__)


def started(request: SoundRequest) -> Iterator[Progress | Chunk | Done]:
    """The work on one request, one piece of it at each turn. Raises `EngineError` for what can never work."""
    info = next((info for info in procedural_models() if info.id == request.model), None)
    if info is None:
        raise EngineError(f"The procedural engine has no model called {request.model!r}.")
    if not info.min_seconds <= request.seconds <= info.max_seconds:
        raise EngineError("The length must be from half a second to three minutes.")
    work = compose(request) if info.kind == "music" else design(request)
    return work if info.sample_rate == SAMPLE_RATE else at_48_khz(work)


class ProceduralEngine:
    """Implements `soundbox.engines.protocol.Engine`."""

    def __init__(self, licence: str = "CC0-1.0") -> None:
        """`licence`: SPDX id the operator gives to what comes out."""
        self._models = procedural_models(licence)
        self._running: dict[str, Iterator[Progress | Chunk | Done]] = {}

    def models(self) -> list[ModelInfo]:
        return self._models

    def load(self, model: str) -> None:
        """Nothing to load."""

    def unload(self, model: str) -> None:
        """Nothing was loaded."""

    def room(self, model: str) -> int:  # noqa: ARG002 - every model shares the slots
        return _SLOTS - len(self._running)

    def submit(self, request: SoundRequest) -> None:
        if not self.room(request.model):
            raise EngineError("Every slot of the procedural engine is taken.")
        self._running[request.job_id] = started(request)

    def step(self) -> list[Event]:
        return [self._advance(job_id) for job_id in list(self._running)]

    def _advance(self, job_id: str) -> Event:
        try:
            event: Event = next(self._running[job_id])
        except EngineError as refusal:
            event = Failed(job_id, str(refusal))
        except Exception:
            _log.exception("A procedural sound failed")
            event = Failed(job_id, "The composer stumbled over this request.")
        if isinstance(event, Done | Failed):
            self.cancel(job_id)
        return event

    def cancel(self, job_id: str) -> None:
        self._running.pop(job_id, None)
