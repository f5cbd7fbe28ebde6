"""audiocraft itself behind the protocol of engines, where an operator has installed it and wants it.

It runs one sound at a time, draws from torch's global chance, and knows nothing between the steps of its own; so each
sound keeps a chance of its own here and stands still after every step. It reads the checkpoints of
`soundbox.engines.transformer.checkpoint`, but fetches T5 by its name by itself. On a GPU it computes in float16.
"""

from __future__ import annotations

import gc
import logging
import math
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import torch

from soundbox.engines import processor
from soundbox.engines.joint import joined, samples_of, start_of
from soundbox.engines.protocol import (
    Done,
    EngineError,
    Event,
    Failed,
    ModelInfo,
    Progress,
    Samples,
    Sound,
    SoundRequest,
)
from soundbox.engines.stepwise import Stepwise
from soundbox.engines.transformer.asked import sampling_of
from soundbox.engines.transformer.asked_spans import span_sampling_of
from soundbox.engines.transformer.checkpoint import Checkpoint
from soundbox.engines.transformer.models import by_audiocraft
from soundbox.engines.transformer.shape import Shape

_log = logging.getLogger(__name__)

_A_BIT = 0.001  # of a second, since audiocraft cuts off what is just less than a frame
_ARRANGEMENTS = {"apart": "nonoverlap", "overlapping": "stride1"}
_SCORINGS = {"surest": "max", "product": "prod"}


class AudiocraftEngine:
    """Implements `soundbox.engines.protocol.Engine` for the checkpoint in one folder."""

    def __init__(self, folder: Path, device: str = "cpu", licence: str = "CC0-1.0") -> None:
        """`licence`: SPDX id the operator gives to what comes out, where the weights leave it open.

        Raises `EngineError` where audiocraft is missing, and for a folder that holds no checkpoint of it.
        """
        self._folder, self._device = folder, device
        self._info, self._shape = by_audiocraft(folder, device, licence), Checkpoint(folder).shape
        self._model: Any = None
        self._making: _Making | None = None

    def models(self) -> list[ModelInfo]:
        return [self._info]

    def load(self, model: str) -> None:
        """Raises `EngineError` where audiocraft does not run or the weights do not fit it."""
        self._check(model)
        if self._model is not None:
            return
        processor.take(torch.device(self._device))
        try:
            family = getattr(import_module("audiocraft.models"), self._shape.family)
        except Exception as error:  # what it imports breaks in many ways
            raise EngineError(f"audiocraft does not run here ({error}). The README says what it needs.") from error
        try:
            self._model = family.get_pretrained(str(self._folder), device=self._device)
        except Exception as error:
            raise EngineError(f"audiocraft cannot load {self._folder.name}: {error}") from error

    def unload(self, model: str) -> None:
        self._check(model)
        if self._making is not None:
            self.cancel(self._making.job_id)
        self._model = None
        gc.collect()

    def room(self, model: str) -> int:
        self._check(model)
        return 1 if self._making is None else 0

    def submit(self, request: SoundRequest) -> None:
        self._check(request.model)
        if self._model is None:
            raise EngineError(f"{self._info.engine} is not loaded.")
        if not self._info.min_seconds <= request.seconds <= self._info.max_seconds:
            raise EngineError(f"The length must be from half a second to {self._info.max_seconds:g} seconds.")
        if not self.room(request.model):
            raise EngineError(f"Every slot of {self._info.engine} is taken.")
        self._making = _Making(request, self._model, self._shape)

    def step(self) -> list[Event]:
        """One step of audiocraft's own."""
        if self._making is None:
            return []
        try:
            event = self._making.step()
        except Exception as error:
            _log.error("A sound failed", exc_info=error)
            event = Failed(self._making.job_id, f"{self._info.engine} stumbled over this request.")
        if not isinstance(event, Progress):
            self._making = None
        return [event]

    def cancel(self, job_id: str) -> None:
        if self._making is not None and self._making.job_id == job_id:
            self._making.stop()
            self._making = None

    def _check(self, model: str) -> None:
        if model != self._info.id:
            raise EngineError(f'{self._info.engine} is no model "{model[:40]}".')


