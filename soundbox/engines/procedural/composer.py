"""From a request to a piece of music, a bar at a time."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from soundbox.engines.procedural.chance import stream
from soundbox.engines.procedural.composition.casting import cast
from soundbox.engines.procedural.composition.form import Extent, circle, line
from soundbox.engines.procedural.composition.song import Player, bars_of, drummer, player
from soundbox.engines.procedural.mixing.desk import Desk
from soundbox.engines.procedural.performance import Performance
from soundbox.engines.procedural.reading.brief import Brief
from soundbox.engines.procedural.reading.prompt import read
from soundbox.engines.procedural.timeline import SAMPLE_RATE, Timeline
from soundbox.engines.protocol import Done, Progress, Samples, Sound, SoundRequest

_COMPOSING = 0.8  # share of the work that is composing; the rest is mixing


def compose(request: SoundRequest) -> Iterator[Progress | Done]:
    """Make one piece; progress after each bar and each stage of the mix, then the sound.

    Raises `EngineError` for parameters that cannot be played.
    """
    brief = read(request.prompt, request.seed, request.parameters)
    extent = _extent(request, brief)
    timeline = Timeline(round(extent.seconds * SAMPLE_RATE), request.loop)
    performance = _performance(request, brief, extent, timeline)
    bars = bars_of(brief, extent, stream(request.seed, request.prompt, "harmony"))
    for done, bar in enumerate(bars, start=1):
        performance.play(bar)
        yield Progress(request.job_id, _COMPOSING * done / len(bars), f"composing bar {done} of {len(bars)}")

    desk = Desk(timeline, brief.style.mix, extent.tempo, brief.brightness, brief.space)
    share = _COMPOSING
    for stage in desk.run(performance.stems, performance.kicks):
        share += (0.99 - share) / 4
        yield Progress(request.job_id, share, f"mixing: {stage}")
    samples = desk.mixed if request.loop else _with_quiet_ends(desk.mixed, extent)
    yield Done(request.job_id, _sound(samples, brief, extent, request.loop))


def _extent(request: SoundRequest, brief: Brief) -> Extent:
    if request.loop:
        return circle(request.seconds, brief.tempo, brief.beats_per_bar, brief.tempo_is_fixed)
    return line(request.seconds, brief.tempo, brief.beats_per_bar)


def _performance(request: SoundRequest, brief: Brief, extent: Extent, timeline: Timeline) -> Performance:
    def chance(purpose: str) -> np.random.Generator:
        return stream(request.seed, request.prompt, purpose)

    players: list[Player] = []
    for place, part in enumerate(cast(brief)):
        taken = [other.instrument for other in players]
        players.append(player(part, brief.scale, taken, chance(f"part {place}")))
    return Performance(brief, extent, timeline, players, drummer(brief, chance("drums")), chance("touch"))


def _with_quiet_ends(samples: Samples, extent: Extent) -> Samples:
    """No click at the head; the last chord (or a piece too short to have one) dies away into silence."""
    rise = min(samples.shape[1] // 4, SAMPLE_RATE // 500)
    samples[:, :rise] *= np.linspace(0, 1, rise, dtype=np.float32)
    closing = extent.seconds - extent.beats * 60 / extent.tempo if extent.ends else 0.25 * extent.seconds
    fall = max(1, int(min(0.85 * closing, 2.5) * SAMPLE_RATE))
    samples[:, -fall:] *= np.square(np.cos(np.linspace(0, np.pi / 2, fall, dtype=np.float32)))
    return samples


def _sound(samples: Samples, brief: Brief, extent: Extent, loop: bool) -> Sound:
    return Sound(
        samples=np.ascontiguousarray(samples, dtype=np.float32),
        sample_rate=SAMPLE_RATE,
        understood=brief.understood(extent.tempo),
        tempo=round(extent.tempo, 3),
        key=brief.scale.name,
        loop_points=(0, samples.shape[1]) if loop else None,
    )
