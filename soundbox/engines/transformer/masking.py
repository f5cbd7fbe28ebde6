"""Which frames MAGNeT chooses again: those of the spans it was least sure of, fewer in every round.

Written for one sound: scores are (frame,) or (span,), a high one means unsure.
"""

from __future__ import annotations

import torch
from torch import Tensor

from soundbox.engines.transformer.asked_spans import Arrangement, Scoring

SETTLED = -1e4  # the score of what is never chosen again


def side_by_side(scores: Tensor, hidden: int, length: int) -> Tensor:
    """(span,) to a mask (frame,) over the `hidden` least sure spans."""
    mask = torch.zeros_like(scores, dtype=torch.bool)
    mask[scores.topk(hidden).indices] = True
    return mask.repeat_interleave(length)


def overlapping(scores: Tensor, hidden: int, length: int) -> Tensor:
    """(frame,) to a mask (frame,) over spans that begin anywhere, as many as hide about `hidden` frames together.

    How many that are is found by halving.
    """
    unsure = scores.unfold(0, length, 1).sum(-1).argsort(descending=True)
    hidden = max(hidden, length)
    fewest, most = hidden // length, hidden - length + 1
    middle = round((fewest + most) / 2)
    mask = _covered(unsure[:middle], length, len(scores))
    while fewest < middle < most:
        mask = _covered(unsure[:middle], length, len(scores))
        if mask.sum() > hidden:
            most = middle
        else:
            fewest = middle
        middle = round((fewest + most) / 2)
    return mask


def _covered(starts: Tensor, length: int, frames: int) -> Tensor:
    mask = torch.zeros(frames, dtype=torch.bool, device=starts.device)
    mask[(starts[:, None] + torch.arange(length, device=starts.device)).flatten()] = True
    return mask


def scored(chances: Tensor, arrangement: Arrangement, scoring: Scoring, length: int) -> Tensor:
    """How unsure each frame is, or each span of frames side by side. `chances` (frame,): of what was chosen."""
    if arrangement == "overlapping":
        return -chances.log()
    spans = chances.view(-1, length)
    return 1 - spans.amax(-1) if scoring == "surest" else -spans.log().sum(-1)
