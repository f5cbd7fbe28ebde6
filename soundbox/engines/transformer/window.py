"""The columns of one sound, one window of them after another.

Each codebook comes a column later than the one before ("delay pattern"), so a window of n frames is a grid of n + delay
columns with empty corners. A sound longer than the window goes on from its last frames, as audiocraft does it
(`extend_stride`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import torch
from torch import Tensor

from soundbox.engines.transformer.shape import Shape

OPEN = -1  # to be chosen


@dataclass
class Columns:
    """`codes` (codebook, frame) grows from the start given to `frames` in all."""

    shape: Shape
    frames: int
    codes: Tensor  # long; what the sound begins with, perhaps nothing
    _grid: Tensor = field(init=False)  # (codebook, 1 + column): the first is the empty column before the first frame
    _column: int = field(init=False)  # the next one to be chosen, counted in the grid
    _from: int = field(init=False, default=0)  # frame at which the window begins
    _done: int = field(init=False, default=0)  # columns chosen in earlier windows and this one

    def __post_init__(self) -> None:
        begun = self.codes.shape[1]
        self._from = begun - self._kept if begun >= self.shape.window else 0
        self._total = self._columns_to_choose()
        self._open_window()

    @property
    def finished(self) -> bool:
        return self.codes.shape[1] >= self.frames

    @property
    def chosen(self) -> int:
        """Frames of which every codebook is known."""
        if self.finished:
            return self.codes.shape[1]
        return max(self.codes.shape[1], self._from + self._column - 1 - self.shape.delays[-1])

    def frames_from(self, first: int, end: int) -> Tensor:
        """(codebook, frame), of frames that are chosen."""
        behind = self.codes.shape[1]
        if end <= behind:
            return self.codes[:, first:end]
        rows = [self._grid[k, delay + 1 :] for k, delay in enumerate(self.shape.delays)]
        new = torch.stack([row[max(first, behind) - self._from : end - self._from] for row in rows])
        return torch.cat([self.codes[:, min(first, behind) :], new], 1)

    @property
    def share(self) -> float:
        """Of the columns that must be chosen, how many are."""
        return self._done / max(1, self._total)

    @property
    def position(self) -> int:
        """The column that a decoder is given next."""
        return self._column - 1

    @property
    def known(self) -> Tensor:
        """(codebook, column): what a decoder must have seen before it is given the next."""
        return self._grid[:, : self.position]

    def settle(self, row: Tensor) -> None:
        """From now on the grid is the first part of `row` (codebook, 1 + column), where steps put what they choose."""
        row = row[:, : self._grid.shape[1]]
        row.copy_(self._grid)
        self._grid = row

    def move_on(self) -> bool:
        """The next column has been chosen. True: a new window began, whose grid has no row yet."""
        self._column, self._done = self._column + 1, self._done + 1
        if self._column < self._grid.shape[1]:
            return False
        self._close_window()
        if self.finished:
            return False
        self._from += self.shape.stride
        self._open_window()
        return True

    @property
    def _kept(self) -> int:
        return self.shape.window - self.shape.stride

    @property
    def _window(self) -> int:
        return min(self.frames - self._from, self.shape.window)

    def _open_window(self) -> None:
        start, frames = self.codes[:, self._from :], self._window
        grid = torch.full((self.shape.codebooks, self.shape.columns(frames) + 1), self.shape.empty)
        grid = grid.to(self.codes.device)
        for codebook, delay in enumerate(self.shape.delays):
            grid[codebook, delay + 1 : delay + 1 + frames] = OPEN
            grid[codebook, delay + 1 : delay + 1 + start.shape[1]] = start[codebook]
        self._grid, self._column = grid, start.shape[1] + 1

    def _close_window(self) -> None:
        rows = [self._grid[k, delay + 1 :][: self._window] for k, delay in enumerate(self.shape.delays)]
        self.codes = torch.cat([self.codes[:, : self._from], torch.stack(rows)], 1)

    def _columns_to_choose(self) -> int:
        """Over all windows; a window chooses its new frames and what the delays add."""
        total, begun, start = 0, self.codes.shape[1], self._from
        while begun < self.frames:
            end = min(self.frames, start + self.shape.window)
            total += self.shape.columns(end - begun)
            begun, start = end, start + self.shape.stride
        return total
