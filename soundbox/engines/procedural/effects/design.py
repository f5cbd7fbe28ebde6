"""The sound designer: a prompt becomes layers, layers become one sound."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from soundbox.engines.procedural.effects.arranging import arrange
from soundbox.engines.procedural.effects.levels import balance, mastered_bed, mastered_shot
from soundbox.engines.procedural.effects.manner import Manner
from soundbox.engines.procedural.effects.parts import Bed, Effect, Layer
from soundbox.engines.procedural.effects.reading import Reading, read
from soundbox.engines.procedural.effects.rooms import Rooms, Scene
from soundbox.engines.procedural.effects.shaping import RATE
from soundbox.engines.procedural.effects.sounds.weather import outdoors
from soundbox.engines.protocol import Done, Progress, Samples, Sound, SoundRequest

_LAYERS_SHARE, _ROOMS_SHARE = 0.85, 0.1  # of the work; the rest is mastering
_FADE_IN_SECONDS = 0.012  # of beds; shots begin by themselves
_FADE_OUT_SECONDS = 0.06
_SEAM_SECONDS = 0.01
_FAR_LOSS_DB = 9.0  # how much lower than its neighbours a layer far away is
_ROOM_TONE = Effect("room tone", "", (Bed(outdoors),), level_db=-36.0)


def design(request: SoundRequest) -> Iterator[Progress | Done]:
    """Makes the sound effect that `request.prompt` describes; each next() takes at most some tenths of a second.

    The sound is 44.1 kHz stereo, exactly round(seconds * 44100) frames, and equal for equal requests. With
    `request.loop` its end runs into its beginning without a seam, and `loop_points` span the whole.
    """
    reading = read(request.prompt, request.seed)
    layers = (*reading.layers, *_room_tone(reading, request.seed))
    in_company = _has_company(reading) and not _is_a_story(reading)
    frames = round(request.seconds * RATE)
    scene = Scene(frames, request.loop)
    for number, layer in enumerate(layers):
        rooms = Rooms(frames, request.loop)
        for share in arrange(layer, rooms, in_company):
            yield Progress(request.job_id, _LAYERS_SHARE * (number + share) / len(layers), f"making {layer.label}")
        level_db = layer.effect.level_db - _FAR_LOSS_DB * layer.manner.distance
        scene.add(rooms, balance(rooms.direct(), level_db), layer.manner.distance)
    for share in scene.answer():
        yield Progress(request.job_id, _LAYERS_SHARE + _ROOMS_SHARE * share, "mixing")
    yield Progress(request.job_id, _LAYERS_SHARE + _ROOMS_SHARE, "mixing")
    yield Done(request.job_id, _finished(scene.mix, reading, request.loop))


def _room_tone(reading: Reading, seed: int) -> tuple[Layer, ...]:
    """The faint air between repeated events: real places are never digitally silent."""
    has_bed = any(isinstance(part, Bed) for layer in reading.layers for part in layer.effect.parts)
    if has_bed or not _has_company(reading):
        return ()
    return (Layer(_ROOM_TONE, Manner(), _ROOM_TONE.name, seed),)


def _has_company(reading: Reading) -> bool:
    return any(_goes_on(layer) for layer in reading.layers)


def _is_a_story(reading: Reading) -> bool:
    """One thing happens, then another: nothing happens twice."""
    return any(layer.starts_at > 0.0 for layer in reading.layers)


def _goes_on(layer: Layer) -> bool:
    return not layer.effect.is_one_shot and layer.manner.count is None


def _finished(mix: Samples, reading: Reading, loop: bool) -> Sound:
    goes_on = _has_company(reading)
    mix = _with_smooth_seam(mix) if loop else _with_soft_ends(mix, goes_on)
    samples = mastered_bed(mix) if goes_on else mastered_shot(mix)
    return Sound(
        samples,
        RATE,
        understood=reading.understood,
        one_shot=not goes_on,
        loop_points=(0, samples.shape[1]) if loop else None,
    )


def _with_smooth_seam(mix: Samples) -> Samples:
    """Turns the ring a few milliseconds, so that it is closed at its smallest step thereabouts."""
    ending = mix[:, -min(round(_SEAM_SECONDS * RATE), mix.shape[1]) :]
    steps = np.max(np.abs(np.diff(ending, axis=1)), axis=0)
    return np.roll(mix, len(steps) - int(np.argmin(steps)), axis=1)


def _with_soft_ends(mix: Samples, goes_on: bool) -> Samples:
    into = round(_FADE_IN_SECONDS * RATE) if goes_on else 0
    out = min(round(_FADE_OUT_SECONDS * RATE), mix.shape[1] // 4)
    mix[:, :into] *= np.linspace(0.0, 1.0, into, dtype=np.float32)
    mix[:, -out:] *= np.linspace(1.0, 0.0, out, dtype=np.float32)
    return mix