class _Making:
    """One sound on its way."""

    def __init__(self, request: SoundRequest, model: Any, shape: Shape) -> None:
        """Raises `EngineError` for parameters that cannot be, and where there is nothing to extend."""
        self.job_id = request.job_id
        self._request, self._model, self._shape = request, model, shape
        start = start_of(request, shape.hop)
        self._start = np.zeros((shape.channels, 0), np.float32) if start is None else start
        self._unheard = _unheard(self._start.shape[1] // shape.hop, shape) * shape.hop
        self._samples = samples_of(request, shape.sample_rate) - self._unheard
        self._frames = -(-self._samples // shape.hop)
        if shape.span and self._frames > shape.window // shape.span * shape.span:
            raise EngineError("With the sound it goes on from, it would be longer than this model can make.")
        self._manner = _of_spans(request) if shape.span else _of_columns(request, self._frames / shape.frame_rate)
        self._steps_done = 0
        self._work = Stepwise(self._generate)

    def step(self) -> Event:
        samples = self._work.advance()
        if samples is not None:
            return Done(self.job_id, Sound(samples, self._shape.sample_rate))
        share = self._steps_done / self._steps
        return Progress(self.job_id, share, f"made {share * self._request.seconds:.1f} of {self._request.seconds:g} s")

    def stop(self) -> None:
        self._work.stop()

    @property
    def _steps(self) -> int:
        """All that audiocraft takes; its own count is wrong where a sound is longer than its window."""
        if self._shape.span:
            return sum(self._manner["decoding_steps"])
        windows = 1 + max(0, math.ceil((self._frames - self._shape.window) / self._shape.stride))
        heard = (self._start.shape[1] - self._unheard) // self._shape.hop
        return self._frames - heard + windows * self._shape.delays[-1]

    def _generate(self, stand_still: Callable[[], None]) -> Samples:
        def stepped(*_: int) -> None:
            self._steps_done += 1
            chance = _chance()
            stand_still()
            _go_on(self._shape, chance)

        _go_on(self._shape)
        torch.manual_seed(self._request.seed)
        scoring = self._manner.pop("span_scoring", None)
        self._manner["top_k"] = min(self._manner["top_k"], self._shape.entries)
        self._model.set_generation_params(**self._manner)
        if scoring:  # its setter lacks this one
            self._model.generation_params["span_scoring"] = scoring
        self._model.set_custom_progress_callback(stepped)
        made: Samples = self._said()[:, : self._samples].float().cpu().numpy()
        whole = np.pad(made, ((0, 0), (self._unheard, 0)))
        samples = joined(self._start, whole, self._shape.sample_rate)
        return samples / np.float32(max(1.0, np.abs(samples).max()))

    def _said(self) -> torch.Tensor:
        """(channels, samples), with what it has heard of the start before what is new."""
        prompts = [self._request.prompt]
        if not self._start.shape[1]:
            return self._model.generate(prompts, progress=True)[0]
        heard = torch.from_numpy(self._start[:, self._unheard :])[None]
        return self._model.generate_continuation(heard, self._shape.sample_rate, prompts, progress=True)[0]


def _unheard(frames: int, shape: Shape) -> int:
    """Of so many frames of a start those that the decoder is not given: where they fill its window it hears as much as
    it keeps between windows, as the own engine does."""
    return 0 if shape.span or frames < shape.window else frames - (shape.window - shape.stride)


def _of_columns(request: SoundRequest, seconds: float) -> dict[str, Any]:
    """What MusicGen and AudioGen of audiocraft are told."""
    manner = sampling_of(request.parameters)
    return {
        "use_sampling": not manner.greedy,
        "temperature": manner.temperature,
        "top_k": manner.top_k,
        "top_p": manner.top_p,
        "cfg_coef": manner.guidance,
        "duration": seconds + _A_BIT,
    }


def _of_spans(request: SoundRequest) -> dict[str, Any]:
    """What MAGNeT of audiocraft is told."""
    manner = span_sampling_of(request.parameters)
    return {
        "use_sampling": manner.temperature > 0,
        "temperature": manner.temperature,
        "top_k": manner.top_k,
        "top_p": manner.top_p,
        "max_cfg_coef": manner.guidance,
        "min_cfg_coef": manner.final_guidance,
        "decoding_steps": [manner.rounds_of(codebook) for codebook in range(4)],
        "span_arrangement": _ARRANGEMENTS[manner.spans],
        "span_scoring": _SCORINGS[manner.scoring],
    }


def _chance() -> list[torch.Tensor]:
    return [torch.get_rng_state(), *(torch.cuda.get_rng_state_all() if torch.cuda.is_initialized() else [])]


def _go_on(shape: Shape, chance: Sequence[torch.Tensor] = ()) -> None:
    """What audiocraft keeps for the whole process is as this sound needs it, whatever others did in between."""
    backend = "xformers" if shape.span else "torch"
    import_module("audiocraft.modules.transformer").set_efficient_attention_backend(backend)
    if chance:
        torch.set_rng_state(chance[0])
        torch.cuda.set_rng_state_all(chance[1:])
