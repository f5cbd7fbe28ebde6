"""The parts of a piece apart: `python -m soundbox.engines.procedural.stems REQUEST.json PART OUT.wav`.

The four stems carry their room and echoes, and add up to the mix as it is before the master: within -90 dB of its peak
as samples, within -70 dB as 16-bit files. Beds belong to the chords, risers to the drums.
"""

from __future__ import annotations

import sys
from collections.abc import Generator
from pathlib import Path

import numpy as np

from soundbox.audio.program import ending_in_words
from soundbox.audio.wav import write
from soundbox.engines.procedural.composer import performed, quieted
from soundbox.engines.procedural.mixing.desk import Desk
from soundbox.engines.procedural.piece import planned
from soundbox.engines.procedural.recipes import request_in
from soundbox.engines.procedural.timeline import SAMPLE_RATE, Timeline
from soundbox.engines.protocol import Chunk, EngineError, Progress, Samples, Sound, SoundRequest

PARTS = ("drums", "bass", "chords", "melody")
_PART_OF_STEM = {**{part: part for part in PARTS}, "beds": "chords", "risers": "drums"}
_PEAK = 10 ** (-1 / 20)  # of the loudest of the stems and their sum


def stems(request: SoundRequest) -> dict[str, Sound]:
    """Each part on its own, at the level it has in the mix; a part that never plays is silence.

    Of a piece that extends another this is the whole, made again from its beginning. Raises `EngineError` as the
    composer does.
    """
    piece = planned(request.recipe)
    timeline = Timeline(piece.frames, piece.loop)
    sums = _result(performed(piece, timeline, request.job_id, _PART_OF_STEM.__getitem__)).sums
    parts = {part: sums.get(part, timeline.silence()) for part in PARTS}
    gain = np.float32(_PEAK / max(_peak(sum(parts.values(), timeline.silence())), *map(_peak, parts.values()), 1e-6))
    for samples in parts.values():
        samples *= gain
        if not piece.loop:
            quieted(samples, piece)
    loop_points = (0, timeline.frames) if piece.loop else None
    return {
        part: Sound(samples, SAMPLE_RATE, (part,), round(piece.extent.tempo, 3), piece.brief.scale.name,
                    loop_points=loop_points)
        for part, samples in parts.items()
    }  # fmt: skip


def _result(playing: Generator[Progress | Chunk, None, Desk]) -> Desk:
    """Let it run to its end, and take what it returns."""
    while True:
        try:
            next(playing)
        except StopIteration as end:
            return end.value


def _peak(samples: Samples) -> float:
    return float(np.abs(samples).max(initial=0.0))


def main(arguments: list[str]) -> None:
    with ending_in_words(EngineError):
        if len(arguments) != 3 or arguments[1] not in PARTS:
            raise EngineError(f"Usage: REQUEST.json {'|'.join(PARTS)} OUT.wav")
        sound = stems(request_in(Path(arguments[0])))[arguments[1]]
        write(Path(arguments[2]), sound.samples, sound.sample_rate, loop_points=sound.loop_points)


if __name__ == "__main__":
    main(sys.argv[1:])
