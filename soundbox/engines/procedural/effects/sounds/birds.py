"""Birds and insects."""

from __future__ import annotations

import numpy as np

from soundbox.engines.procedural.effects.shaping import (
    Signal,
    add_at,
    band_pass,
    bump,
    frames_of,
    high_pass,
    line,
    sawtooth,
    sine,
    times,
)
from soundbox.engines.procedural.effects.stretch import Event, Stretch
from soundbox.engines.procedural.effects.throats import buzz, mouth


def song(event: Event) -> Signal:
    """A phrase: the bird has two or three syllables of its own and strings them together anew each time."""
    character, random = event.character, event.random
    home = character.uniform(2600, 4600) * event.manner.pitch / event.manner.size**0.5
    syllables = [_syllable_shape(character) for _ in range(3)]
    phrase = np.zeros(frames_of(2.2))
    start = 0.0
    for _ in range(int(random.integers(3, 9))):
        seconds, bends, trill = syllables[int(random.integers(0, 3))]
        chirp = _chirp(home * random.uniform(0.97, 1.03), seconds, bends, trill) * random.uniform(0.6, 1.0)
        add_at(phrase, chirp, start)
        start += seconds + random.uniform(0.03, 0.1)
        if start > 1.9:
            break
    return phrase * random.uniform(0.35, 1.0)


def _syllable_shape(character: np.random.Generator) -> tuple[float, tuple[float, ...], float]:
    bends = tuple(float(bend) for bend in character.uniform(0.75, 1.45, int(character.integers(2, 5))))
    return float(character.uniform(0.05, 0.2)), bends, float(character.choice([0.0, 0.0, 0.04, 0.09]))


def _chirp(hz: float, seconds: float, bends: tuple[float, ...], trill: float) -> Signal:
    curve = hz * line(seconds, *bends)
    curve = curve * (1.0 + trill * np.sin(2 * np.pi * 38 * np.arange(len(curve)) / 44100))
    return (sine(curve) + 0.08 * sine(curve * 2)) * bump(seconds, 0.4, 0.7)


def caw(event: Event) -> Signal:
    """A crow."""
    seconds = event.random.uniform(0.3, 0.42)
    hz = line(seconds, 480, 560, 470) * event.character.uniform(0.9, 1.1) * event.manner.pitch
    return high_pass(mouth(buzz(event.random, hz, 0.5, 0.8), "a e a", 0.75, 4.0), 500) * bump(seconds, 0.3, 0.4)


def gull(event: Event) -> Signal:
    """A seagull's falling cries."""
    sound = np.zeros(frames_of(2.4))
    start = 0.0
    for number in range(int(event.random.integers(2, 5))):
        seconds = 0.55 if number == 0 else 0.28
        hz = line(seconds, 800, 1350, 1250, 950) * event.character.uniform(0.9, 1.1) * event.manner.pitch
        add_at(sound, mouth(buzz(event.random, hz, 0.1, 0.12), "e a o", 0.55, 5.0) * bump(seconds, 0.3, 0.5), start)
        start += seconds + 0.12
    return sound


def cricket(event: Event) -> Signal:
    """Three or four strokes of the wings."""
    hz = event.character.uniform(4100, 4900) * event.manner.pitch
    strokes = int(event.character.integers(3, 5))
    sound = np.zeros(frames_of(0.04 * strokes))
    for number in range(strokes):
        stroke = sine(hz, 0.024) * bump(0.024, 0.6, 0.8) * (0.5 + 0.5 * number / strokes)
        add_at(sound, stroke, 0.036 * number)
    return sound * event.random.uniform(0.7, 1.0)


def night_air(stretch: Stretch) -> Signal:
    """A meadow of far crickets and a little wind."""
    shimmer = 0.5 + stretch.drift("shimmer", 11, 0.0, 0.5)
    far = stretch.noise().band(3900, 5200, 3) * shimmer
    return far * 1.6 + stretch.noise().band(120, 500) * 0.25


def cicadas(stretch: Stretch) -> Signal:
    rattle = np.maximum(np.sin(stretch.phase("rattle", 92, 0.05)), 0.2) * stretch.drift("chorus", 0.3, 0.4, 1.0)
    return stretch.noise().band(4300, 8200, 2) * rattle * 3.0


def insect(stretch: Stretch) -> Signal:
    """A bee or fly that wanders from ear to ear; a small one is a mosquito."""
    hz = 195.0 / stretch.manner.size**2 * stretch.manner.pitch
    wings = sawtooth(stretch.phase("wings", hz, 0.09, 2.5), 0.85)
    near = stretch.drift("near", 0.7, 0.12, 1.0) ** 1.5
    side = stretch.drift("side", 0.6, 0.1, 0.9) * np.pi / 2
    flight = band_pass(wings * near, hz, 4200)
    return np.stack([np.cos(side) * flight, np.sin(side) * flight])


def flap(event: Event) -> Signal:
    """A few wing beats."""
    seconds = 0.9
    beats = np.maximum(np.sin(2 * np.pi * 8.5 * event.manner.speed / event.manner.size * times(seconds)), 0.0) ** 2
    return (
        band_pass(event.random.standard_normal(len(beats)), 200, 1800)
        * beats
        * line(seconds, 1, 0.8, 0.3)[: len(beats)]
    )
