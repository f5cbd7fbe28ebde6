"""The decoder's weights as they are multiplied: fused, and in the type they are computed in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import safe_open
from torch import Tensor
from torch.nn.functional import linear

from soundbox.engines.protocol import EngineError
from soundbox.engines.transformer.shape import Shape

Read = Callable[[str], Tensor]


@dataclass(frozen=True)
class Norm:
    weight: Tensor
    bias: Tensor


@dataclass(frozen=True)
class Layer:
    """Matrices have the shape (out, in); none of them has a bias."""

    before_self: Norm
    self_qkv: Tensor  # (3 width, width)
    self_out: Tensor
    before_text: Norm
    text_q: Tensor
    text_kv: Tensor  # (2 width, width)
    text_out: Tensor
    before_feed: Norm
    feed_in: Tensor
    feed_out: Tensor


@dataclass(frozen=True)
class Weights:
    embeddings: Tensor  # (codebooks * (entries + 1), width): the tables of all codebooks, one below the other
    layers: tuple[Layer, ...]
    last: Norm
    heads: Tensor  # (codebooks * entries, width)
    text: Tensor | None  # (width, text width): from the text encoder; None where both are equally wide
    text_bias: Tensor | None

    def projected(self, text: Tensor) -> Tensor:
        """What the text encoder said, (token, text width), as wide as the decoder is."""
        text = text.to(self.embeddings.device, self.embeddings.dtype)
        return text if self.text is None else linear(text, self.text, self.text_bias)


@contextmanager
def opened(folder: Path) -> Iterator[Mapping[str, Callable[[], Tensor]]]:
    """Every tensor of a transformers folder by its name, read when it is called for; one file or many.

    Raises `EngineError` when a file is missing or broken.
    """
    with ExitStack() as files:
        try:
            readers: dict[str, Callable[[], Tensor]] = {}
            for path in _weight_files(folder):
                file = files.enter_context(safe_open(path, framework="pt"))
                readers |= {name: _reader(file, name) for name in file.keys()}  # noqa: SIM118 - it is no dict
        except Exception as error:
            raise EngineError(f"The weights in {folder.name} cannot be read: {error}") from error
        yield readers


def _weight_files(folder: Path) -> list[Path]:
    index = folder / "model.safetensors.index.json"
    if not index.exists():
        return [folder / "model.safetensors"]
    names = json.loads(index.read_text(encoding="utf-8"))["weight_map"].values()
    return [folder / name for name in sorted(set(names))]


def _reader(file: safe_open, name: str) -> Callable[[], Tensor]:
    return lambda: file.get_tensor(name)


def musicgen_weights(
    tensors: Mapping[str, Callable[[], Tensor]], shape: Shape, device: torch.device, dtype: torch.dtype
) -> Weights:
    """Raises `EngineError` for a folder that lacks one of them."""

    def read(name: str) -> Tensor:
        if name not in tensors:
            raise EngineError(f"The weights lack {name}.")
        return tensors[name]().to(device, dtype)

    tables = [read(f"decoder.model.decoder.embed_tokens.{k}.weight") for k in range(shape.codebooks)]
    heads = [read(f"decoder.lm_heads.{k}.weight") for k in range(shape.codebooks)]
    projected = "enc_to_dec_proj.weight" in tensors
    return Weights(
        embeddings=torch.cat([table[: shape.entries + 1] for table in tables]),
        layers=tuple(_layer(read, f"decoder.model.decoder.layers.{i}") for i in range(shape.layers)),
        last=_norm(read, "decoder.model.decoder.layer_norm"),
        heads=torch.cat(heads),
        text=read("enc_to_dec_proj.weight") if projected else None,
        text_bias=read("enc_to_dec_proj.bias") if projected else None,
    )


def _layer(read: Read, at: str) -> Layer:
    def several(block: str, letters: str) -> Tensor:
        return torch.cat([read(f"{at}.{block}.{letter}_proj.weight") for letter in letters])

    return Layer(
        before_self=_norm(read, f"{at}.self_attn_layer_norm"),
        self_qkv=several("self_attn", "qkv"),
        self_out=read(f"{at}.self_attn.out_proj.weight"),
        before_text=_norm(read, f"{at}.encoder_attn_layer_norm"),
        text_q=several("encoder_attn", "q"),
        text_kv=several("encoder_attn", "kv"),
        text_out=read(f"{at}.encoder_attn.out_proj.weight"),
        before_feed=_norm(read, f"{at}.final_layer_norm"),
        feed_in=read(f"{at}.fc1.weight"),
        feed_out=read(f"{at}.fc2.weight"),
    )


def _norm(read: Read, at: str) -> Norm:
    return Norm(read(f"{at}.weight"), read(f"{at}.bias"))
