"""All that a step reads and writes, as tensors that stay where they are: it can be recorded once and played again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import Tensor

from soundbox.engines.transformer.asked import Sampling
from soundbox.engines.transformer.sampling import Manner
from soundbox.engines.transformer.shape import Shape
from soundbox.engines.transformer.window import OPEN

CHANCES = 16  # steps for which a job draws at once


class Slots:
    """How far each of them is, what it has chosen, and how it goes on."""

    def __init__(self, shape: Shape, slots: int, device: torch.device) -> None:
        self._entries = shape.entries
        columns = shape.columns(shape.window) + 1
        self.grid = torch.full((slots, shape.codebooks, columns), shape.empty, device=device)  # OPEN: to be chosen
        self.positions = torch.zeros(slots, dtype=torch.long, device=device)  # the column of the grid that is next
        self.text_lengths = torch.zeros(slots, dtype=torch.long, device=device)
        self._manner = Manner.of([Sampling()] * slots, shape.entries, device)
        self._waits = torch.ones((slots, CHANCES, shape.codebooks, shape.entries), device=device)
        self._drawn = torch.zeros(slots, dtype=torch.long, device=device)  # of those, how many are used up
        self._all = torch.arange(slots, device=device)

    def admit(self, slot: int, text_length: int, sampling: Sampling) -> None:
        self.text_lengths[slot] = text_length
        self._manner.put(slot, Manner.of([sampling], self._entries, self.grid.device))

    def draw(self, slot: int, chance: torch.Generator) -> None:
        """By the chance of the job, for the next steps."""
        self._waits[slot].exponential_(generator=chance)
        self._drawn[slot] = 0

    def move(self, slot: int, to: int) -> None:
        """All but the grid, which belongs to a sound."""
        for values in (self.positions, self.text_lengths, self._waits, self._drawn):
            values[to] = values[slot]
        self._manner.put(to, self._manner, of=slot)

    def manner(self, n: int) -> Manner:
        return self._manner.first(n)

    def latest(self, n: int) -> Tensor:
        """What the decoder is given to choose the next column, (n, codebook)."""
        return self.grid[self._all[:n], :, self.positions[:n]]

    def waits(self, n: int) -> Tensor:
        """(n, codebook, entry), for `sampling.choose`."""
        return self._waits[self._all[:n], self._drawn[:n]]

    def put(self, tokens: Tensor) -> None:
        """Where the grid is open take what was chosen, (n, codebook); on to the next column.

        Slots that nobody has are led along, and stay within what there is.
        """
        n = len(tokens)
        behind = self.positions[:n] + 1
        given = self.grid[self._all[:n], :, behind]
        self.grid[self._all[:n], :, behind] = torch.where(given == OPEN, tokens, given)
        self.positions[:n] = behind.clamp(max=self.grid.shape[2] - 2)
        self._drawn[:n] = (self._drawn[:n] + 1).clamp(max=CHANCES - 1)

    @contextmanager
    def undisturbed(self) -> Iterator[None]:
        """What steps do in here is as if it had not been."""
        changed = (self.grid, self.positions, self._drawn)
        before = [values.clone() for values in changed]
        try:
            yield
        finally:
            for values, old in zip(changed, before, strict=True):
                values.copy_(old)
