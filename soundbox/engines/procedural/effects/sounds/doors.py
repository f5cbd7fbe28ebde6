"""Doors and knocks."""

from __future__ import annotations

import numpy as np

from soundbox.engines.procedural.effects.modes import BAR, PLATE, strike
from soundbox.engines.procedural.effects.shaping import (
    Signal,
    add_at,
    band_pass,
    frames_of,
    line,
    low_pass,
    pluck,
    resonate,
    white,
)
from soundbox.engines.procedural.effects.stretch import Event


def knock(event: Event) -> Signal:
    """Knuckles on a door: wood unless another material was named."""
    hz, ring, ratios = event.manner.chosen(
        {
            "metal": (310.0, 0.8, PLATE),
            "tin": (310.0, 0.8, PLATE),
            "glass": (1250.0, 0.22, PLATE[:6]),
            "stone": (420.0, 0.05, BAR[:3]),
            "plastic": (480.0, 0.07, BAR[:3]),
        },
        (165.0, 0.11, BAR),
    )
    seconds = max(0.3, ring)
    character = event.character.uniform(0.9, 1.1)
    panel = strike(event.random, hz * character / event.manner.size, ratios, seconds, ring, 0.75, spread=0.004)
    add_at(panel, band_pass(white(event.random, frames_of(0.02)), 500, 3200) * pluck(0.02, 0.0008, 0.02) * 1.2, 0.0)
    add_at(panel, low_pass(white(event.random, frames_of(0.1)), 240) * pluck(0.1, 0.002, 0.08) * 2.5, 0.0)
    return panel * event.random.uniform(0.85, 1.0)


def creak(event: Event) -> Signal:
    """A hinge that sticks and slips: clicks quicken and slow down, and ring in the wood."""
    seconds = min(2.4 / event.manner.speed, max(0.4, event.seconds))
    random = event.random
    turns = line(seconds, *(random.uniform(0.75, 1.25) * slips for slips in (16, 20, 30, 52, 34, 60, 85, 40, 14, 7)))
    slips = np.diff(np.floor(np.cumsum(turns * event.manner.pitch) / 44100), prepend=0.0)
    slips[0] = 1.0
    slips *= random.uniform(0.5, 1.0, len(slips)) * line(seconds, 0.8, 1.0, 0.8, 1.0, 0.4)
    hinge = event.character.uniform(0.85, 1.15) * event.manner.pitch / event.manner.size
    sound = np.zeros(len(slips))
    for hz, quality, level in ((310, 12, 0.6), (540, 25, 1.0), (870, 30, 1.1), (1480, 35, 0.8), (2350, 30, 0.5)):
        sound += resonate(slips, hz * hinge, quality) * level
    return sound * 8.0


def slam(event: Event) -> Signal:
    """The leaf hits the frame, the latch a moment later, the panels ring on."""
    random, size = event.random, event.manner.size
    metal = event.manner.material in ("metal", "tin")
    seconds = 1.4 if metal else 0.8
    boom = low_pass(white(random, frames_of(seconds)), 130 / size, 2) * pluck(seconds, 0.003, 0.4 * size) * 6.0
    clap = band_pass(white(random, frames_of(seconds)), 300, 2600) * pluck(seconds, 0.001, 0.09)
    ratios, hz, ring = (PLATE, 190.0, 1.3) if metal else (BAR, 92.0, 0.25)
    sound = boom + clap * 1.5 + strike(random, hz / size, ratios, seconds, ring, 0.8, spread=0.05) * 0.8
    latch = strike(random, 1900, PLATE[:6], 0.12, 0.08, 0.8) * 0.35
    add_at(sound, latch, 0.035)
    return sound * event.manner.strength


def handle(event: Event) -> Signal:
    """A door opens: handle down, latch free, a short sigh of the hinge."""
    sound = np.zeros(frames_of(1.6))
    for start, hz, level in ((0.0, 1350, 0.8), (0.11, 900, 1.0), (0.16, 2100, 0.5)):
        add_at(sound, strike(event.random, hz, PLATE[:7], 0.15, 0.07, 0.8) * level, start)
        add_at(sound, band_pass(white(event.random, frames_of(0.02)), 700, 5000) * pluck(0.02, 0.001, 0.02), start)
    short = creak(Event(event.random, event.character, 0, 0.9, event.manner))
    add_at(sound, short * 0.35, 0.4)
    return sound


def lock(event: Event) -> Signal:
    """A key goes in over its pins and turns the bolt."""
    sound = np.zeros(frames_of(0.9))
    starts = [0.0, 0.05, 0.09, 0.14, 0.18, 0.5, 0.56]
    for number, start in enumerate(starts):
        heavy = number >= 5
        hz = 620 if heavy else event.random.uniform(2600, 4200)
        add_at(sound, strike(event.random, hz, PLATE[:8], 0.12, 0.06, 0.85) * (1.0 if heavy else 0.3), start)
        click = band_pass(white(event.random, frames_of(0.012)), 900, 6000) * pluck(0.012, 0.0005, 0.01)
        add_at(sound, click * (1.2 if heavy else 0.4), start)
    return sound
