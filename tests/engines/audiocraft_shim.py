"""audiocraft 1.3.0 beside a torch of today, for what these tests ask of it: without the packages it only names.

Attention is all that is needed of xformers; torch does it as well. Nothing else of what stands in here is ever called.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import ModuleType, SimpleNamespace
from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import scaled_dot_product_attention

UNUSED = (
    *("flashy", "flashy.distrib", "librosa", "librosa.filters", "num2words", "spacy"),
    *("torchaudio", "torchaudio.functional", "torchaudio.transforms"),
    *("audiocraft.solvers", "audiocraft.solvers.compression"),
)


class LowerTriangularMask:
    """Nobody sees what comes later."""


def memory_efficient_attention(
    queries: Tensor, keys: Tensor, values: Tensor, attn_bias: Any = None, p: float = 0.0
) -> Tensor:
    """Of (batch, column, head, .)."""
    causal = isinstance(attn_bias, LowerTriangularMask)
    found = scaled_dot_product_attention(
        *(each.transpose(1, 2) for each in (queries, keys, values)),
        attn_mask=None if causal else attn_bias,
        dropout_p=p,
        is_causal=causal,
    )
    return found.transpose(1, 2)


@cache
def audiocraft_models() -> ModuleType:
    """`audiocraft.models`."""
    if find_spec("xformers") is None:
        _stand_in("xformers")
        ops = _stand_in("xformers.ops")
        ops.LowerTriangularMask, ops.unbind = LowerTriangularMask, torch.unbind  # type: ignore[attr-defined]
        ops.memory_efficient_attention = memory_efficient_attention  # type: ignore[attr-defined]
        never = SimpleNamespace(_CURRENT_PROFILER=None)
        _stand_in("xformers.profiler").profiler = SimpleNamespace(_Profiler=never)  # type: ignore[attr-defined]
    with _without_what_is_unused():
        import audiocraft.models
    return audiocraft.models


@contextmanager
def _without_what_is_unused() -> Iterator[None]:
    """Others in this process may want the real ones afterwards."""
    standing_in = [name for name in UNUSED if name not in sys.modules]
    for name in standing_in:
        _stand_in(name)
    yield
    for name in standing_in:
        del sys.modules[name]


def _stand_in(name: str) -> ModuleType:
    module = _Named(name)
    sys.modules[name] = module
    parent, _, last = name.rpartition(".")
    if parent in sys.modules:
        setattr(sys.modules[parent], last, module)
    return module


class _Named(ModuleType):
    """Has everything, and none of it works."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__spec__, self.__path__ = ModuleSpec(name, None, is_package=True), []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {})
