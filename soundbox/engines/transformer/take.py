"""One job on its way from words to samples."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from soundbox.engines.joint import joined, samples_of, start_of
from soundbox.engines.protocol import Chunk, EngineError, Progress, Samples, Sound, SoundRequest
from soundbox.engines.transformer.batch import Member
from soundbox.engines.transformer.beside import Pending
from soundbox.engines.transformer.decoding import Decoding
from soundbox.engines.transformer.magnet import Magnet, SpanMember
from soundbox.engines.transformer.musicgen import MusicGen

_DECODED = 0.95  # of the work is done when every column is chosen


class Take:
    """It may begin again from nothing, and comes out the same."""

    def __init__(self, request: SoundRequest, model: MusicGen | Magnet) -> None:
        """Raises `EngineError` for parameters that cannot be, and where there is nothing to extend."""
        self.request, self._model = request, model
        model.manner(request.parameters)
        start = start_of(request, model.shape.hop)
        self.start = np.zeros((model.shape.channels, 0), np.float32) if start is None else start
        if model.shape.span and self._frames > model.shape.window:
            raise EngineError("With the sound it goes on from, it would be longer than this model can make.")
        self._told = 0.0
        self._decoding: Decoding | None = None
        self._pending: Pending | None = None  # samples on their way from the codec
        self._turned: list[Samples] = []
        self._given = 0  # samples of each channel that went out as chunks
        self.member: Member | SpanMember | None = None

    @property
    def job_id(self) -> str:
        return self.request.job_id

    def begin(self) -> Any:
        """Heard, and ready to join a batch of its model."""
        self.turn_again()
        codes = torch.zeros((self._model.shape.codebooks, 0), dtype=torch.long, device=self._model.device)
        if self.start.shape[1]:
            codes = self._model.codec.encode(self.start)
        self.member = self._model.member(self.request, self._frames, codes)
        return self.member

    def progress(self) -> Progress:
        share = self.member.columns.share if self.member else 0.0
        if self.member and self.member.columns.finished:
            return self._tell(_DECODED + (1 - _DECODED) * self._turned_samples / (1 + self._samples), "rendering")
        seconds = share * self.request.seconds
        return self._tell(_DECODED * share, f"made {seconds:.1f} of {self.request.seconds:g} s")

    def turn_into_samples(self, wait: bool = False) -> Chunk | None:
        """What was chosen since the last call, at most a second of it; None while that is too little, or not there yet.

        `wait` for what the codec is at.
        """
        self._pending = self._pending or self._begin_turning()
        piece = self._pending.result(wait) if self._pending else None
        if piece is None:
            return None
        self._pending = None
        first = self._turned_samples
        samples = piece[:, : self._samples - first].numpy()
        self._turned.append(joined(self.start, samples, self._model.shape.sample_rate, first))
        return self._chunk(first)

    def finished(self) -> Sound | None:
        """None until all of it has been turned into samples."""
        if self._turned_samples < self._samples:
            return None
        samples = np.concatenate(self._turned, axis=1)
        return Sound(samples / np.float32(max(1.0, np.abs(samples).max())), self._model.shape.sample_rate)

    def turn_again(self) -> None:
        """Forget what the codec has done so far."""
        self._decoding, self._pending, self._turned = None, None, []

    def _begin_turning(self) -> Pending | None:
        if self.member is None:
            return None
        columns, codec = self.member.columns, self._model.codec
        decoding = self._decoding = self._decoding or codec.decoding()
        wanted = decoding.wanted(self._frames, columns.chosen)
        if wanted is None:
            return None
        codes = columns.frames_from(*wanted)
        return codec.beside.begin(lambda: decoding.piece(codes, wanted[0], self._frames), codes)

    @property
    def _turned_samples(self) -> int:
        return sum(turned.shape[1] for turned in self._turned)

    def _chunk(self, first: int) -> Chunk | None:
        """The last that was turned, without what went out before it had to begin again."""
        new = self._turned[-1][:, max(0, self._given - first) :]
        self._given = max(self._given, first + self._turned[-1].shape[1])
        return Chunk(self.job_id, new) if new.shape[1] else None

    def _tell(self, share: float, text: str) -> Progress:
        self._told = max(self._told, share)  # it may have begun again
        return Progress(self.job_id, self._told, text)

    @property
    def _samples(self) -> int:
        return samples_of(self.request, self._model.shape.sample_rate)

    @property
    def _frames(self) -> int:
        return -(-self._samples // self._model.shape.hop)
