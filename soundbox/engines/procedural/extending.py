"""Where a piece goes on: the parent's own samples up to the joint, then the new bars, at the same level."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from soundbox.engines.procedural.piece import Piece
from soundbox.engines.procedural.timeline import SAMPLE_RATE
from soundbox.engines.protocol import EngineError, Samples, SoundRequest

_CROSSFADE = SAMPLE_RATE // 30  # frames before the joint in which one becomes the other
_COMPARED = 4 * SAMPLE_RATE  # frames before the joint that tell both levels
_LARGEST_GAIN = 2.0


def joined(request: SoundRequest, piece: Piece, whole: Samples, rendered: Callable[[SoundRequest], Samples]) -> Samples:
    """`whole` is the long piece made from its beginning; its head gives way to the parent's samples.

    They are `request.start_audio`, or made again by `rendered`. Raises `EngineError` when they are too short.
    """
    joint = round(piece.extent.second(piece.joint) * SAMPLE_RATE)
    parent = request.start_audio if request.start_audio is not None else rendered(_parent_request(request))
    if parent.shape[1] < joint:
        raise EngineError("The sound to extend is shorter than the piece it belongs to.")
    fade = min(_CROSSFADE, joint // 2)
    near = slice(max(0, joint - _COMPARED), joint)
    gain = np.sqrt(np.square(parent[:, near]).mean() / max(float(np.square(whole[:, near]).mean()), 1e-12))
    whole *= np.float32(np.clip(gain, 1 / _LARGEST_GAIN, _LARGEST_GAIN))
    np.clip(whole, -1, 1, out=whole)
    whole[:, : joint - fade] = parent[:, : joint - fade]
    share = np.linspace(0, 1, fade, dtype=np.float32)
    edge = slice(joint - fade, joint)
    whole[:, edge] = parent[:, edge] * (1 - share) + whole[:, edge] * share
    return whole


def _parent_request(request: SoundRequest) -> SoundRequest:
    parent = request.parent
    if parent is None:
        raise EngineError("There is nothing to extend.")
    return replace(request, prompt=parent.prompt, seconds=parent.seconds, seed=parent.seed, loop=parent.loop,
                   parameters=parent.parameters, relation=parent.relation, parent=parent.parent)  # fmt: skip
