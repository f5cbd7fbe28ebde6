"""Every model as a line of text: what makes it here, on what, under which licence, and what the rest would need."""

from __future__ import annotations

from collections.abc import Iterator

from soundbox.engines.catalogue import Catalogue
from soundbox.engines.models import KINDS
from soundbox.engines.protocol import ModelInfo


def inventory(catalogue: Catalogue, device: str) -> Iterator[str]:
    """`device`: what a worker owns here."""
    for name in KINDS:
        info, advice = catalogue.info_for(name, {}), catalogue.advice(name)
        if info:
            yield f"{name:21}{_described(info, device)}"
            name = ""
        if advice:
            yield f"{name:21}{advice}"


def _described(info: ModelInfo, device: str) -> str:
    commerce = "commercial use allowed" if info.commercial_use else "no commercial use"
    return ", ".join([f"{info.engine} on {runs_on(info, device)}", memory(info), info.licence, commerce])


def runs_on(info: ModelInfo, device: str) -> str:
    """What needs no weights runs on the processor, whatever device a worker owns."""
    return "cpu" if info.weightless else device


def memory(info: ModelInfo) -> str:
    return f"{info.memory_gb:g} GB of weights" if not info.weightless else "no weights"
