"""Which models hold memory. Those of one set of weights at a time; models without weights are always there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from soundbox.engines.protocol import Engine, ModelInfo


class Catalogue(Protocol):
    """What can be made here, and by which engine."""

    def models(self) -> Sequence[ModelInfo]: ...

    def engine_for(self, name: str) -> Engine: ...


class Residency:
    def __init__(self, catalogue: Catalogue) -> None:
        self.models: Mapping[str, ModelInfo] = {info.id: info for info in catalogue.models()}
        self.loaded: list[str] = []  # most recently used first
        self.loading = ""
        self.broken: dict[str, str] = {}  # models that could not be loaded when last tried, and why
        self._catalogue = catalogue

    def room(self, running: Collection[str]) -> dict[str, int]:
        """Free slots of every model, while those named in `running` cannot be moved out of memory."""
        pinned = any(not self.models[model].weightless for model in running)
        return {
            model: self._free(model) if info.weightless or model in self.loaded or not pinned else 0
            for model, info in self.models.items()
        }

    def _free(self, model: str) -> int:
        try:
            return self._catalogue.engine_for(model).room(model)
        except Exception:
            return 1  # an engine that cannot even be made: its jobs are started, and fail in words

    def make_ready(self, model: str) -> Engine:
        """Its engine, with the model in memory in place of another. Takes as long as loading takes."""
        engine = self._catalogue.engine_for(model)
        if not self.models[model].weightless and model not in self.loaded:
            for other in self.loaded:
                self._catalogue.engine_for(other).unload(other)
            self.loaded = []
            self._load(engine, model)
            self.loaded = [model, *self.models[model].shares]
        return engine

    def _load(self, engine: Engine, model: str) -> None:
        self.loading = model
        self.broken.pop(model, None)
        try:
            engine.load(model)
        except Exception as error:
            self.broken[model] = str(error) or type(error).__name__
            raise
        finally:
            self.loading = ""
