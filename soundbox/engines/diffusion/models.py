"""The pipelines of diffusers in a folder of weights, as tables. Imports no torch: the web process lists them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from soundbox.engines import licences
from soundbox.engines.diffusion.asked import PARAMETERS
from soundbox.engines.protocol import ModelInfo, Relation

VERSION = "1"
_SLOTS = {"cpu": 2, "cuda": 8}  # sounds at once, where memory allows
_INDEX = "model_index.json"


@dataclass(frozen=True)
class Family:
    """What one class of diffusers makes."""

    pipeline: str  # name of the class, as model_index.json says it
    name: str  # as people read it
    models: Mapping[str, str]  # that it serves, with the kind of each
    licence: str  # SPDX id, where the folder does not say
    longest: float  # seconds
    parameters: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ("vary", "extend")


FAMILIES = (
    Family(
        "AceStepPipeline",
        "ACE-Step 1.5",
        {"ace-step": "music"},
        "MIT",
        600.0,
        PARAMETERS,
        ("vary", "extend", "reference"),
    ),
    Family(
        "StableAudio3Pipeline",
        "Stable Audio 3",
        {"stable-audio": "music", "stable-audio-effects": "audio"},
        "LicenseRef-stable-audio-community",
        380.0,
    ),
)


@dataclass(frozen=True)
class Found:
    """A folder that holds all of a pipeline, and the models it serves."""

    folder: Path
    family: Family
    infos: tuple[ModelInfo, ...]


def find_pipelines(weights: Path, device: str, licence: str = "CC0-1.0") -> list[Found]:
    """One for each family: in a folder of the name of one of its models, or the first by name.

    `licence`: SPDX id the operator gives to what weights make that leave it open.
    """
    found = ((_folder_of(family, weights), family) for family in FAMILIES)
    return [Found(folder, family, _infos(folder, family, device, licence)) for folder, family in found if folder]


def _folder_of(family: Family, weights: Path) -> Path | None:
    folders = sorted(weights.glob("*/"), key=lambda path: (path.name not in family.models, path))
    return next((folder for folder in folders if _holds(folder, family)), None)


def _holds(folder: Path, family: Family) -> bool:
    """Every part that its index names is there."""
    index = _read(folder / _INDEX)
    parts = [name for name, value in index.items() if isinstance(value, list) and all(value)]
    return index.get("_class_name") == family.pipeline and all((folder / part).is_dir() for part in parts)


def _infos(folder: Path, family: Family, device: str, licence: str) -> tuple[ModelInfo, ...]:
    codec = _read(folder / "vae" / "config.json")
    weights_licence = licences.licence_of(folder, otherwise=family.licence)
    licence, commercial_use = licences.of_sounds(weights_licence, licence)
    return tuple(
        ModelInfo(
            id=model,
            kind=kind,
            engine=family.name,
            engine_version=VERSION,
            sample_rate=codec["sampling_rate"],
            channels=codec["audio_channels"],
            min_seconds=0.5,
            max_seconds=family.longest,
            licence=licence,
            commercial_use=commercial_use,
            weightless=False,
            memory_gb=round(sum(path.stat().st_size for path in folder.glob("*/*.safetensors")) / 1e9, 1),
            batch=_SLOTS["cpu" if device == "cpu" else "cuda"],
            parameters=family.parameters,
            weights_licence=weights_licence,
            relations=family.relations,
            shares=tuple(other for other in family.models if other != model),
        )
        for model, kind in family.models.items()
    )


def _read(path: Path) -> dict[str, Any]:
    """{} where there is none, or no JSON object."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
