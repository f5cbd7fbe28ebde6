"""What a MusicGen folder holds, read from its config.json alone. Imports no torch: the web lists models by it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from soundbox.engines.protocol import EngineError

_WINDOW_SECONDS, _STRIDE_SECONDS = 30, 18  # as MusicGen was trained, and as audiocraft moves on beyond it
# What transformers fills in where config.json is silent (MusicgenDecoderConfig, EncodecConfig, T5Config).
_DECODER = {
    "vocab_size": 2048,
    "hidden_size": 1024,
    "num_hidden_layers": 24,
    "num_attention_heads": 16,
    "ffn_dim": 4096,
    "num_codebooks": 4,
    "audio_channels": 1,
    "activation_function": "gelu",
    "scale_embedding": False,
}
_CODEC = {"sampling_rate": 24000, "upsampling_ratios": [8, 5, 4, 2]}
_TEXT = {"d_model": 512}


@dataclass(frozen=True)
class Shape:
    """Sizes of a decoder over codebooks, and the rates around it."""

    family: str  # MusicGen, AudioGen, MAGNeT
    effects: bool  # trained on sound effects, not on music
    width: int  # of the residual stream
    heads: int
    layers: int
    feed_forward: int
    codebooks: int  # of all channels together
    entries: int  # of each codebook; the next number stands for "nothing here"
    channels: int
    text_width: int  # of the text encoder's output
    sample_rate: int  # Hz
    hop: int  # samples of a channel that one frame of codes stands for
    window: int  # frames the decoder was trained to see
    stride: int  # frames by which the window moves on where a sound is longer
    span: int = 0  # frames that MAGNeT hides and chooses together; 0: decoded column after column
    context: int = -1  # frames that each one hears to either side in codebooks behind MAGNeT's first; -1: all

    @property
    def head_width(self) -> int:
        return self.width // self.heads

    @property
    def empty(self) -> int:
        return self.entries

    @property
    def delays(self) -> tuple[int, ...]:
        """Columns by which each codebook comes later; left and right of a pair come together."""
        return tuple(codebook // self.channels for codebook in range(self.codebooks))

    @property
    def frame_rate(self) -> float:
        return self.sample_rate / self.hop

    def frames(self, seconds: float) -> int:
        """The fewest that last so long."""
        return math.ceil(round(seconds * self.sample_rate) / self.hop)

    def columns(self, frames: int) -> int:
        """Steps that many frames take, because the codebooks begin one after the other."""
        return frames + self.delays[-1]


def read_shape(folder: Path) -> Shape:
    """Raises `EngineError` for a folder that holds no MusicGen, or one of another make."""
    try:
        return shape_of(read_config(folder))
    except EngineError as error:
        raise EngineError(f"{folder.name}: {error}") from None


def shape_of(config: Mapping[str, Any]) -> Shape:
    """`config`: what config.json holds. Raises `EngineError`."""
    if config.get("model_type") != "musicgen":
        raise EngineError("This is no MusicGen model.")
    decoder = _DECODER | config.get("decoder", {})
    codec, text = _CODEC | config.get("audio_encoder", {}), _TEXT | config.get("text_encoder", {})
    if decoder["activation_function"] != "gelu" or decoder["scale_embedding"]:
        raise EngineError("This is a MusicGen of a make that is not known here.")
    hop = math.prod(codec["upsampling_ratios"])
    rate = codec["sampling_rate"] / hop
    return Shape(
        family="MusicGen",
        effects=False,
        width=decoder["hidden_size"],
        heads=decoder["num_attention_heads"],
        layers=decoder["num_hidden_layers"],
        feed_forward=decoder["ffn_dim"],
        codebooks=decoder["num_codebooks"],
        entries=decoder["vocab_size"],
        channels=decoder["audio_channels"],
        text_width=text["d_model"],
        sample_rate=codec["sampling_rate"],
        hop=hop,
        window=round(_WINDOW_SECONDS * rate),
        stride=round(_STRIDE_SECONDS * rate),
    )


def read_config(folder: Path) -> dict[str, Any]:
    """Raises `EngineError` in words."""
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise EngineError(f"config.json cannot be read: {error}") from None
    return config if isinstance(config, dict) else {}
