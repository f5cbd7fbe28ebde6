"""Requests of one length and likeness on their way together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from torch import Tensor

from soundbox.engines.diffusion.pipelines import Pipeline
from soundbox.engines.joint import joined, samples_of, start_of
from soundbox.engines.protocol import Done, Event, ModelInfo, Progress, Samples, Sound, SoundRequest
from soundbox.engines.stepwise import Stepwise

_DENOISED = 0.95  # of the work is done when only the codec is left


@dataclass
class Member:
    """A request, and how far it was told to be."""

    request: SoundRequest
    share: float = 0.0
    has_left: bool = False

    @property
    def job_id(self) -> str:
        return self.request.job_id

    def progress(self, share: float, text: str) -> Progress:
        """It may have begun again, which is no reason to fall back."""
        self.share = max(self.share, share)
        return Progress(self.job_id, self.share, text)


class Batch:
    """Whoever leaves is not heard of again; the others go on as they are."""

    def __init__(self, members: Sequence[Member], info: ModelInfo, pipeline: Pipeline) -> None:
        self._all, self._info, self._pipeline = list(members), info, pipeline
        self._frames = samples_of(members[0].request, info.sample_rate)
        self._steps = 0
        self._work: Stepwise[Tensor] = Stepwise(self._make)

    @property
    def members(self) -> list[Member]:
        """Who is still there."""
        return [member for member in self._all if not member.has_left]

    def leave(self, job_id: str) -> None:
        for member in self._all:
            member.has_left |= member.job_id == job_id
        if not self.members:
            self._work.stop()

    def step(self) -> list[Event]:
        """One step of denoising; after the last one the sounds. Raises what the pipeline raises."""
        made = self._work.advance()
        if made is None:
            return [self._progress(member) for member in self.members]
        return [
            Done(member.job_id, self._sound(member.request, one))
            for member, one in zip(self._all, made, strict=True)
            if not member.has_left
        ]

    def _make(self, stand_still: Callable[[], None]) -> Tensor:
        def step(done: int) -> None:
            self._steps = done
            stand_still()

        return self._pipeline.make([member.request for member in self._all], self._frames, step)

    def _progress(self, member: Member) -> Progress:
        steps = self._pipeline.steps
        return member.progress(_DENOISED * self._steps / steps, f"step {self._steps} of {steps}")

    def _sound(self, request: SoundRequest, made: Tensor) -> Sound:
        rate, start = self._info.sample_rate, start_of(request)
        samples: Samples = made[:, : self._frames].float().cpu().numpy()
        if start is not None:
            samples = joined(start, samples, rate)
        return Sound(samples / np.float32(max(1.0, np.abs(samples).max())), rate)
