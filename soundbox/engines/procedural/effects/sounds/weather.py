"""Rain, hail, wind, thunder."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from soundbox.engines.procedural.effects.shaping import (
    Signal,
    add_at,
    band_pass,
    drawn_out,
    frames_of,
    low_pass,
    pluck,
    resonate,
    ringing,
    white,
)
from soundbox.engines.procedural.effects.stretch import Event, Stretch

# What drops fall on: resonances in Hz, how long they ring (quality), how strong they are beside the rain itself.
_ROOFS: dict[str, tuple[tuple[float, ...], float, float]] = {
    "tin": ((410, 655, 980, 1490, 2240, 3150), 14, 1.5),
    "metal": ((530, 1240, 2110, 3480), 22, 1.3),
    "glass": ((1450, 2350, 3600, 5200), 9, 0.9),
    "wood": ((190, 320, 520, 880), 5, 1.2),
    "tent": ((120, 210, 390, 760), 2.5, 1.8),
    "leaves": ((1700, 2900, 4300), 1.2, 1.0),
    "water": ((1900, 2700, 3700, 4900), 16, 0.7),
}


def rain(stretch: Stretch) -> Signal:
    """A hiss of countless far drops, near drops one by one, and whatever they drum upon."""
    strength = stretch.manner.strength
    swell = stretch.drift("swell", 0.25, 0.8, 1.1)
    hiss = stretch.noise()
    sheet = (0.55 * hiss.high(900, 1) + 0.5 * hiss.band(350, 1300)) * strength**1.2
    near = band_pass(stretch.scatter(80 * strength, loudness_shape=1.1), 1600, 6500, 2) * 1.1
    fat = band_pass(stretch.scatter(16 * strength, loudness_shape=1.2), 500, 1900) * 1.6
    roof = _ROOFS.get(stretch.manner.material or "")
    if roof is None:
        return swell * sheet + near + fat
    return swell * sheet * 0.6 + near * 0.5 + fat * 0.5 + _drumming(stretch, *roof)


def _drumming(stretch: Stretch, resonances: tuple[float, ...], quality: float, level: float) -> Signal:
    drops = stretch.scatter(100 * stretch.manner.strength**1.5, loudness_shape=0.9)
    thuds = low_pass(drops, resonances[-1] * 1.5, 1)
    return 1.8 * level * ringing(thuds, resonances, quality, (1.0,) * len(resonances))


def hail(stretch: Stretch) -> Signal:
    stones = stretch.scatter(40 * stretch.manner.strength, loudness_shape=1.0)
    hard = ringing(stones, (1150, 2300, 3900, 6100), 6, (1.0,) * 4)
    return 1.6 * hard + 0.25 * stretch.noise().high(700)


def wind(stretch: Stretch) -> Signal:
    """Gusts that open the higher bands, and a whistle when it is strong or howls."""
    strength = stretch.manner.strength
    gust = stretch.drift("gust", 0.45, 0.15, 1.0, power=1.3)
    noise = stretch.noise()
    body = noise.band(70, 260) * (0.5 + gust) + noise.band(220, 700) * 1.5 * gust
    air = noise.band(700, 2600) * gust**2 * 0.9
    breath = noise.plain()
    whistle = np.zeros(stretch.shape)
    for number, (hz, left) in enumerate(((430, 0.6), (590, 0.25), (820, 0.75), (1130, 0.4))):
        amount = np.maximum(stretch.drift(f"whistle {number}", 0.5, -0.9, 1.0), 0.0) * gust
        crack = resonate(breath[number % 2], hz * stretch.manner.pitch, 22) * amount  # one place, heard by both ears
        for channel, share in zip(whistle, (left, 1.0 - left), strict=True):
            channel += (2.0 * share) ** 0.5 * crack
    return body + air * strength + whistle * 2.2 * (strength - 0.45)


def outdoors(stretch: Stretch) -> Signal:
    """What is left when nothing sounds outside."""
    return stretch.noise().band(90, 900) * (0.7 + stretch.drift("air", 0.4, 0.0, 0.6))


def rustle(stretch: Stretch) -> Signal:
    """Leaves in a breeze."""
    gust = stretch.drift("gust", 0.5, 0.1, 1.0, power=1.5)
    flutter = 0.4 + stretch.drift("flutter", 9, 0.0, 0.6)
    return stretch.noise().band(1800, 7500) * gust * flutter


def thunder(event: Event) -> Signal:
    """A crack when it is close, then blows that roll over each other and fade downwards."""
    random, near = event.random, 1.0 - event.manner.distance
    seconds = min(random.uniform(5.5, 8.5) * event.manner.size, event.seconds + 0.5)
    noise = white(random, (2, frames_of(seconds)))
    envelope = drawn_out(_rolling(random, seconds), seconds)
    rumble = (low_pass(noise, 75, 2) * 9.0 + low_pass(noise, 170, 2) * 2.4) * envelope
    grit = band_pass(noise, 180, 700) * envelope**2 * 0.35 * near
    flash = min(seconds, 0.8)
    crack = band_pass(noise[:, : frames_of(flash)], 900, 6000) * pluck(flash, 0.002, 0.5)
    thunderclap = rumble + grit
    add_at(thunderclap, crack * near**2 * event.manner.strength * random.uniform(0.3, 1.1), 0.0)
    return thunderclap


def _rolling(random: Generator, seconds: float) -> Signal:
    """How loud the rumble is, a hundred times a second: each blow sets in anew, lower than the one before."""
    moments = np.arange(max(2, round(seconds * 100))) / 100
    envelope = np.interp(moments / seconds, np.linspace(0, 1, 7), (0.25, 0.35, 0.28, 0.2, 0.12, 0.05, 0.0))
    start = 0.0
    for number in range(int(random.integers(5, 9))):
        since = moments - start
        rise = np.clip(since / (0.02 + 0.05 * number), 0.0, 1.0)
        fall = np.exp(-6.9 / random.uniform(1.2, 3.0) * np.maximum(since, 0.0))
        envelope += rise * fall * random.uniform(0.4, 1.0) * 0.9**number
        start += random.uniform(0.25, 0.6)
    return envelope * np.clip((seconds - moments) / 0.5, 0.0, 1.0)
