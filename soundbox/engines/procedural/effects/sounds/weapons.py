"""Guns, swords, bows."""

from __future__ import annotations

import numpy as np

from soundbox.engines.procedural.effects.modes import PLATE, strike
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
    pluck,
    saturate,
    sine,
    white,
)
from soundbox.engines.procedural.effects.stretch import Event


def gun_shot(event: Event) -> Signal:
    """The muzzle's crack, the punch below it, and the land that answers."""
    seconds, size = 1.3, event.manner.size
    noise = white(event.random, (2, frames_of(seconds)))
    crack = high_pass(noise, 700) * pluck(seconds, 0.0006, 0.07 * size) * 1.4
    body = low_pass(noise, 420 / size, 2) * pluck(seconds, 0.001, 0.2 * size) * 3.5
    punch = sine(line(seconds, 190, 60, 45, 40, 38) / size) * pluck(seconds, 0.001, 0.16 * size) * 1.5
    land = band_pass(noise, 120, 1500) * pluck(seconds, 0.05, 1.3) * 0.3
    return saturate(crack + body + punch, 2.2) + land


def burst(event: Event) -> Signal:
    """One round of a machine gun."""
    seconds = 0.3
    noise = white(event.random, (2, frames_of(seconds)))
    shot = (
        band_pass(noise, 350, 4000) * pluck(seconds, 0.0006, 0.07)
        + low_pass(noise, 360) * pluck(seconds, 0.001, 0.12) * 3.0
    )
    return saturate(shot * event.random.uniform(0.85, 1.0), 2.0)


def sword_clash(event: Event) -> Signal:
    hz = 1150 * event.random.uniform(0.85, 1.2) * event.manner.pitch / event.manner.size
    sound = strike(event.random, hz, PLATE, 1.6, 1.1, 0.93, 0.4, 0.04)
    add_at(sound, high_pass(white(event.random, frames_of(0.05)), 2500) * decay(0.05, 0.04) * 2.0, 0.0)
    scrape = band_pass(white(event.random, frames_of(0.16)), 3500, 9000) * bump(0.16, 0.3, 1.0)
    add_at(sound, scrape * 0.6, 0.03)
    return sound


def sword_draw(event: Event) -> Signal:
    """Steel along the sheath, then free and singing."""
    seconds = 0.45
    noise = white(event.random, frames_of(seconds))
    slide = sum(
        band_pass(noise, hz, hz * 1.35, 2) * bump(seconds, peak, 1.5)
        for hz, peak in ((2200, 0.3), (3300, 0.5), (4800, 0.7), (6800, 0.85))
    )
    sound = np.zeros(frames_of(1.8))
    add_at(sound, np.asarray(slide), 0.0)
    ring = strike(
        event.random, 2350 * event.manner.pitch / event.manner.size, (1.0, 1.34, 2.1, 2.9, 3.7), 1.3, 1.1, 0.75
    )
    add_at(sound, ring * 0.35, 0.4)
    return sound


def arrow(event: Event) -> Signal:
    """The string, the flight, the target."""
    sound = np.zeros(frames_of(1.1))
    twang = strike(event.random, 145, (1.0, 2.0, 3.01, 4.03), 0.35, 0.3, 0.6)
    add_at(sound, twang * 0.8, 0.0)
    flight = band_pass(white(event.random, frames_of(0.4)), 1300, 4500) * bump(0.4, 0.5, 1.5)
    add_at(sound, flight * 0.4, 0.03)
    hit = low_pass(white(event.random, frames_of(0.12)), 500) * pluck(0.12, 0.001, 0.08) * 3.0
    add_at(sound, hit + strike(event.random, 260, (1.0, 2.7), 0.12, 0.1, 0.5) * 0.8, 0.42)
    return sound


def reload(event: Event) -> Signal:
    """Magazine out, in, bolt."""
    sound = np.zeros(frames_of(1.3))
    for start, hz, level in ((0.0, 900, 0.5), (0.08, 1500, 0.4), (0.5, 620, 1.0), (0.86, 1300, 0.8), (1.0, 760, 1.0)):
        add_at(sound, strike(event.random, hz, PLATE[:8], 0.18, 0.09, 0.85, spread=0.03) * level * 0.6, start)
        add_at(sound, band_pass(white(event.random, frames_of(0.03)), 900, 6000) * decay(0.03, 0.025) * level, start)
    return sound
