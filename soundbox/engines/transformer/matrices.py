"""Matrices as they are multiplied: each in the form that is fastest where it is.

A matrix of shape (out, in) takes rows (..., in) to (..., out). None of them has a bias.
"""

from __future__ import annotations

from typing import Any, Protocol

import torch
from torch import Tensor
from torch.nn.functional import linear


class Matrix(Protocol):
    def __call__(self, x: Tensor) -> Tensor: ...


class Plain:
    def __init__(self, weight: Tensor) -> None:
        self._weight = weight

    def __call__(self, x: Tensor) -> Tensor:
        return linear(x, self._weight)


class Apart:
    """Of (slot, row, in) each slot by itself: on a CPU the last digits of a product in float32 depend on how many rows
    there are, and no slot may hear of the others. With the matrix first two rows take half the time."""

    def __init__(self, weight: Tensor) -> None:
        self._weight = weight

    def __call__(self, x: Tensor) -> Tensor:
        if x.dim() < 3:
            return linear(x, self._weight)
        return torch.stack([torch.mm(self._weight, slot.t()).t() for slot in x])


class Halves:
    """Kept in float16, multiplied in float32 by FBGEMM: what a CPU waits for is the matrix, which is half as large.

    A row comes out the same, to its last digit, whoever else is there.
    """

    def __init__(self, weight: Tensor) -> None:
        self._packed: Any = torch.ops.quantized.linear_prepack_fp16(weight.float(), None)

    def __call__(self, x: Tensor) -> Tensor:
        found: Tensor = torch.ops.quantized.linear_dynamic_fp16(x, self._packed)
        return found

    @staticmethod
    def can_be() -> bool:
        """Does this processor have what FBGEMM needs?"""
        quantized = torch.backends.quantized
        return quantized.engine in ("x86", "fbgemm") and "fbgemm" in quantized.supported_engines
