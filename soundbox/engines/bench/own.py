"""What the own decoder does: whole batches, the first sound of one, and who joins others."""

from __future__ import annotations

import torch

from soundbox.engines.protocol import SoundRequest
from soundbox.engines.transformer.batch import Batch
from soundbox.engines.transformer.beside import Pace
from soundbox.engines.transformer.musicgen import MusicGen
from soundbox.engines.transformer.take import Take

LONG = 30.0  # seconds of a sound whose beginning is waited for


def request(number: int, seconds: float) -> SoundRequest:
    return SoundRequest(str(number), "music", "a prompt", seconds, seed=number)


class Decoding:
    """Sounds that are decoded again and again, in one and the same memory."""

    def __init__(self, model: MusicGen, slots: int) -> None:
        self._model, self._slots = model, slots
        self._batch, self._pace = model.batch(slots), Pace(model.device)

    def decode(self, frames: int) -> None:
        """As many sounds as there are slots, without turning their codes into samples."""
        nothing = torch.zeros((self._model.shape.codebooks, 0), dtype=torch.long, device=self._model.device)
        for number in range(self._slots):
            self._batch.join(self._model.member(request(number, LONG), frames, nothing))
        while self._batch.members:
            self._batch.step()
            self._pace.keep()

    def first_sound(self) -> None:
        """From the words to the first samples of a long sound that is alone."""
        take = Take(request(0, LONG), self._model)
        self._batch.join(take.begin())
        while take.turn_into_samples() is None:
            self._batch.step()
        self._batch.leave(take.job_id)

    def filled_but_one(self) -> Batch:
        for number in range(1, self._slots):
            self._batch.join(Take(request(number, LONG), self._model).begin())
        self._batch.step()
        return self._batch

    def join(self, batch: Batch) -> None:
        """From the words to the first column of who joins a batch: what the others wait for that."""
        batch.join(Take(request(0, LONG), self._model).begin())
        batch.step()
