"""From a layer to samples: beds in overlapped stretches, events where their rhythm puts them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.random import default_rng

from soundbox.engines.procedural.effects.joining import Joiner, lay
from soundbox.engines.procedural.effects.parts import Bed, Layer, Part, Series, Shot
from soundbox.engines.procedural.effects.rooms import Rooms
from soundbox.engines.procedural.effects.shaping import RATE, fade_ends, high_pass
from soundbox.engines.procedural.effects.space import heard, panned
from soundbox.engines.procedural.effects.stretch import Event, Stretch

STRETCH_SECONDS = 6.0
_WARM_UP_SECONDS = 0.25  # filters and flutter have settled by then
_LOWEST_HZ = 18.0  # below is only what loudspeakers choke on
_SHORTEST_EVENT_SECONDS = 0.12


@dataclass(frozen=True)
class Length:
    frames: int
    loop: bool

    @property
    def seconds(self) -> float:
        return self.frames / RATE


def arrange(layer: Layer, rooms: Rooms, in_company: bool) -> Iterator[float]:
    """Plays a layer into `rooms`, and yields the share done after every stretch or event.

    `in_company`: something in the prompt goes on for the whole length, so shots come again.
    """
    length = Length(rooms.frames, rooms.loop)
    parts = layer.effect.parts
    for number, part in enumerate(parts):
        for share in _part(rooms, part, layer, length, layer.seed + number, in_company):
            yield (number + share) / len(parts)


def _part(rooms: Rooms, part: Part, layer: Layer, length: Length, seed: int, in_company: bool) -> Iterator[float]:
    if isinstance(part, Bed):
        return _bed(rooms, part, layer, length, seed)
    starts = (
        _series_starts(part, layer, length, seed)
        if isinstance(part, Series)
        else _shot_starts(part, layer, length, seed, in_company)
    )
    return _events(rooms, part, layer, length, seed, starts)


def _bed(rooms: Rooms, bed: Bed, layer: Layer, length: Length, seed: int) -> Iterator[float]:
    room = layer.manner.room or bed.room
    lead = round(_WARM_UP_SECONDS * RATE)
    canvas = rooms.silence()
    joiner = Joiner(canvas, length.loop)
    for number, (start, frames) in enumerate(joiner.stretches(round(STRETCH_SECONDS * RATE))):
        stretch = Stretch(
            default_rng([seed, number]), seed, start - lead, lead + frames, length.frames, length.loop, layer.manner
        )
        sound = heard(high_pass(bed.make(stretch), _LOWEST_HZ), room, layer.manner.distance)
        joiner.add(start, bed.gain * sound[:, lead : lead + frames])
        yield min(1.0, (start + frames) / length.frames)
    joiner.close()
    rooms.of(room)[:] += canvas


def _events(
    rooms: Rooms, part: Series | Shot, layer: Layer, length: Length, seed: int, starts: list[float]
) -> Iterator[float]:
    place = default_rng([seed, 77])
    room = layer.manner.room or layer.effect.room
    canvas = rooms.of(room)
    middle = place.uniform(-part.spread, part.spread)
    for number, start in enumerate(starts):
        seconds = length.seconds if length.loop else length.seconds - start
        event = Event(default_rng([seed, number]), default_rng([seed, 99]), number, seconds, layer.manner)
        sound = fade_ends(high_pass(part.make(event), _LOWEST_HZ), 0.0008, 0.006)
        stereo = panned(sound, middle + place.uniform(-part.spread, part.spread) * 0.5)
        lay(canvas, part.gain * heard(stereo, room, layer.manner.distance), round(start * RATE), length.loop)
        yield (number + 1) / len(starts)


def _series_starts(series: Series, layer: Layer, length: Length, seed: int) -> list[float]:
    random, manner = default_rng([seed, 55]), layer.manner
    every = series.every / manner.speed
    begin = layer.starts_at * length.seconds
    if manner.count is not None:
        every = min(every, (length.seconds - begin) / manner.count)
        number = manner.count
    elif length.loop:
        number = max(1, round((length.seconds - begin) / every))
        every = (length.seconds - begin) / number
    else:
        begin -= series.early
        needed = float(np.clip(every / 4, _SHORTEST_EVENT_SECONDS, 1.5))
        number = max(1, int((length.seconds - needed - begin) / every) + 1)
    late = random.uniform(-0.5, 0.5, number) * series.unsteady * every
    late[0] = 0.0
    return [float(start) for start in begin + np.arange(number) * every + late if start < length.seconds]


def _shot_starts(shot: Shot, layer: Layer, length: Length, seed: int, in_company: bool) -> list[float]:
    random, begin = default_rng([seed, 55]), layer.starts_at * length.seconds
    if layer.manner.count is not None:
        every = min(shot.again or 1.2, 1.2 / layer.manner.speed, (length.seconds - begin) / layer.manner.count)
        return [begin + number * every for number in range(layer.manner.count)]
    if not in_company or shot.again is None:
        return [begin]
    starts: list[float] = []
    every = shot.again / layer.manner.speed
    start = begin + min(0.08 * length.seconds, 2.0)
    while start < length.seconds - min(1.0, 0.3 * length.seconds) or not starts:
        starts.append(start)
        start += every * random.uniform(0.6, 1.4)
    return starts
