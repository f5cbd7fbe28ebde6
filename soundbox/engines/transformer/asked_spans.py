"""How MAGNeT chooses, as people ask for it. Imports no torch: the web process checks requests by it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

from soundbox.engines.protocol import EngineError
from soundbox.engines.transformer import asked
from soundbox.engines.transformer.asked import Sampling

Arrangement = Literal["apart", "overlapping"]
Scoring = Literal["surest", "product"]
PARAMETERS = (*asked.PARAMETERS, "final_guidance", "rounds", "spans", "scoring")
_MOST_ROUNDS = 100
COLDEST = 0.01  # of a temperature that falls


@dataclass(frozen=True)
class SpanSampling:
    """The defaults are MAGNeT's own."""

    temperature: float = 3.0  # of the first round, falling to nothing in the last; 0: always the likeliest token
    top_k: int = 0
    top_p: float = 0.9
    guidance: float = 10.0  # while everything is hidden,
    final_guidance: float = 1.0  # and when nothing is any more
    rounds: tuple[int, ...] = (20, 10, 10, 10)  # of each codebook
    spans: Arrangement = "apart"
    scoring: Scoring = "surest"  # how sure a span is: as its surest frame, or all of them together

    def in_round(self, hidden: float, left: float) -> Sampling:
        """How a round chooses at whose beginning the share `hidden` of all frames is open.

        `left`: the share of the rounds that come after it.
        """
        return Sampling(
            temperature=max(self.temperature * left, COLDEST) if self.temperature else 0,
            top_k=self.top_k,
            top_p=self.top_p,
            guidance=hidden * self.guidance + (1 - hidden) * self.final_guidance,
        )

    def rounds_of(self, codebook: int) -> int:
        """Codebooks for which none were asked take as many as the last one that has some."""
        return self.rounds[min(codebook, len(self.rounds) - 1)]


def span_sampling_of(parameters: Mapping[str, Any]) -> SpanSampling:
    """Raises `EngineError` for a value that cannot be."""
    readings: dict[str, Callable[[object], Any]] = {
        "temperature": asked.temperature,
        "top_k": asked.top_k,
        "top_p": asked.top_p,
        "guidance": asked.guidance,
        "final_guidance": asked.guidance,
        "rounds": rounds,
        "spans": arrangement,
        "scoring": scoring,
    }
    given = {name: value for name, value in parameters.items() if name in readings and value is not None}
    return SpanSampling(**{name: readings[name](value) for name, value in given.items()})


def rounds(value: object) -> tuple[int, ...]:
    """ "20, 10, 10, 10", a list of numbers, or one number for all codebooks."""
    numbers = value if isinstance(value, list | tuple) else str(value).split(",")
    try:
        found = tuple(int(number) for number in numbers)
    except (TypeError, ValueError):
        found = ()
    if not found or not all(0 < number <= _MOST_ROUNDS for number in found):
        raise EngineError(f"rounds must be whole numbers from 1 to {_MOST_ROUNDS}, such as 20, 10, 10, 10.")
    return found


def arrangement(value: object) -> Arrangement:
    return cast(Arrangement, _one_of("spans", value, get_args(Arrangement)))


def scoring(value: object) -> Scoring:
    return cast(Scoring, _one_of("scoring", value, get_args(Scoring)))


def _one_of(name: str, value: object, known: tuple[str, ...]) -> str:
    if value not in known:
        raise EngineError(f"{name} must be {' or '.join(known)}.")
    return str(value)
