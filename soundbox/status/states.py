"""How each model stands: at hand, on its way into memory, or not there."""

from __future__ import annotations

from collections.abc import Sequence

from soundbox.engines.catalogue import Catalogue
from soundbox.engines.models import ALIASES, KINDS
from soundbox.engines.protocol import ModelInfo
from soundbox.jobs.workers import WorkerRecord


def model_states(known: Catalogue, works: bool, workers: Sequence[WorkerRecord]) -> dict[str, str]:
    """By every name a model has. `works`: somebody makes sound now, or would."""
    return {name: _state(known.find(name), works, workers) for name in (*KINDS, *ALIASES)}


def _state(info: ModelInfo | None, works: bool, workers: Sequence[WorkerRecord]) -> str:
    """Without weights there is nothing to load; what cannot be served here is never loaded."""
    if info is None:
        return "unloaded"
    if not works:
        return "pending"
    if info.weightless or any(info.id in worker.loaded for worker in workers):
        return "ready"
    if any(info.id == worker.loading for worker in workers):
        return "loading"
    return "error" if any(info.id in worker.broken for worker in workers) else "unloaded"
