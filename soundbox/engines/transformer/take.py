"""One job on its way from words to samples."""

from __future__ import annotations

from collections.abc import Generator

import numpy as np
import torch
from torch import Tensor

from soundbox.engines.protocol import EngineError, Progress, Samples, Sound, SoundRequest
from soundbox.engines.transformer.asked import sampling_of
from soundbox.engines.transformer.batch import Member
from soundbox.engines.transformer.musicgen import MusicGen
from soundbox.engines.transformer.sampling import Choice
from soundbox.engines.transformer.window import Columns

_DECODED = 0.95  # of the work is done when every column is chosen
_CROSSFADE_SECONDS = 1 / 30


class Take:
    """It may begin again from nothing, and comes out the same."""

    def __init__(self, request: SoundRequest, model: MusicGen) -> None:
        """Raises `EngineError` for parameters that cannot be, and where there is nothing to extend."""
        self.request, self._model = request, model
        self.sampling = sampling_of(request.parameters)
        self.start = self._whole_frames(request)
        self._told = 0.0
        self._turning: Generator[None, None, Samples] | None = None
        self._turned = 0
        self.member: Member | None = None

    @property
    def job_id(self) -> str:
        return self.request.job_id

    def begin(self) -> Member:
        """Heard, and ready to join a batch."""
        device = self._model.device
        codes = torch.zeros((self._model.shape.codebooks, 0), dtype=torch.long, device=device)
        if self.start.shape[1]:
            codes = self._model.codec.encode(self.start)
        columns = Columns(self._model.shape, self._frames, codes)
        choice = Choice.of(self.sampling, self.request.seed, device)
        self.member = Member(self.job_id, self._model.text.encode(self.request.prompt), columns, choice)
        return self.member

    def progress(self) -> Progress:
        share = self.member.columns.share if self.member else 0.0
        if self._turned:
            return self._tell(_DECODED + (1 - _DECODED) * self._turned / (1 + self._model.codec.layers), "rendering")
        seconds = share * self.request.seconds
        return self._tell(_DECODED * share, f"made {seconds:.1f} of {self.request.seconds:g} s")

    def turn_into_samples(self) -> Sound | None:
        """One layer of the codec at each call; the last call gives the sound."""
        if self._turning is None:
            self._turning = self._model.codec.decoding(self._codes())
        try:
            next(self._turning)
        except StopIteration as end:
            return Sound(self._finished(end.value), self._model.shape.sample_rate)
        self._turned += 1
        return None

    def turn_again(self) -> None:
        """Forget what the codec has done so far."""
        self._turning, self._turned = None, 0

    def _tell(self, share: float, text: str) -> Progress:
        self._told = max(self._told, share)  # it may have begun again
        return Progress(self.job_id, self._told, text)

    def _codes(self) -> Tensor:
        if self.member is None:
            raise RuntimeError("A take has no codes before it has begun.")
        return self.member.columns.codes

    @property
    def _samples(self) -> int:
        """Of each channel, in the finished sound."""
        start = self.request.start_audio
        before = 0 if start is None else start.shape[1]
        return before + round(self.request.seconds * self._model.shape.sample_rate)

    @property
    def _frames(self) -> int:
        return -(-self._samples // self._model.shape.hop)

    def _whole_frames(self, request: SoundRequest) -> Samples:
        """As much of the start sound as the codec hears without padding."""
        shape, start = self._model.shape, request.start_audio
        if start is None:
            if request.relation == "extend":
                raise EngineError("There is no sound to go on from.")
            return np.zeros((shape.channels, 0), np.float32)
        if start.shape[1] < shape.hop:
            raise EngineError("The sound to extend is too short.")
        return start[:, : start.shape[1] // shape.hop * shape.hop]

    def _finished(self, samples: Samples) -> Samples:
        samples = samples[:, : self._samples]
        joint = self.start.shape[1]
        if joint:
            samples = _joined(self.start, samples, round(_CROSSFADE_SECONDS * self._model.shape.sample_rate))
        return samples / np.float32(max(1.0, np.abs(samples).max()))


def _joined(start: Samples, whole: Samples, fade: int) -> Samples:
    """The start as it was, not as the codec hears it; just before its end one becomes the other."""
    joint = start.shape[1]
    fade = min(fade, joint)
    own = np.ones(whole.shape[1], np.float32)
    own[joint - fade : joint] = np.linspace(1, 0, fade, dtype=np.float32)
    own[joint:] = 0
    if len(start) != len(whole):
        start = np.repeat(start.mean(0, keepdims=True), len(whole), axis=0)
    padded = np.pad(start, ((0, 0), (0, whole.shape[1] - joint)))
    return padded * own + whole * (1 - own)
