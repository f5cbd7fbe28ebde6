"""Bells, gongs, chimes."""

from __future__ import annotations

import numpy as np

from soundbox.engines.procedural.effects.modes import BAR, CHURCH_BELL, PLATE, strike
from soundbox.engines.procedural.effects.shaping import Signal, add_at, band_pass, bump, frames_of, pluck, white
from soundbox.engines.procedural.effects.stretch import Event


def church_bell(event: Event) -> Signal:
    hz = 340 * event.character.uniform(0.85, 1.15) * event.manner.pitch / event.manner.size
    seconds = 7.0
    bell = strike(event.random, hz, CHURCH_BELL, seconds, 6.5, 0.9, 0.8, 0.002)
    clapper = band_pass(white(event.random, frames_of(0.04)), 800, 5000) * pluck(0.04, 0.001, 0.03)
    add_at(bell, clapper * 1.2, 0.0)
    return bell


def hand_bell(event: Event) -> Signal:
    hz = 1850 * event.character.uniform(0.9, 1.2) * event.manner.pitch / event.manner.size
    sound = np.zeros(frames_of(2.2))
    for number, start in enumerate((0.0, 0.11, 0.22, 0.34)):
        add_at(sound, strike(event.random, hz, (1.0, 2.0, 2.74, 4.1), 1.6, 1.3, 0.6, 0.7, 0.001) * 0.9**number, start)
    return sound


def doorbell(event: Event) -> Signal:
    """Ding, dong."""
    sound = np.zeros(frames_of(2.6))
    for start, hz in ((0.0, 659.3), (0.55, 523.3)):
        add_at(sound, strike(event.random, hz * event.manner.pitch, (1.0, 2.0, 3.01, 4.2), 2.0, 1.7, 0.45), start)
    return sound


def gong(event: Event) -> Signal:
    """Low modes at once, the shimmer a moment later."""
    seconds, hz = 6.0, 92 * event.manner.pitch / event.manner.size
    deep = strike(event.random, hz, PLATE, seconds, 5.5, 0.85, 0.5, 0.02)
    many = tuple(float(ratio) for ratio in event.random.uniform(4, 22, 24))
    shimmer = strike(event.random, hz, many, seconds, 9.0, 0.97, 0.5) * 0.25
    swell = np.minimum(np.arange(len(shimmer)) / (0.35 * 44100), 1.0)
    return deep + shimmer * swell


def wind_chime(event: Event) -> Signal:
    """Some of six tubes meet."""
    scale = (1.0, 1.125, 1.25, 1.5, 1.667, 2.0)
    sound = np.zeros(frames_of(3.4))
    start = 0.0
    for _ in range(int(event.random.integers(2, 6))):
        hz = 1050 * float(event.random.choice(scale)) * event.manner.pitch / event.manner.size
        tube = strike(event.random, hz, BAR[:4], 2.4, 2.2, 0.4, 0.8, 0.002)
        add_at(sound, tube * event.random.uniform(0.3, 1.0), start)
        start += event.random.exponential(0.16)
    return sound


def shaker(event: Event) -> Signal:
    """Sleigh bells, once."""
    sound = np.zeros(frames_of(0.5))
    for _ in range(14):
        hz = event.random.uniform(3600, 7600)
        add_at(sound, strike(event.random, hz, (1.0, 1.52), 0.3, 0.22, 0.6) * 0.3, event.random.uniform(0, 0.06))
    return sound * bump(0.5, 0.06, 0.2)
