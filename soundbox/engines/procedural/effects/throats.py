"""Voices of people and animals: a buzzing source and the resonances of a mouth."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from soundbox.engines.procedural.effects.shaping import Signal, phase_of, pink, ringing, sawtooth

# Resonances of an adult's mouth in Hz, after Peterson and Barney's averages.
VOWELS: dict[str, tuple[float, float, float]] = {
    "a": (730, 1090, 2440),
    "e": (530, 1840, 2480),
    "i": (270, 2290, 3010),
    "o": (570, 840, 2410),
    "u": (300, 870, 2240),
    "uh": (640, 1190, 2390),
}
_FORMANT_LEVELS = (1.0, 0.55, 0.3)


def buzz(random: Generator, hz: Signal, breath: float = 0.1, roughness: float = 0.0) -> Signal:
    """Vocal cords that follow `hz`, with air between them; `roughness` makes them stumble."""
    frames = len(hz)
    knots = max(3, frames // 300)
    stumble = np.interp(np.linspace(0, knots - 1, frames), np.arange(knots), random.uniform(-1, 1, knots))
    phase = phase_of(hz * (1.0 + 0.006 * stumble + 0.25 * roughness * stumble))
    cords = sawtooth(phase, 0.88) * (1.0 + 0.6 * roughness * np.sign(np.sin(phase * 0.5)))
    return cords + breath * 8.0 * pink(random, frames) * (0.6 + 0.4 * np.cos(phase))


def mouth(source: Signal, vowels: str, size: float = 1.0, quality: float = 8.0) -> Signal:
    """`source` through vowels (keys of `VOWELS`, parted by spaces), one gliding into the next.

    `size` scales the mouth: a child's is 0.8, a dog's 0.9, a cow's 1.7.
    """
    names = vowels.split()
    share = np.linspace(0.0, max(len(names) - 1, 1), len(source))
    spoken = np.zeros(len(source))
    for number, name in enumerate(names):
        weight = np.maximum(1.0 - np.abs(share - number), 0.0) if len(names) > 1 else 1.0
        formants = tuple(hz / size for hz in VOWELS[name])
        spoken += ringing(source, formants, quality, _FORMANT_LEVELS) * weight
    return spoken
