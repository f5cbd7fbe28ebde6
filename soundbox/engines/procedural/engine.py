"""The engine that needs no weights: it composes music and designs sounds from words."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from soundbox.engines.procedural.composer import compose
from soundbox.engines.procedural.timeline import SAMPLE_RATE
from soundbox.engines.protocol import Done, EngineError, Event, Failed, ModelInfo, Progress, SoundRequest

VERSION = "1"  # rises when equal requests no longer give equal samples
_SLOTS = 2  # a short sound need not wait for a long song
_MUSIC, _EFFECTS = ("music", "magnet-music"), ("audio", "magnet-audio")

_log = logging.getLogger(__name__)


def started(request: SoundRequest) -> Iterator[Progress | Done]:
    """The work on one request, one piece of it at each turn. Raises `EngineError` for what can never work."""
    if not _info(request.model).min_seconds <= request.seconds <= _info(request.model).max_seconds:
        raise EngineError("The length must be from half a second to three minutes.")
    if request.model in _MUSIC:
        return compose(request)
    from soundbox.engines.procedural.effects.design import design

    return design(request)


def _info(model: str) -> ModelInfo:
    if model not in _MUSIC + _EFFECTS:
        raise EngineError(f"The procedural engine has no model called {model!r}.")
    music = model in _MUSIC
    return ModelInfo(
        id=model,
        kind="music" if music else "audio",
        engine="Sound Box composer" if music else "Sound Box sound designer",
        engine_version=VERSION,
        sample_rate=SAMPLE_RATE,
        channels=2,
        min_seconds=0.5,
        max_seconds=180.0,
        licence="CC0-1.0",
        commercial_use=True,
        weightless=True,
        batch=_SLOTS,
        parameters=("tempo", "key") if music else (),
    )


class ProceduralEngine:
    """Implements `soundbox.engines.protocol.Engine`."""

    def __init__(self) -> None:
        self._running: dict[str, Iterator[Progress | Done]] = {}

    def models(self) -> list[ModelInfo]:
        return [_info(model) for model in _MUSIC + _EFFECTS]

    def load(self, model: str) -> None:
        _info(model)

    def unload(self, model: str) -> None:
        _info(model)

    def room(self, model: str) -> int:
        _info(model)
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
        if not isinstance(event, Progress):
            self.cancel(job_id)
        return event

    def cancel(self, job_id: str) -> None:
        self._running.pop(job_id, None)
