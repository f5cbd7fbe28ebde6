"""The parts of a layer over many columns at once: what is known beforehand, or all that MAGNeT hears of a sound.

Shapes: `x` (row, column, width); keys and values (row, head, column, .), those of a text (head, token, .).
"""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn.functional import gelu, layer_norm, scaled_dot_product_attention

from soundbox.engines.transformer.weights import Layer, Norm


def of_itself(
    layer: Layer, x: Tensor, heads: int, seen: Tensor | None = None, causal: bool = False
) -> tuple[Tensor, Tensor, Tensor]:
    """What self-attention adds to `x`, and the keys and values of it. `seen` (column, column): who may look at whom."""
    rows, columns, _ = x.shape
    y = layer.self_qkv(normed(x, layer.before_self))
    queries, keys, values = y.view(rows, columns, 3, heads, -1).permute(2, 0, 3, 1, 4)
    found = scaled_dot_product_attention(queries, keys, values, attn_mask=seen, is_causal=causal)
    return layer.self_out(found.transpose(1, 2).flatten(2)), keys, values


def of_text(layer: Layer, x: Tensor, keys: Tensor, values: Tensor) -> Tensor:
    """What the text adds to one row, (column, width)."""
    heads = len(keys)
    queries = layer.text_q(normed(x, layer.before_text)).view(len(x), heads, -1)
    found = scaled_dot_product_attention(queries.transpose(0, 1), keys, values)
    return layer.text_out(found.transpose(0, 1).flatten(1))


def fed_forward(layer: Layer, x: Tensor) -> Tensor:
    return layer.feed_out(gelu(layer.feed_in(normed(x, layer.before_feed))))


def text_keys_and_values(layer: Layer, text: Tensor, heads: int) -> tuple[Tensor, Tensor]:
    """Of a text, (token, width)."""
    keys, values = layer.text_kv(text).view(len(text), 2, heads, -1).permute(1, 2, 0, 3)
    return keys, values


def normed(x: Tensor, norm: Norm) -> Tensor:
    return layer_norm(x, x.shape[-1:], norm.weight, norm.bias)


def waves(width: int, columns: int) -> Tensor:
    """What tells columns apart: cosines, then sines, of falling frequency for each, (column, width)."""
    half = width // 2
    frequencies = torch.exp(torch.arange(half) * -(math.log(10_000) / (half - 1)))
    angles = torch.arange(columns)[:, None] * frequencies
    return torch.cat([angles.cos(), angles.sin()], 1)
