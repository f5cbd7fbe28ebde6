"""The weights in a checkpoint of audiocraft, under the names that this house and transformers give them."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from soundbox.engines.protocol import EngineError
from soundbox.engines.transformer.checkpoint import PROJECTION
from soundbox.engines.transformer.precision import Precision
from soundbox.engines.transformer.shape import Shape
from soundbox.engines.transformer.weights import Layer, Reader, Weights

Tensors = Mapping[str, Callable[[], Tensor]]

_CODEC_NAMES = (  # SEANet's, and what transformers calls them
    (re.compile(r"^(encoder|decoder)\.model\."), r"\1.layers."),
    (re.compile(r"\.conv(tr)?\.conv(tr)?\."), ".conv."),
    (re.compile(r"^quantizer\.vq\.layers\.(\d+)\._codebook\."), r"quantizer.layers.\1.codebook."),
)
_CODEC_AS_PUBLISHED = {
    "seanet": {"norm": "weight_norm", "activation": "ELU", "disable_norm_outer_blocks": 0, "encoder": {}},
    "encodec": {"autoencoder": "seanet", "quantizer": "rvq", "renormalize": False},
}


@contextmanager
def opened_checkpoint(path: Path) -> Iterator[Tensors]:
    """Every tensor under `best_state` by its name, read from the disk when it is called for. Raises `EngineError`."""
    try:
        content = torch.load(path, map_location="cpu", weights_only=True, mmap=True)
        state = content["best_state"]
    except Exception as error:
        raise EngineError(f"The weights in {path.parent.name}/{path.name} cannot be read: {error}") from error
    yield {name: tensor.detach for name, tensor in state.items()}


def language_weights(tensors: Tensors, shape: Shape, precision: Precision) -> Weights:
    """Raises `EngineError` for a checkpoint that lacks one of them."""
    reader = Reader(tensors, precision)
    return Weights(
        embeddings=torch.cat([reader.tensor(f"emb.{k}.weight") for k in range(shape.codebooks)]),
        layers=tuple(_layer(reader, f"transformer.layers.{i}", shape.width) for i in range(shape.layers)),
        last=reader.norm("out_norm"),
        heads=reader.matrix(*(f"linears.{k}.weight" for k in range(shape.codebooks))),
        text=reader.tensor(f"{PROJECTION}.weight"),
        text_bias=reader.tensor(f"{PROJECTION}.bias"),
    )


def _layer(reader: Reader, at: str, width: int) -> Layer:
    of_text = reader.tensor(f"{at}.cross_attention.in_proj_weight")
    return Layer(
        before_self=reader.norm(f"{at}.norm1"),
        self_qkv=reader.matrix(f"{at}.self_attn.in_proj_weight"),
        self_out=reader.matrix(f"{at}.self_attn.out_proj.weight"),
        before_text=reader.norm(f"{at}.norm_cross"),
        text_q=reader.precision.matrix(of_text[:width]),
        text_kv=reader.precision.matrix(of_text[width:]),
        text_out=reader.matrix(f"{at}.cross_attention.out_proj.weight"),
        before_feed=reader.norm(f"{at}.norm2"),
        feed_in=reader.matrix(f"{at}.linear1.weight"),
        feed_out=reader.matrix(f"{at}.linear2.weight"),
    )


def codec_tensors(tensors: Tensors) -> Tensors:
    """The same under the names of transformers' `EncodecModel`."""
    return {_codec_name(name): read for name, read in tensors.items()}


def _codec_name(name: str) -> str:
    for pattern, replacement in _CODEC_NAMES:
        name = pattern.sub(replacement, name)
    return name


def codec_config(config: Mapping[str, Any], codebooks: int) -> dict[str, Any]:
    """For transformers' `EncodecConfig`. `codebooks`: of a channel, which may be fewer than the codec has.

    Raises `EngineError` for a codec of another make.
    """
    net, quantizer = config["seanet"], config["rvq"]
    for section, expected in _CODEC_AS_PUBLISHED.items():
        for name, value in expected.items():
            if config[section].get(name, value) != value:
                raise EngineError(f"This EnCodec is not known here: {section}.{name} is {config[section][name]!r}.")
    frame_rate = config["sample_rate"] / math.prod(net["ratios"])
    return {
        "target_bandwidths": [frame_rate * math.log2(quantizer["bins"]) * codebooks / 1000],
        "sampling_rate": config["sample_rate"],
        "audio_channels": net["channels"],
        "normalize": False,
        "chunk_length_s": None,
        "overlap": None,
        "hidden_size": net["dimension"],
        "num_filters": net["n_filters"],
        "num_residual_layers": net["n_residual_layers"],
        "upsampling_ratios": net["ratios"],
        "norm_type": net["norm"],
        "kernel_size": net["kernel_size"],
        "last_kernel_size": net["last_kernel_size"],
        "residual_kernel_size": net["residual_kernel_size"],
        "dilation_growth_rate": net["dilation_base"],
        "use_causal_conv": net["causal"],
        "pad_mode": net["pad_mode"],
        "compress": net["compress"],
        "num_lstm_layers": net["lstm"],
        "trim_right_ratio": net["decoder"]["trim_right_ratio"],
        "codebook_size": quantizer["bins"],
        "codebook_dim": net["dimension"],
        "use_conv_shortcut": not net["true_skip"],
    }
