"""What the decoder remembers of every slot: keys and values of the columns so far, and of the text."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from soundbox.engines.transformer.shape import Shape

LONGEST_TEXT = 512  # tokens of a prompt; what comes behind is not heard


class Cache:
    """Allocated once for all slots. Two rows a slot: with the prompt, and without it.

    Pages that were never written take no memory on a CPU, so short sounds are cheap there.
    """

    def __init__(self, shape: Shape, slots: int, device: torch.device, dtype: torch.dtype) -> None:
        columns = shape.columns(shape.window)
        seen = (shape.layers, slots, 2, shape.heads, columns, shape.head_width)
        self.keys = _zeros(seen, device, dtype)  # (layer, slot, row, head, column, .)
        self.values = _zeros(seen, device, dtype)
        told = (shape.layers, slots, shape.heads, LONGEST_TEXT, shape.head_width)
        self.text_keys = _zeros(told, device, dtype)  # (layer, slot, head, token, .)
        self.text_values = _zeros(told, device, dtype)
        self.text_lengths = [0] * slots

    def remember_text(self, slot: int, layer: int, keys: Tensor, values: Tensor) -> None:
        """Shapes (head, token, .)."""
        self.text_keys[layer, slot, :, : keys.shape[1]] = keys
        self.text_values[layer, slot, :, : keys.shape[1]] = values

    def remember_columns(self, slot: int, layer: int, keys: Tensor, values: Tensor) -> None:
        """The first of a slot; shapes (row, head, column, .)."""
        self.keys[layer, slot, :, :, : keys.shape[2]] = keys
        self.values[layer, slot, :, :, : values.shape[2]] = values

    def move(self, slot: int, to: int, columns: int) -> None:
        """All of one slot into another, which is forgotten. `columns`: so many of it are filled."""
        for remembered in (self.keys, self.values):
            remembered[:, to, :, :, :columns] = remembered[:, slot, :, :, :columns]
        told = self.text_lengths[to] = self.text_lengths[slot]
        for remembered in (self.text_keys, self.text_values):
            remembered[:, to, :, :told] = remembered[:, slot, :, :told]


def _zeros(shape: Sequence[int], device: torch.device, dtype: torch.dtype) -> Tensor:
    """torch writes its zeros; the system's are there when they are first looked at."""
    if device.type != "cpu":
        return torch.zeros(shape, device=device, dtype=dtype)
    return torch.from_numpy(np.zeros(math.prod(shape) * dtype.itemsize, np.uint8)).view(dtype).view(shape)


def bytes_a_slot(shape: Shape, itemsize: int) -> int:
    rows = 2 * shape.columns(shape.window) + LONGEST_TEXT
    return 2 * shape.layers * shape.width * rows * itemsize
