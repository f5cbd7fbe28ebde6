"""The models in a folder of weights, as tables. Imports no torch: the web process lists them."""

from __future__ import annotations

from pathlib import Path

from soundbox.engines.protocol import EngineError, ModelInfo
from soundbox.engines.transformer.asked import PARAMETERS
from soundbox.engines.transformer.shape import Shape, read_shape

MODEL = "music"
VERSION = "1"
_SLOTS = {"cpu": 4, "cuda": 32}  # sounds at once, where memory allows
_NAMES = {1024: "small", 1536: "medium", 2048: "large"}
_LICENCE = "CC-BY-NC-4.0"  # of the weights that Meta published, and so of what they make


def find_musicgen(models: Path) -> Path | None:
    """The folder that serves `music`: the one of that name, or the first by name that holds a MusicGen."""
    folders = sorted((path for path in models.glob("*/") if path.is_dir()), key=lambda path: (path.name != MODEL, path))
    return next((folder for folder in folders if _holds_musicgen(folder)), None)


def _holds_musicgen(folder: Path) -> bool:
    try:
        read_shape(folder)
    except EngineError:
        return False
    return any(folder.glob("model*.safetensors"))


def musicgen_info(folder: Path, device: str) -> ModelInfo:
    """Raises `EngineError`."""
    shape = read_shape(folder)
    return ModelInfo(
        id=MODEL,
        kind="music",
        engine=_name(shape),
        engine_version=VERSION,
        sample_rate=shape.sample_rate,
        channels=shape.channels,
        min_seconds=0.5,
        max_seconds=180.0,
        licence=_LICENCE,
        commercial_use=False,
        weightless=False,
        memory_gb=round(sum(path.stat().st_size for path in folder.glob("model*.safetensors")) / 1e9, 1),
        batch=_SLOTS["cpu" if device == "cpu" else "cuda"],
        parameters=PARAMETERS,
        continues=True,
    )


def _name(shape: Shape) -> str:
    words = ["MusicGen", "stereo" if shape.channels == 2 else "", _NAMES.get(shape.width, "")]
    return " ".join(word for word in words if word)
