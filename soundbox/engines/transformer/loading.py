"""A part of a checkpoint into a network of transformers, without the rest of the checkpoint."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TypeVar

import torch
from torch import Tensor, nn
from transformers import PreTrainedModel
from transformers.initialization import no_init_weights

from soundbox.engines.protocol import EngineError

_Module = TypeVar("_Module", bound=nn.Module)
_Network = TypeVar("_Network", bound=PreTrainedModel)
# Weight norm as torch stored it before parametrizations, which is how MusicGen was published.
_OLD_NAMES = {
    "weight_g": "parametrizations.weight.original0",
    "weight_v": "parametrizations.weight.original1",
}


def filled(
    make: Callable[[], _Network],
    tensors: Mapping[str, Callable[[], Tensor]],
    prefix: str,
    device: torch.device,
    tied: Collection[str] = (),
) -> _Network:
    """A new network with its weights, in float32. Raises `EngineError` when the checkpoint lacks one of them.

    `tied`: names of one and the same matrix, of which a checkpoint may hold any.
    """
    with no_init_weights():  # drawing those that are replaced takes longer than reading them
        network = make()
    network.tie_weights()
    state = {_new_name(name.removeprefix(prefix)): read() for name, read in tensors.items() if name.startswith(prefix)}
    lacks = set(network.load_state_dict(state, strict=False).missing_keys)
    if not lacks.issuperset(tied):
        lacks -= set(tied)
    if lacks:
        raise EngineError(f"The weights lack {prefix}{min(lacks)}.")
    return placed(network, device)


def placed(network: _Module, device: torch.device) -> _Module:
    """Where it computes, in float32."""
    return network.to(device, torch.float32).eval()


def _new_name(name: str) -> str:
    stem, _, last = name.rpartition(".")
    return f"{stem}.{_OLD_NAMES[last]}" if last in _OLD_NAMES else name
