"""The number types a model is fastest in without sounding worse."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from soundbox.engines.transformer.matrices import Apart, Halves, Matrix, Plain


@dataclass(frozen=True)
class Precision:
    """`dtype` is what matrices are kept in. On a CPU float16 stops there: everything is computed in float32."""

    device: torch.device
    dtype: torch.dtype

    @property
    def computed(self) -> torch.dtype:
        return torch.float32 if self._halves else self.dtype

    def matrix(self, weight: Tensor) -> Matrix:
        """Where and as it is multiplied. `weight` (out, in) may be of any type."""
        if self._halves:
            return Halves(weight)
        weight = weight.to(self.device, self.dtype)
        return Apart(weight) if self.device.type == "cpu" and self.dtype == torch.float32 else Plain(weight)

    @property
    def _halves(self) -> bool:
        return self.device.type == "cpu" and self.dtype == torch.float16


def best_for_columns(device: torch.device) -> torch.dtype:
    """For two rows at a time, which wait for the matrices to arrive."""
    if device.type == "cuda":
        return torch.bfloat16
    return torch.float16 if Halves.can_be() else best_for_spans(device)


def best_for_spans(device: torch.device) -> torch.dtype:
    """For a thousand rows at a time, which wait for the processor: bfloat16 where it multiplies that."""
    return torch.bfloat16 if device.type == "cuda" or _multiplies_bfloat16() else torch.float32


def _multiplies_bfloat16() -> bool:
    capabilities = torch.cpu.get_capabilities()
    return any(capabilities.get(name) for name in ("amx_bf16", "avx512_bf16"))
