"""The engine of models that denoise: a batch of equal length at a time, one step of it at each turn."""

from __future__ import annotations

import gc
import logging
from collections import deque
from collections.abc import Hashable

import torch

from soundbox.engines import processor
from soundbox.engines.diffusion.batch import Batch, Member
from soundbox.engines.diffusion.models import Found
from soundbox.engines.diffusion.pipelines import Pipeline, loaded
from soundbox.engines.joint import samples_of, start_of
from soundbox.engines.protocol import EngineError, Event, Failed, ModelInfo, Progress, SoundRequest
from soundbox.engines.transformer.memory import is_out_of_memory

_TOO_LITTLE_MEMORY = "This machine has too little memory for this sound."

_log = logging.getLogger(__name__)


class DiffusionEngine:
    """Implements `soundbox.engines.protocol.Engine` for one pipeline of diffusers.

    Who comes while a batch runs waits for its end: a pipeline takes nobody in on its way. When memory runs out, fewer
    are made at once from then on, and those who were begin again.
    """

    def __init__(
        self, found: Found, device: str = "cpu", dtype: torch.dtype | None = None, together: int | None = None
    ) -> None:
        """`dtype`: what the networks compute in; None: bfloat16 on a GPU, else float32. `together`: how many sounds are
        in a batch at most; None: as many as there are slots on a GPU, and one on a processor, which gains nothing by
        more. In a batch sums may be rounded otherwise than alone, too little to be heard.
        """
        self._found, self._device = found, torch.device(device)
        self._dtype = dtype or (torch.bfloat16 if self._device.type == "cuda" else torch.float32)
        self._infos = {info.id: info for info in found.infos}
        self._name = found.family.name
        self._slots = found.infos[0].batch
        self._most_together = together or (self._slots if self._device.type == "cuda" else 1)
        self._together = self._most_together  # as memory has allowed so far
        self._pipeline: Pipeline | None = None
        self._waiting: deque[Member] = deque()
        self._batch: Batch | None = None

    def models(self) -> list[ModelInfo]:
        return list(self._infos.values())

    def load(self, model: str) -> None:
        """Raises `EngineError` for weights that are broken or too large."""
        self._info(model)
        if self._pipeline is not None:
            return
        processor.take(self._device)
        try:
            self._pipeline = loaded(self._found.folder, self._found.family.pipeline, self._device, self._dtype)
        except Exception as error:
            self.unload(model)
            if is_out_of_memory(error):
                raise EngineError(f"This machine has too little memory for {self._name}.") from error
            raise

    def unload(self, model: str) -> None:
        self._info(model)
        for member in [*self._waiting, *self._running]:
            self.cancel(member.job_id)
        self._pipeline = None
        self._together = self._most_together
        _collect_garbage()

    def room(self, model: str) -> int:
        self._info(model)
        return max(0, self._slots - len(self._waiting) - len(self._running))

    def submit(self, request: SoundRequest) -> None:
        info, pipeline = self._info(request.model), self._at_hand()
        if not info.min_seconds <= request.seconds <= info.max_seconds:
            raise EngineError(f"The length must be from half a second to {info.max_seconds:g} seconds.")
        if not self.room(request.model):
            raise EngineError(f"Every slot of {self._name} is taken.")
        self._check_relation(request, info)
        if samples_of(request, info.sample_rate) > info.max_seconds * info.sample_rate:
            raise EngineError("With the sound it goes on from, it would be longer than this model can make.")
        pipeline.likeness(request)
        self._waiting.append(Member(request))

    def step(self) -> list[Event]:
        if self._batch is None:
            self._batch = self._next_batch()
        if self._batch is None:
            return []
        try:
            events = self._batch.step()
        except Exception as error:
            return self._failed(self._batch, error)
        if not all(isinstance(event, Progress) for event in events):
            self._batch = None
        return events

    def cancel(self, job_id: str) -> None:
        self._waiting = deque(member for member in self._waiting if member.job_id != job_id)
        if self._batch is not None:
            self._batch.leave(job_id)
        if not self._running:
            self._batch = None

    @property
    def _running(self) -> list[Member]:
        return self._batch.members if self._batch else []

    def _next_batch(self) -> Batch | None:
        """The oldest, and those who may go with it."""
        if not self._waiting:
            return None
        first = self._likeness(self._waiting[0].request)
        alike = [member for member in self._waiting if self._likeness(member.request) == first][: self._together]
        self._waiting = deque(member for member in self._waiting if member not in alike)
        return Batch(alike, self._info(alike[0].request.model), self._at_hand())

    def _likeness(self, request: SoundRequest) -> Hashable:
        """What comes from a sound is the only one that hears it."""
        alone = request.job_id if request.relation else None
        return request.model, request.seconds, alone, self._at_hand().likeness(request)

    def _check_relation(self, request: SoundRequest, info: ModelInfo) -> None:
        if request.relation and request.relation not in info.relations:
            raise EngineError(f"{self._name} cannot take a sound as a {request.relation}.")
        if request.relation == "reference" and request.reference_audio is None:
            raise EngineError("There is no sound to be like.")
        start_of(request)

    def _at_hand(self) -> Pipeline:
        if self._pipeline is None:
            raise EngineError(f"{self._name} is not loaded.")
        return self._pipeline

    def _failed(self, batch: Batch, error: Exception) -> list[Event]:
        """All of the batch, except where they only were too many."""
        self._batch = None
        running = batch.members
        if not is_out_of_memory(error):
            _log.error("A batch failed", exc_info=error)
            return [Failed(member.job_id, f"{self._name} stumbled over this request.") for member in running]
        _collect_garbage()
        if len(running) == 1:
            return [Failed(running[0].job_id, _TOO_LITTLE_MEMORY)]
        self._together = max(1, len(running) // 2)
        _log.warning("Memory ran out; %s now makes at most %d sounds at once", self._name, self._together)
        self._waiting.extendleft(reversed(running))
        return [member.progress(0.0, "begins again, with fewer at once") for member in running]

    def _info(self, model: str) -> ModelInfo:
        if model not in self._infos:
            raise EngineError(f'{self._name} is no model "{model[:40]}".')
        return self._infos[model]


def _collect_garbage() -> None:
    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
