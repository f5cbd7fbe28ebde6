"""The models in a folder of weights, as tables. Imports no torch: the web process lists them."""

from __future__ import annotations

from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from soundbox.engines import licences
from soundbox.engines.protocol import EngineError, ModelInfo
from soundbox.engines.transformer import asked, asked_spans
from soundbox.engines.transformer.checkpoint import Checkpoint
from soundbox.engines.transformer.folder import shape_in, weight_files
from soundbox.engines.transformer.shape import Shape

VERSION = "1"
AUDIOCRAFT_INSTALL = "Install it with: pip install --no-deps audiocraft==1.3.0, and what the README names beside it."
_SLOTS = {"cpu": 4, "cuda": 32}  # sounds at once, where memory allows
_SPAN_SLOTS = {"cpu": 1, "cuda": 4}  # MAGNeT's, which are much more work in each step
_NAMES = {1024: "small", 1536: "medium", 2048: "large"}
_LICENCE = "CC-BY-NC-4.0"  # of the weights that Meta published


def find_models(models: Path) -> dict[str, Path]:
    """By the id of a model the folder that serves it: the one of that name, or the first by name that holds one."""
    found: dict[str, Path] = {}
    for folder in sorted(path for path in models.glob("*/") if path.is_dir()):
        model = _model_in(folder)
        if model and (model not in found or folder.name == model):
            found[model] = folder
    return found


def _model_in(folder: Path) -> str | None:
    try:
        return _id(shape_in(folder)) if weight_files(folder) else None
    except EngineError:
        return None


def info_of(folder: Path, device: str, licence: str = "CC0-1.0") -> ModelInfo:
    """`licence`: SPDX id the operator gives to what weights make that leave it open. Raises `EngineError`."""
    shape = shape_in(folder)
    weights_licence = licences.licence_of(folder, otherwise=_LICENCE)
    licence, commercial_use = licences.of_sounds(weights_licence, licence)
    return ModelInfo(
        id=_id(shape),
        kind=_kind(shape),
        engine=_name(shape),
        engine_version=VERSION,
        sample_rate=shape.sample_rate,
        channels=shape.channels,
        min_seconds=0.5,
        max_seconds=shape.window / shape.frame_rate if shape.span else 180.0,
        licence=licence,
        commercial_use=commercial_use,
        weightless=False,
        memory_gb=round(sum(path.stat().st_size for path in weight_files(folder)) / 1e9, 1),
        batch=(_SPAN_SLOTS if shape.span else _SLOTS)["cpu" if device == "cpu" else "cuda"],
        parameters=asked_spans.PARAMETERS if shape.span else asked.PARAMETERS,
        weights_licence=weights_licence,
        relations=("vary", "extend"),
    )


def by_audiocraft(folder: Path, device: str, licence: str = "CC0-1.0") -> ModelInfo:
    """The same model where audiocraft itself runs it. Raises `EngineError` where it cannot."""
    if not Checkpoint.lies_in(folder):
        raise EngineError(f"{folder.name} is no checkpoint of audiocraft.")
    info, shape = info_of(folder, device, licence), Checkpoint(folder).shape
    try:
        there = version("audiocraft")
    except PackageNotFoundError:
        raise EngineError(f"audiocraft is not installed here. {AUDIOCRAFT_INSTALL}") from None
    longest = shape.window // shape.span * shape.span / shape.frame_rate if shape.span else info.max_seconds
    name = f"audiocraft {info.engine}"
    return replace(info, engine=name, engine_version=there, batch=1, max_seconds=longest)


def _kind(shape: Shape) -> str:
    return "audio" if shape.effects else "music"


def _id(shape: Shape) -> str:
    return f"magnet-{_kind(shape)}" if shape.span else _kind(shape)


def _name(shape: Shape) -> str:
    words = [shape.family, "stereo" if shape.channels == 2 else "", _NAMES.get(shape.width, "")]
    return " ".join(word for word in words if word)
