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
from soundbox.engines.transformer.matrices import Matrix
from soundbox.engines.transformer.precision import Precision
from soundbox.engines.transformer.shape import Shape


@dataclass(frozen=True)
class Norm:
    weight: Tensor
    bias: Tensor


@dataclass(frozen=True)
class Layer:
    """Every matrix as (out, in)."""

    before_self: Norm
    self_qkv: Matrix  # (3 width, width)
    self_out: Matrix
    before_text: Norm
    text_q: Matrix
    text_kv: Matrix  # (2 width, width)
    text_out: Matrix
    before_feed: Norm
    feed_in: Matrix
    feed_out: Matrix


@dataclass(frozen=True)
class Weights:
    embeddings: Tensor  # (codebooks * (entries + 1), width): the tables of all codebooks, one below the other
    layers: tuple[Layer, ...]
    last: Norm
    heads: Matrix  # (codebooks * entries, width)
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


@dataclass(frozen=True)
class Reader:
    """Of a checkpoint's tensors by their names, in a precision."""

    tensors: Mapping[str, Callable[[], Tensor]]
    precision: Precision

    def tensor(self, name: str) -> Tensor:
        """A copy, so that the file is let go of."""
        return self._read(name).to(self.precision.device, self.precision.computed, copy=True)

    def matrix(self, *names: str) -> Matrix:
        """Several become one, each below the one before."""
        return self.precision.matrix(torch.cat([self._read(name) for name in names]))

    def norm(self, name: str) -> Norm:
        return Norm(self.tensor(f"{name}.weight"), self.tensor(f"{name}.bias"))

    def _read(self, name: str) -> Tensor:
        """Raises `EngineError` for one that is lacking."""
        if name not in self.tensors:
            raise EngineError(f"The weights lack {name}.")
        return self.tensors[name]()


def musicgen_weights(tensors: Mapping[str, Callable[[], Tensor]], shape: Shape, precision: Precision) -> Weights:
    """Raises `EngineError` for a folder that lacks one of them."""
    reader = Reader(tensors, precision)
    tables = [reader.tensor(f"decoder.model.decoder.embed_tokens.{k}.weight") for k in range(shape.codebooks)]
    projected = "enc_to_dec_proj.weight" in tensors
    return Weights(
        embeddings=torch.cat([table[: shape.entries + 1] for table in tables]),
        layers=tuple(_layer(reader, f"decoder.model.decoder.layers.{i}") for i in range(shape.layers)),
        last=reader.norm("decoder.model.decoder.layer_norm"),
        heads=reader.matrix(*(f"decoder.lm_heads.{k}.weight" for k in range(shape.codebooks))),
        text=reader.tensor("enc_to_dec_proj.weight") if projected else None,
        text_bias=reader.tensor("enc_to_dec_proj.bias") if projected else None,
    )


def _layer(reader: Reader, at: str) -> Layer:
    def fused(block: str, letters: str) -> Matrix:
        return reader.matrix(*(f"{at}.{block}.{letter}_proj.weight" for letter in letters))

    return Layer(
        before_self=reader.norm(f"{at}.self_attn_layer_norm"),
        self_qkv=fused("self_attn", "qkv"),
        self_out=reader.matrix(f"{at}.self_attn.out_proj.weight"),
        before_text=reader.norm(f"{at}.encoder_attn_layer_norm"),
        text_q=fused("encoder_attn", "q"),
        text_kv=fused("encoder_attn", "kv"),
        text_out=reader.matrix(f"{at}.encoder_attn.out_proj.weight"),
        before_feed=reader.norm(f"{at}.final_layer_norm"),
        feed_in=reader.matrix(f"{at}.fc1.weight"),
        feed_out=reader.matrix(f"{at}.fc2.weight"),
    )
