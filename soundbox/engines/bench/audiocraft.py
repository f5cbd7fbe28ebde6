"""The decoder of audiocraft's MusicGen with weights by chance, to measure beside it."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

import torch
from torch import Tensor

CODEBOOKS, ENTRIES, PROMPT_TOKENS = 4, 2048, 12


def audiocraft_runs() -> bool:
    """Is it installed with all that it imports?"""
    try:
        import_module("audiocraft.models")
    except Exception:  # what it imports breaks in many ways
        return False
    return True


def audiocraft_generation(
    width: int, layers: int, heads: int, batch: int, frames: int, device: torch.device, dtype: torch.dtype
) -> Callable[[], object]:
    """Makes so many frames of `batch` sounds whenever it is called, as the published models would."""
    with device:
        model = _decoder(width, layers, heads).to(device, dtype)
    attributes = import_module("audiocraft.modules.conditioners").ConditioningAttributes
    prompts = [attributes(text={"description": "a prompt"}) for _ in range(batch)]
    return lambda: model.generate(None, prompts, max_gen_len=frames, top_k=250)


def _decoder(width: int, layers: int, heads: int) -> Any:
    fuser = import_module("audiocraft.modules.conditioners").ConditionFuser
    pattern = import_module("audiocraft.modules.codebooks_patterns").DelayedPatternProvider
    model = import_module("audiocraft.models").LMModel(
        pattern(CODEBOOKS),
        _Told(width),
        fuser({"cross": ["description"], "sum": [], "prepend": [], "input_interpolate": []}),
        n_q=CODEBOOKS,
        card=ENTRIES,
        dim=width,
        num_heads=heads,
        num_layers=layers,
        norm_first=True,
        bias_proj=False,
        bias_ff=False,
        bias_attn=False,
        cross_attention=True,
        causal=True,
        memory_efficient=True,
        dropout=0.0,
        activation="gelu",
        cfg_coef=3.0,
    )
    return model.eval()


class _Told(torch.nn.Module):
    """What a text encoder would have said."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self._width, self._place = width, torch.nn.Parameter(torch.empty(0))

    def tokenize(self, prompts: list[Any]) -> int:
        return len(prompts)

    def forward(self, rows: int) -> dict[str, tuple[Tensor, Tensor]]:
        said = torch.randn(rows, PROMPT_TOKENS, self._width, device=self._place.device, dtype=self._place.dtype)
        return {"description": (said, torch.ones(said.shape[:2], device=said.device))}
