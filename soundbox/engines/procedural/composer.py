"""From a request to a piece of music, a bar at a time."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from math import prod

import numpy as np

from soundbox.engines.procedural.composition.score import Sheet
from soundbox.engines.procedural.extending import joined
from soundbox.engines.procedural.mixing.desk import Desk
from soundbox.engines.procedural.mixing.master import Colour, Master
from soundbox.engines.procedural.mixing.moves import Moves, Stretch, moves
from soundbox.engines.procedural.mixing.preview import Preview
from soundbox.engines.procedural.performance import LONGEST_TAIL, Performance, blocks, kicks
from soundbox.engines.procedural.piece import Piece, planned
from soundbox.engines.procedural.reel import Reel
from soundbox.engines.procedural.timeline import SAMPLE_RATE, Timeline
from soundbox.engines.protocol import Chunk, Done, Progress, Samples, Sound, SoundRequest

_COMPOSING = 0.8  # share of the work that is composing; the rest is mixing
_BLOCK_SECONDS = 6.0  # the least that is mixed at once
_PROBE_SECONDS = 8.0  # of music by which the levels are set


def compose(request: SoundRequest) -> Iterator[Progress | Chunk | Done]:
    """Make one piece; progress after each bar and each stage of the mix, then the sound. What was mixed comes as chunks
    before the master; of a loop nothing does, for its end rings into its head.

    Raises `EngineError` for parameters and relatives that cannot be played.
    """
    piece = planned(request.recipe)
    timeline = Timeline(piece.frames, piece.loop)
    preview = None if piece.loop else Preview(colour_of(piece), quieted(np.ones((1, piece.frames), np.float32), piece))
    desk = yield from performed(piece, timeline, request.job_id, preview=preview)
    master = Master(timeline, colour_of(piece))
    for stage in master.run(desk.sums.pop("mix")):
        yield Progress(request.job_id, _COMPOSING + 0.19 * stage, "mastering")
    samples = master.finished
    if not piece.loop:
        samples = quieted(samples, piece)
    if piece.joint:
        samples = joined(request, piece, samples, _rendered)
    yield Done(request.job_id, _sound(samples, piece))


def performed(
    piece: Piece,
    timeline: Timeline,
    job_id: str,
    group_of: Callable[[str], str] = lambda _: "mix",
    preview: Preview | None = None,
) -> Generator[Progress | Chunk, None, Desk]:
    """Play and mix every bar; returns the desk, whose `sums` hold one stereo sum for each group of stems.

    With a `preview`, what it makes of the one group called "mix" comes as chunks.
    """
    sheets = piece.sheets()
    desk = Desk(timeline, piece.brief.style.mix, _pulse_tempo(piece), kicks(piece, sheets), _space(piece), group_of,
                moves_of(piece))  # fmt: skip
    rings = timeline.frames + LONGEST_TAIL * SAMPLE_RATE if piece.loop else timeline.frames
    reel = Reel(rings)
    performance = Performance(piece, reel)
    short = piece.extent.seconds <= 1.5 * _PROBE_SECONDS
    if not short:
        _balance(desk, _probed(piece, sheets, performance), preview)
    for done, (sheet, ready) in enumerate(blocks(piece, sheets, _BLOCK_SECONDS), start=1):
        performance.play(sheet)
        if ready and not short:
            start = reel.origin
            desk.lay(reel.take(ready), start)
            if preview:
                yield Chunk(job_id, preview.heard(desk.sums["mix"], ready), preview.lufs)
        yield Progress(job_id, _COMPOSING * done / len(sheets), f"composing bar {done} of {len(sheets)}")
    if short:
        _balance(desk, reel.peek(timeline.frames), preview)
    start = reel.origin
    desk.lay(reel.take(min(rings, reel.reached)), start)
    if preview:
        yield Chunk(job_id, preview.heard(desk.sums["mix"], timeline.frames), preview.lufs)
    return desk


def _balance(desk: Desk, probe: dict[str, Samples], preview: Preview | None) -> None:
    desk.balance(probe)
    if preview:
        preview.probe(desk.dry(probe))


def _probed(piece: Piece, sheets: list[Sheet], performance: Performance) -> dict[str, Samples]:
    """Some of the fullest bars, and for stems that are silent there the first in which they are heard."""
    seconds = piece.extent.metre.steps * piece.extent.metre.step_seconds(piece.extent.tempo)
    count = max(2, round(_PROBE_SECONDS / seconds))
    fullest = max(sheets[:-1] or sheets, key=lambda sheet: sheet.bar.section.energy).bar.section.first_bar
    heard = performance.auditioned(sheets[fullest : fullest + count], (count + 2) * seconds)
    for sheet in sheets:
        missing = performance.stems_of(sheet) - set(heard)
        if missing:
            alone = performance.auditioned([sheet], 2 * seconds)
            heard |= {name: alone[name] for name in missing}
    return heard


def _rendered(request: SoundRequest) -> Samples:
    return next(event.sound.samples for event in compose(request) if isinstance(event, Done))


def moves_of(piece: Piece) -> Moves:
    """What the console does as the sections go by; a loop it leaves alone, for it has no head."""
    if piece.loop:
        return Moves()
    metre, extent = piece.extent.metre, piece.extent
    edges = [round(extent.second(section.first_bar * metre.steps) * SAMPLE_RATE) for section in piece.form]
    stretches = [
        Stretch(start, stop, section.marks)
        for section, start, stop in zip(piece.form, edges, [*edges[1:], piece.frames], strict=True)
    ]
    bars, depth = piece.brief.style.mix.breath
    return moves(stretches, (bars * metre.steps * metre.step_seconds(extent.tempo) * SAMPLE_RATE, depth))


def _pulse_tempo(piece: Piece) -> float:
    return piece.extent.tempo * piece.extent.metre.pulse / 4


def _space(piece: Piece) -> float:
    return float(np.clip(piece.brief.space * prod(texture.space for texture in piece.brief.textures), 0.25, 2.5))


def colour_of(piece: Piece) -> Colour:
    """How the whole is coloured: the style, moods, textures and eras together."""
    mix, textures = piece.brief.style.mix, piece.brief.textures
    brightness = mix.brightness + piece.brief.brightness + sum(texture.brightness for texture in textures)
    return Colour(
        brightness=float(np.clip(brightness, -9.0, 7.0)),
        ceiling_hz=min(mix.ceiling_hz, *(texture.ceiling_hz for texture in textures), 20_000.0),
        drive=float(np.clip(mix.drive * prod(texture.drive for texture in textures), 0.5, 4.0)),
        width=float(np.clip(mix.width * prod(texture.width for texture in textures), 0.0, 1.8)),
        wow=float(max([mix.wow, *(texture.wow for texture in textures)])),
    )


def quieted(samples: Samples, piece: Piece) -> Samples:
    """In place: no click at the head; the last chord (or a piece too short to have one) dies away into silence."""
    extent = piece.extent
    rise = min(samples.shape[1] // 4, SAMPLE_RATE // 500)
    if "fades in" in piece.brief.course:
        rise = int(min(6.0, 0.25 * extent.seconds) * SAMPLE_RATE)
    samples[:, :rise] *= np.linspace(0, 1, rise, dtype=np.float32)
    closing = extent.seconds - extent.second(extent.steps) if extent.ends else 0.25 * extent.seconds
    fall = max(1, int((piece.fade_seconds or min(0.85 * closing, 2.5)) * SAMPLE_RATE))
    samples[:, -fall:] *= np.square(np.cos(np.linspace(0, np.pi / 2, fall, dtype=np.float32)))
    return samples


def _sound(samples: Samples, piece: Piece) -> Sound:
    return Sound(
        samples=np.ascontiguousarray(samples, dtype=np.float32),
        sample_rate=SAMPLE_RATE,
        understood=piece.brief.understood(piece.extent.tempo),
        tempo=round(piece.extent.tempo, 3),
        key=piece.brief.scale.name,
        loop_points=(0, samples.shape[1]) if piece.loop else None,
    )
