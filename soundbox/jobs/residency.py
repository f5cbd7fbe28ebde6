"""Which models hold memory. One with weights at a time; models without weights cost nothing and are always there."""

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
        self._catalogue = catalogue

    def engine_of(self, model: str) -> Engine:
        return self._catalogue.engine_for(model)

    def room(self, running: Collection[str]) -> dict[str, int]:
        """Free slots of every model, while those named in `running` cannot be moved out of memory."""
        pinned = any(not self.models[model].weightless for model in running)
        return {
            model: self.engine_of(model).room(model) if info.weightless or model in self.loaded or not pinned else 0
            for model, info in self.models.items()
        }

    def make_ready(self, model: str) -> None:
        """Bring a model into memory in place of another. Takes as long as loading takes."""
        if self.models[model].weightless:
            return
        if model not in self.loaded:
            for other in self.loaded:
                self.engine_of(other).unload(other)
            self.loaded = []
            self.engine_of(model).load(model)
        self.loaded = [model, *(other for other in self.loaded if other != model)]
