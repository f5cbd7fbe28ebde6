"""The codes of one sound as MAGNeT chooses them: codebook after codebook, each in a few rounds over all frames."""

from __future__ import annotations

import math
from collections.abc import Generator

import torch
from torch import Tensor

from soundbox.engines.transformer.asked import Sampling
from soundbox.engines.transformer.asked_spans import COLDEST, SpanSampling
from soundbox.engines.transformer.masking import SETTLED, overlapping, scored, side_by_side
from soundbox.engines.transformer.sampling import Manner, choose, guided
from soundbox.engines.transformer.shape import Shape


class SpanCodes:
    """`grid` (codebook, frame) is what the network must see: what is chosen already, and `shape.empty` elsewhere."""

    def __init__(
        self,
        shape: Shape,
        frames: int,
        begun: Tensor,
        manner: SpanSampling,
        chance: torch.Generator,
        length: int | None = None,
    ) -> None:
        """`begun` (codebook, frame), long, is what the sound of `frames` begins with, perhaps nothing.

        `length`: frames that are chosen; None: as many as the network was trained on, in whole spans.
        """
        self._shape, self._span, self._frames, self._begun = shape, shape.span, frames, begun
        self._manner, self._chance = manner, chance
        length = length or -(-shape.window // shape.span) * shape.span
        self.grid = torch.full((shape.codebooks, length), shape.empty, device=begun.device)
        self.grid[:, : begun.shape[1]] = begun
        self._rounds_done = 0

    @property
    def codes(self) -> Tensor:
        """(codebook, frame), all that were asked for."""
        return self.grid[:, : self._frames]

    @property
    def chosen(self) -> int:
        """Frames of which every codebook is known: none but those that were given until all are."""
        return self._frames if self.finished else self._begun.shape[1]

    def frames_from(self, first: int, end: int) -> Tensor:
        """(codebook, frame), of frames that are chosen."""
        return self.grid[:, first:end]

    @property
    def share(self) -> float:
        """Of the rounds, how many are over."""
        return self._rounds_done / sum(map(self._manner.rounds_of, range(self._shape.codebooks)))

    @property
    def finished(self) -> bool:
        return self.share == 1

    def choosing(self) -> Generator[int, Tensor, None]:
        """Yields the codebook that is next, and is sent its logits for every frame of `grid`, (2, frame, entry)."""
        for codebook in range(self._shape.codebooks):
            count = self._manner.rounds_of(codebook)
            scores = self._unsure()
            wanted = int((scores != SETTLED).sum())
            for number, hidden in enumerate(_shares_hidden(count)):
                again = self._hide(codebook, scores, max(int(hidden * wanted), 1))
                logits = yield codebook
                manner = self._manner.in_round(float(hidden), 1 - (number + 1) / count)
                scores = self._put(codebook, logits, again, manner)
                self._rounds_done += 1

    def _unsure(self) -> Tensor:
        """Scores before the first round: what was given is settled."""
        frames, begun = self.grid.shape[1], self._begun.shape[1]
        if self._manner.spans == "apart":
            frames, begun = frames // self._span, begun // self._span
        scores = torch.zeros(frames, device=self.grid.device)
        scores[:begun] = SETTLED
        return scores

    def _hide(self, codebook: int, scores: Tensor, count: int) -> Tensor:
        """Empties what is chosen again. Returns where that is, shaped as the scores are."""
        apart = self._manner.spans == "apart"
        mask = (side_by_side if apart else overlapping)(scores, count, self._span)
        row = self.grid[codebook]
        row[mask] = self._shape.empty
        row[: self._begun.shape[1]] = self._begun[codebook]
        return mask.view(-1, self._span)[:, 0] if apart else row == self._shape.empty

    def _put(self, codebook: int, logits: Tensor, again: Tensor, manner: Sampling) -> Tensor:
        """Chooses what is empty. Returns how unsure each choice is, among all tokens it might have been.

        (audiocraft does so too, but for top-k, where its sampler happens to change the chances that it scores by.)
        """
        sampling = Manner.of([manner], logits.shape[-1], logits.device)
        of_all = guided(logits[None], sampling)
        waits = torch.empty_like(of_all)
        if not manner.greedy:
            waits.exponential_(generator=self._chance)
        chosen = choose(of_all, sampling, waits)[0]
        row = self.grid[codebook]
        row.copy_(torch.where(row == self._shape.empty, chosen, row))
        chances = (of_all[0] / (manner.temperature or COLDEST)).softmax(-1).gather(1, chosen[:, None])[:, 0]
        scores = scored(chances, self._manner.spans, self._manner.scoring, self._span)
        return scores.masked_fill(~again, SETTLED)


def _shares_hidden(rounds: int) -> Tensor:
    """Of everything, at the beginning of each round: a quarter of a cosine."""
    return torch.cos(torch.linspace(0, 1, rounds) * math.pi * 0.5)
