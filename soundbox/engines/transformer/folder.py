"""What lies in a folder of weights. Imports no torch: the web process lists models by it."""

from __future__ import annotations

from pathlib import Path

from soundbox.engines.transformer.checkpoint import CODEC, LANGUAGE, Checkpoint
from soundbox.engines.transformer.shape import Shape, read_shape


def is_checkpoint(folder: Path) -> bool:
    """Of audiocraft. Published folders often hold transformers' files as well; then those count."""
    return Checkpoint.lies_in(folder) and not any(folder.glob("model*.safetensors"))


def shape_in(folder: Path) -> Shape:
    """Raises `EngineError` for a folder whose model is not known here."""
    return Checkpoint(folder).shape if is_checkpoint(folder) else read_shape(folder)


def weight_files(folder: Path) -> list[Path]:
    return [folder / LANGUAGE, folder / CODEC] if is_checkpoint(folder) else sorted(folder.glob("model*.safetensors"))
