"""How a batch goes on by one column: everything between two looks of the host at it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Protocol

import torch

from soundbox.engines.transformer.attention import AllAtOnce, Look, SlotBySlot
from soundbox.engines.transformer.cache import LONGEST_TEXT
from soundbox.engines.transformer.decoder import Decoder
from soundbox.engines.transformer.memory import is_out_of_memory
from soundbox.engines.transformer.sampling import choose, guided
from soundbox.engines.transformer.slots import Slots

Run = Callable[[], None]

# What a recording is made for, so that a few serve all: slots, columns that they look at, and tokens of their texts.
_SLOTS = (1, 2, 4, 8, 12, 16, 24)
_COLUMNS = range(128, 2048, 128)
_TOKENS = (64,)

_log = logging.getLogger(__name__)


class Steps(Protocol):
    def run(self, positions: Sequence[int]) -> None:
        """One column more of each of the first slots. `positions`: of each, the column that is next."""
        ...


def steps_for(decoder: Decoder, slots: Slots) -> Steps:
    """The fastest kind there is where the decoder is."""
    if decoder.device.type == "cuda":
        return Played(decoder, slots, Captures(decoder.device))
    return Plainly(decoder, slots)


class Plainly:
    """On a CPU."""

    def __init__(self, decoder: Decoder, slots: Slots) -> None:
        self._decoder, self._slots = decoder, slots

    def run(self, positions: Sequence[int]) -> None:
        _step(self._decoder, self._slots, len(positions), SlotBySlot(self._decoder.cache, positions))


class Played:
    """On a GPU: a step is recorded once for each number of slots and each reach of theirs, and then only played,
    because to start its thousand small kernels one by one takes longer than they run."""

    def __init__(self, decoder: Decoder, slots: Slots, record: Callable[[Run], Run]) -> None:
        """`record` runs what it is given, and returns what does the same to the same tensors again."""
        self._decoder, self._slots, self._record = decoder, slots, record
        self._recordings: dict[tuple[int, int, int], Run] = {}

    def run(self, positions: Sequence[int]) -> None:
        decoder, n = self._decoder, len(positions)
        size = (
            _up_to(_SLOTS, n, decoder.slots),
            _up_to(_COLUMNS, max(positions) + 1, decoder.shape.columns(decoder.shape.window)),
            _up_to(_TOKENS, max(decoder.cache.text_lengths[:n]), LONGEST_TEXT),
        )
        if size not in self._recordings:
            self._recordings[size] = self._recorded(*size)
        self._recordings[size]()

    def _recorded(self, n: int, columns: int, tokens: int) -> Run:
        def run() -> None:
            slots = self._slots
            look = AllAtOnce(self._decoder.cache, slots.positions[:n], slots.text_lengths[:n], columns, tokens)
            _step(self._decoder, slots, n, look)

        try:
            with self._slots.undisturbed():
                return self._record(run)
        except Exception as error:
            if is_out_of_memory(error):
                raise
            _log.warning("Steps of %d slots cannot be recorded and will be slower", n, exc_info=error)
            return run


def _step(decoder: Decoder, slots: Slots, n: int, look: Look) -> None:
    logits = decoder.next(slots.latest(n), slots.positions[:n], look)
    manner = slots.manner(n)
    slots.put(choose(guided(logits, manner), manner, slots.waits(n)))


def _up_to(sizes: Sequence[int], number: int, most: int) -> int:
    """The first size that is large enough, or all there is."""
    return min(most, next((size for size in sizes if size >= number), most))


class Captures:
    """Records by CUDA graphs, which share the memory for what lies between a step's beginning and its end."""

    def __init__(self, device: torch.device) -> None:
        self._device = device
        self._memory = torch.cuda.graph_pool_handle()

    def __call__(self, run: Run) -> Run:
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.device(self._device):
            self._warm_up(run)
            with torch.cuda.graph(graph, pool=self._memory, capture_error_mode="thread_local"):
                run()
        return graph.replay

    def _warm_up(self, run: Run) -> None:
        """So that all libraries have allocated what they need."""
        stream, aside = torch.cuda.current_stream(), torch.cuda.Stream()
        aside.wait_stream(stream)
        with torch.cuda.stream(aside):
            run()
        stream.wait_stream(aside)
