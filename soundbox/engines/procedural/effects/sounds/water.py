"""Sea, streams, drops."""

from __future__ import annotations

import numpy as np

from soundbox.engines.procedural.effects.shaping import (
    Signal,
    add_at,
    band_pass,
    bump,
    decay,
    frames_of,
    high_pass,
    line,
    low_pass,
    pink,
    pluck,
    resonate,
    sine,
    times,
    white,
)
from soundbox.engines.procedural.effects.stretch import Event, Stretch


def surf(stretch: Stretch) -> Signal:
    """The sea behind the waves."""
    return stretch.noise().low(420, 1) * (0.7 + stretch.drift("swell", 0.15, 0.0, 0.4))


def wave(event: Event) -> Signal:
    """Swells, breaks, and runs back over the beach as a thinning hiss."""
    seconds = event.random.uniform(8.0, 10.5)
    strength = event.manner.strength * event.random.uniform(0.7, 1.0)
    noise = pink(event.random, (2, frames_of(seconds)))
    swell = low_pass(noise, 500, 1) * bump(seconds, 0.42, 1.2)
    breaking = band_pass(noise, 400, 3200) * bump(seconds, 0.4, 2.2) * 1.3
    spray = high_pass(noise, 2600, 1) * bump(seconds, 0.48, 1.6) * 1.1
    return strength * (swell + breaking * strength + spray * strength)


def stream(stretch: Stretch) -> Signal:
    """Running water: a soft rush and bubbles of many sizes."""
    strength = stretch.manner.strength
    rush = stretch.noise().band(350, 2200) * (0.55 + stretch.drift("rush", 2.0, 0.0, 0.5))
    bubbles = np.zeros(stretch.shape)
    sizes = np.geomspace(380, 2600, 11) / stretch.manner.size
    for number, hz in enumerate(sizes):
        babble = np.maximum(stretch.drift(f"size {number}", 3.0, -0.4, 1.0), 0.0)
        voice = resonate(stretch.scatter(16, channels=1, loudness_shape=0.8)[0], hz, 20) * babble
        side = np.cos(number * 2.4) * 0.6
        bubbles[0] += (1 - side) * voice
        bubbles[1] += (1 + side) * voice
    return rush * 0.6 * strength**1.5 + bubbles * 5.0


def waterfall(stretch: Stretch) -> Signal:
    noise = stretch.noise()
    churn = 0.75 + stretch.drift("churn", 4.0, 0.0, 0.3)
    return (noise.band(110, 600) * 0.9 + noise.band(500, 4500) * churn + noise.high(5000, 1) * 0.25) * 1.5


def drip(event: Event) -> Signal:
    """A drop: the tick of the surface, then an air bubble that rings upwards as it shrinks."""
    hz = event.random.uniform(700, 1500) / event.manner.size
    seconds = 0.22
    ring = sine(hz * (1.0 + 0.9 * line(seconds, 0, 1) ** 1.5)) * pluck(seconds, 0.006, 0.13)
    tick = high_pass(white(event.random, frames_of(0.004)), 2500) * decay(0.004, 0.004) * 0.25
    drop = np.zeros(frames_of(seconds + 0.02))
    add_at(drop, tick, 0.0)
    add_at(drop, ring * event.random.uniform(0.5, 1.0), 0.012)
    return drop


def bubble(event: Event) -> Signal:
    """A few bubbles rising after each other."""
    blob = np.zeros(frames_of(0.7))
    start = 0.0
    for _ in range(int(event.random.integers(2, 6))):
        hz = event.random.uniform(180, 620) / event.manner.size
        add_at(blob, sine(hz * line(0.11, 1.0, 1.7)) * bump(0.11, 0.25), start)
        start += event.random.uniform(0.05, 0.13)
    return blob


def splash(event: Event) -> Signal:
    """The slap, the spray it throws up, and drops that fall back."""
    seconds, random = 1.6 * event.manner.size, event.random
    noise = white(random, (2, frames_of(seconds)))
    slap = band_pass(noise, 120, 900) * pluck(seconds, 0.004, 0.28) * 1.6
    spray = band_pass(noise, 900, 7000) * pluck(seconds, 0.05, 0.75 * event.manner.size) * 0.8
    sound = slap + spray
    for _ in range(26):
        hz, length = random.uniform(500, 2600), random.uniform(0.03, 0.09)
        drop = sine(hz * line(length, 1.0, 1.5)) * bump(length, 0.2) * random.uniform(0.05, 0.3)
        add_at(sound[int(random.integers(0, 2))], drop, 0.1 + seconds * 0.7 * random.random() ** 1.4)
    return sound


def pour(stretch: Stretch) -> Signal:
    """Water into a vessel: the column of air above it shortens, its note climbs."""
    climb = np.mod(np.maximum(stretch.moments, 0.0), 6.0) / 6.0
    flow = stretch.pink() * (0.7 + stretch.drift("flow", 8.0, 0.0, 0.4))
    sound = band_pass(flow, 600, 6000) * 0.4
    for number, hz in enumerate(np.geomspace(320, 1400, 6)):
        sound += resonate(flow, hz, 12) * np.maximum(1.0 - np.abs(climb * 5.0 - number), 0.0) * 1.6
    return sound + band_pass(stretch.scatter(45), 500, 1800) * 1.2


def under_water(stretch: Stretch) -> Signal:
    return stretch.noise().low(240) * (0.7 + stretch.drift("press", 0.4, 0.0, 0.5))


def swallowed_steps(event: Event) -> Signal:
    """One step through shallow water."""
    seconds = 0.45
    noise = white(event.random, frames_of(seconds))
    slosh = band_pass(noise, 300, 2200) * bump(seconds, 0.3, 1.5)
    gurgle = sine(350.0 + 250.0 * np.sin(2 * np.pi * 9 * times(seconds))) * bump(seconds, 0.5, 2) * 0.25
    return slosh * 0.5 + gurgle
