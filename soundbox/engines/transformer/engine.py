"""The engine of models with weights: jobs join a running batch of the decoder between its steps."""

from __future__ import annotations

import gc
import logging
from collections import deque
from collections.abc import Callable
from pathlib import Path

import torch

from soundbox.engines import processor
from soundbox.engines.protocol import Done, EngineError, Event, Failed, ModelInfo, SoundRequest
from soundbox.engines.transformer.batch import Batch
from soundbox.engines.transformer.beside import Pace
from soundbox.engines.transformer.folder import shape_in
from soundbox.engines.transformer.magnet import Magnet, SpanBatch
from soundbox.engines.transformer.memory import is_out_of_memory, slots_that_fit
from soundbox.engines.transformer.models import info_of
from soundbox.engines.transformer.musicgen import MusicGen
from soundbox.engines.transformer.precision import best_for_columns, best_for_spans
from soundbox.engines.transformer.take import Take

_TOO_LITTLE_MEMORY = "This machine has too little memory for this sound."

_log = logging.getLogger(__name__)


class TransformerEngine:
    """Implements `soundbox.engines.protocol.Engine` for the MusicGen, AudioGen or MAGNeT in one folder.

    When memory runs out, fewer slots are kept from then on, and what was running begins again: the same seed makes the
    same sound, so nobody loses more than time.
    """

    def __init__(
        self, folder: Path, device: str = "cpu", dtype: torch.dtype | None = None, licence: str = "CC0-1.0"
    ) -> None:
        """`dtype`: of the decoder's matrices; None: whatever is best here. `licence`: SPDX id the operator gives to
        what comes out, where the weights leave it open. Raises `EngineError`.
        """
        self._folder, self._device = folder, torch.device(device)
        self._dtype = dtype
        self._pace = Pace(self._device)
        self._info = info_of(folder, device, licence)
        self._model: MusicGen | Magnet | None = None
        self._batch: Batch | SpanBatch | None = None
        self._slots = self._info.batch
        self._waiting: deque[Take] = deque()  # for a place in the batch
        self._decoding: deque[Take] = deque()  # in the batch
        self._rendering: deque[Take] = deque()  # whose columns are all chosen

    def models(self) -> list[ModelInfo]:
        return [self._info]

    def load(self, model: str) -> None:
        """Raises `EngineError` for weights that are not there, broken or too large."""
        self._check(model)
        if self._model is not None:
            return
        processor.take(self._device)
        try:
            self._model = self._loaded()
            needed = self._model.bytes_a_slot()
            self._slots = slots_that_fit(needed, self._device, self._info.batch)
            self._allocate()
            if self._device.type == "cuda":
                self.warm_up()
        except Exception as error:
            self.unload(model)
            if is_out_of_memory(error):
                raise EngineError(f"This machine has too little memory for {self._info.engine}.") from error
            raise

    def _loaded(self) -> MusicGen | Magnet:
        if shape_in(self._folder).span:
            return Magnet.load(self._folder, self._device, self._dtype or best_for_spans(self._device))
        return MusicGen.load(self._folder, self._device, self._dtype or best_for_columns(self._device))

    def warm_up(self) -> None:
        """Make a short sound for nobody: on a GPU the first one waits until libraries are ready and steps recorded."""
        self.submit(SoundRequest("warming up", self._info.id, "a sound", self._info.min_seconds, seed=0))
        while self.step():
            pass

    def unload(self, model: str) -> None:
        self._check(model)
        self._model = self._batch = None
        self._slots = self._info.batch
        for takes in (self._waiting, self._decoding, self._rendering):
            takes.clear()
        _collect_garbage()

    def room(self, model: str) -> int:
        self._check(model)
        if len(self._rendering) >= self._slots:
            return 0
        return max(0, self._slots - len(self._waiting) - len(self._decoding))

    def submit(self, request: SoundRequest) -> None:
        self._check(request.model)
        if self._model is None:
            raise EngineError(f"{self._info.engine} is not loaded.")
        if not self._info.min_seconds <= request.seconds <= self._info.max_seconds:
            raise EngineError(f"The length must be from half a second to {self._info.max_seconds:g} seconds.")
        if not self.room(request.model):
            raise EngineError(f"Every slot of {self._info.engine} is taken.")
        self._waiting.append(Take(request, self._model))

    def step(self) -> list[Event]:
        """One newcomer, one column of all that are decoding, and a second of sound for one of them and the oldest
        behind them."""
        return [
            *self._within_memory(self._admit, self._waiting),
            *self._within_memory(self._advance, self._decoding),
            *self._within_memory(self._render, self._rendering),
        ]

    def cancel(self, job_id: str) -> None:
        if self._batch is not None:
            self._batch.leave(job_id)
        for takes in (self._waiting, self._decoding, self._rendering):
            for take in [take for take in takes if take.job_id == job_id]:
                takes.remove(take)

    def _admit(self, batch: Batch | SpanBatch) -> list[Event]:
        take = self._waiting[0]
        if not batch.room:
            return []
        try:
            batch.join(take.begin())
        except Exception as error:
            return [self._failed(take, error)]
        self._decoding.append(self._waiting.popleft())
        return [take.progress()]

    def _advance(self, batch: Batch | SpanBatch) -> list[Event]:
        finished = {member.job_id for member in batch.step()}
        self._pace.keep()
        told: list[Event] = [take.progress() for take in self._decoding]
        told += self._turn_one()
        self._rendering.extend(take for take in self._decoding if take.job_id in finished)
        self._decoding = deque(take for take in self._decoding if take.job_id not in finished)
        return told

    def _render(self, _: Batch | SpanBatch) -> list[Event]:
        take = self._rendering[0]
        told = self._turn(take)
        if take not in self._rendering:
            return told
        sound = take.finished()
        if sound is None:
            return [*told, take.progress()]
        self._rendering.popleft()
        return [*told, Done(take.job_id, sound)]

    def _turn_one(self) -> list[Event]:
        """A second of sound, of the first take that has so much: in one step not of several."""
        return next((told for take in tuple(self._decoding) if (told := self._turn(take))), [])

    def _turn(self, take: Take) -> list[Event]:
        try:
            chunk = take.turn_into_samples(wait=not self._decoding)
        except Exception as error:
            return [self._failed(take, error)]
        return [chunk] if chunk else []

    def _failed(self, take: Take, error: Exception) -> Failed:
        """For what is this job's own trouble. Raises the error again where memory is."""
        if is_out_of_memory(error):
            raise error
        _log.error("A sound failed", exc_info=error)
        self.cancel(take.job_id)
        return Failed(take.job_id, f"{self._info.engine} stumbled over this request.")

    def _within_memory(self, part: Callable[[Batch | SpanBatch], list[Event]], takes: deque[Take]) -> list[Event]:
        """A part of a step for the takes it is about; the first of them is the one that needs the memory."""
        if not takes or self._batch is None:
            return []
        try:
            return part(self._batch)
        except Exception as error:
            if not is_out_of_memory(error):
                raise
            return self._with_fewer_slots(takes[0])

    def _with_fewer_slots(self, needy: Take) -> list[Event]:
        failed: list[Failed] = []
        if self._slots == 1:
            self.cancel(needy.job_id)
            failed = [Failed(needy.job_id, _TOO_LITTLE_MEMORY)]
        self._slots = max(1, self._slots * 3 // 4)
        _log.warning("Memory ran out; %s now makes at most %d sounds at once", self._info.engine, self._slots)
        self._waiting.extendleft(reversed(self._decoding))
        self._decoding.clear()
        for take in self._rendering:
            take.turn_again()
        self._allocate()
        return [*failed, *(take.progress() for take in self._waiting)]

    def _allocate(self) -> None:
        """An empty batch of as many slots as there is memory for."""
        if self._model is None:
            return
        self._batch = None
        while True:
            _collect_garbage()
            try:
                self._batch = self._model.batch(self._slots)
            except Exception as error:
                if self._slots == 1 or not is_out_of_memory(error):
                    raise
                self._slots = max(1, self._slots * 3 // 4)
            else:
                return

    def _check(self, model: str) -> None:
        if model != self._info.id:
            raise EngineError(f'{self._info.engine} is no model "{model[:40]}".')


def _collect_garbage() -> None:
    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
