"""The number type a decoder is fastest in without sounding worse."""

from __future__ import annotations

import torch


def best_dtype(device: torch.device) -> torch.dtype:
    """bfloat16 where the processor multiplies it, else float32."""
    return torch.bfloat16 if device.type == "cuda" or _multiplies_bfloat16() else torch.float32


def _multiplies_bfloat16() -> bool:
    capabilities = torch.cpu.get_capabilities()
    return any(capabilities.get(name) for name in ("amx_bf16", "avx512_bf16"))
