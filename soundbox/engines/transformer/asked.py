"""How the next token is chosen, as people ask for it. Imports no torch: the web process checks requests by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from soundbox.engines.protocol import EngineError

PARAMETERS = ("temperature", "top_k", "top_p", "guidance")


@dataclass(frozen=True)
class Sampling:
    """The defaults are MusicGen's own."""

    temperature: float = 1.0  # 0: always the likeliest token
    top_k: int = 250  # tokens that may be chosen at all; 0: any
    top_p: float = 0.0  # only the likeliest that together have this probability; 0: any
    guidance: float = 3.0  # how much more than without a prompt the prompt decides; 1: no more

    @property
    def greedy(self) -> bool:
        return self.temperature == 0


def sampling_of(parameters: Mapping[str, Any]) -> Sampling:
    """Raises `EngineError` for a value that cannot be."""
    return Sampling(
        temperature=temperature(parameters.get("temperature")),
        top_k=top_k(parameters.get("top_k")),
        top_p=top_p(parameters.get("top_p")),
        guidance=guidance(parameters.get("guidance")),
    )


def temperature(value: object) -> float:
    return _number("temperature", value, Sampling.temperature, 0, 4)


def top_k(value: object) -> int:
    number = _number("top_k", value, Sampling.top_k, 0, 4096)
    if number != int(number):
        raise EngineError("top_k must be a whole number.")
    return int(number)


def top_p(value: object) -> float:
    return _number("top_p", value, Sampling.top_p, 0, 1)


def guidance(value: object) -> float:
    return _number("guidance", value, Sampling.guidance, 0, 20)


def _number(name: str, value: object, default: float, lowest: float, highest: float) -> float:
    """None is the default. Text counts as well, since forms send nothing else."""
    if value is None:
        return default
    try:
        number = float(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else None
    except ValueError:
        number = None
    if number is None or not lowest <= number <= highest:
        raise EngineError(f"{name} must be a number from {lowest:g} to {highest:g}.")
    return number
