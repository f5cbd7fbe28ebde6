"""Where a sound goes on from another: the start as it was, then what was made, one becoming the other at the joint."""

from __future__ import annotations

import numpy as np

from soundbox.engines.protocol import EngineError, Samples, SoundRequest

_CROSSFADE_SECONDS = 1 / 30


def start_of(request: SoundRequest, hop: int = 1) -> Samples | None:
    """As much of what it goes on from as is in whole frames of `hop` samples; None where it begins from nothing.

    Raises `EngineError` where there is nothing to extend.
    """
    if request.relation != "extend":
        return None
    if request.start_audio is None:
        raise EngineError("There is no sound to go on from.")
    if request.start_audio.shape[1] < hop:
        raise EngineError("The sound to extend is too short.")
    return request.start_audio[:, : request.start_audio.shape[1] // hop * hop]


def samples_of(request: SoundRequest, rate: int) -> int:
    """Of each channel in the finished sound, all of its start included."""
    start = request.start_audio if request.relation == "extend" else None
    return (0 if start is None else start.shape[1]) + round(request.seconds * rate)


def joined(start: Samples, piece: Samples, rate: int, first: int = 0) -> Samples:
    """A piece of a sound whose own beginning is only like `start`: that as it was, up to just before its end.

    `first`: where the piece begins in the sound.
    """
    own = start[:, first : first + piece.shape[1]]
    if not own.shape[1]:
        return piece
    if len(own) != len(piece):
        own = np.repeat(own.mean(0, keepdims=True), len(piece), axis=0)
    joint = start.shape[1]
    fade = min(joint, round(_CROSSFADE_SECONDS * rate))
    place = np.arange(first, first + own.shape[1], dtype=np.float32)
    share = np.clip((joint - 1 - place) / max(1, fade - 1), 0, 1)
    mixed = own * share + piece[:, : own.shape[1]] * (1 - share)
    return np.concatenate([mixed, piece[:, own.shape[1] :]], axis=1)
