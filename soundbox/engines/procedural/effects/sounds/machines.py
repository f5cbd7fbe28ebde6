"""Engines, trains, aircraft, fans, clocks, keyboards."""

from __future__ import annotations

import numpy as np

from soundbox.engines.procedural.effects.modes import BAR, PLATE, strike
from soundbox.engines.procedural.effects.shaping import (
    Signal,
    add_at,
    band_pass,
    bump,
    decay,
    fade_ends,
    frames_of,
    high_pass,
    low_pass,
    pluck,
    resonate,
    saturate,
    sawtooth,
    white,
)
from soundbox.engines.procedural.effects.stretch import Event, Stretch


def engine(stretch: Stretch) -> Signal:
    """Cylinders fire unevenly into an exhaust; speed is revolutions, size is displacement."""
    hz = 33.0 * stretch.manner.speed**1.5 * stretch.manner.pitch / stretch.manner.size
    turning = stretch.phase("turning", hz, 0.06, 0.8)
    firing = np.exp(6.0 * (np.cos(turning) - 1.0)) + 0.75 * np.exp(9.0 * (np.cos(turning * 1.0 + 2.6) - 1.0))
    rough = 1.0 + 0.5 * stretch.drift("rough", 14.0, -1.0, 1.0)
    noise = stretch.pink()
    bangs = (firing - 0.3) * rough + noise * 6.0 * firing
    exhaust = band_pass(bangs, 60, 260) * 1.2 + resonate(bangs, 135, 3) + resonate(bangs, 390, 4) * 1.2
    valves = band_pass(noise, 1200, 4500) * (0.15 + 0.5 * firing)
    return saturate(exhaust * 0.8, 1.5) + valves


def passing_car(event: Event) -> Signal:
    """Tyres and engine come, pass and go, a little higher before than after."""
    seconds = min(5.0 / event.manner.speed, max(0.5, event.seconds))
    share = np.linspace(-1, 1, frames_of(seconds))
    near = 1.0 / (1.0 + (share * 5.0) ** 2)
    hz = 72.0 * (1.0 - 0.09 * np.tanh(share * 6.0)) * event.manner.speed / event.manner.size
    motor = low_pass(sawtooth(2 * np.pi * np.cumsum(hz) / 44100, 0.9), 420)
    noise = white(event.random, len(share))
    tyres = band_pass(noise, 250, 1600) * 0.5 + band_pass(noise, 1600, 5000) * near * 0.4
    side = (np.tanh(share * 3.0) + 1.0) * np.pi / 4
    sound = (motor * 0.35 + tyres) * near
    return np.stack([np.cos(side) * sound, np.sin(side) * sound])


def rolling_train(stretch: Stretch) -> Signal:
    """The rumble under the floor, and the air around."""
    noise = stretch.pink()
    sway = 0.75 + stretch.drift("sway", 1.3, 0.0, 0.35)
    rails = resonate(noise, 760, 9) * stretch.drift("rails", 2.0, 0.1, 0.5)
    return low_pass(noise, 160, 2) * 2.2 * sway + band_pass(noise, 200, 900) * 0.7 * sway + rails


def rail_joint(event: Event) -> Signal:
    """Two axles over one gap: ta-tam."""
    sound = np.zeros(frames_of(0.7))
    for start, level in ((0.0, 0.8), (0.13, 1.0)):
        at = start / event.manner.speed
        blow = low_pass(white(event.random, frames_of(0.14)), 240) * pluck(0.14, 0.003, 0.11) * 3.0
        ring = strike(event.random, 520, PLATE[:6], 0.2, 0.14, 0.8, spread=0.02) * 0.35
        add_at(sound, blow * level, at)
        add_at(sound, ring * level, at)
    return sound


def jet(stretch: Stretch) -> Signal:
    """An airliner from inside: a broad rush and a far whine."""
    noise = stretch.pink()
    whine = np.sin(stretch.phase("whine", 1180, 0.01)) + 0.5 * np.sin(stretch.phase("fan", 2390, 0.01))
    roar = low_pass(noise, 380, 1) * 1.6 + band_pass(noise, 500, 3500) * 0.6
    return roar + np.stack([whine, whine]) * 0.012


def helicopter(stretch: Stretch) -> Signal:
    blades = np.exp(7.0 * (np.cos(stretch.phase("blades", 11.5 * stretch.manner.speed, 0.02)) - 1.0))
    noise = stretch.pink()
    chop = (low_pass(noise, 220, 2) * 2.8 + band_pass(noise, 300, 1800) * 1.6) * blades
    turbine = sawtooth(stretch.phase("turbine", 430, 0.004), 0.7)
    return chop + band_pass(noise, 400, 3000) * 0.25 + np.stack([turbine, turbine]) * 0.012


def fan(stretch: Stretch) -> Signal:
    """Air and a motor: fans, vents, refrigerators."""
    blades = 1.0 + 0.25 * np.sin(stretch.phase("blades", 23.0 * stretch.manner.speed, 0.01))
    hum = sum(np.sin(stretch.phase("mains", 100.0) * n) / n**1.5 for n in (1, 2, 3, 5))
    return stretch.noise().band(150, 2600) * blades + np.stack([hum, hum]) * 0.015


def vacuum(stretch: Stretch) -> Signal:
    motor = sawtooth(stretch.phase("motor", 232 * stretch.manner.pitch, 0.01, 1.0), 0.93)
    whine = np.sin(stretch.phase("motor", 232 * stretch.manner.pitch, 0.01, 1.0) * 11)
    return band_pass(stretch.pink(), 350, 7000) * 1.3 + np.stack(
        [band_pass(motor, 200, 3000) * 0.13 + whine * 0.03] * 2
    )


def drill(stretch: Stretch) -> Signal:
    load = stretch.drift("load", 0.9, 0.0, 1.0)
    turning = stretch.phase("turning", 310 * stretch.manner.pitch, 0.12, 0.8)
    motor = sawtooth(turning, 0.95) + 0.5 * sawtooth(turning * 3.0, 0.9)
    bite = band_pass(stretch.pink(), 1500, 7000) * (0.3 + load)
    return np.stack([band_pass(motor, 250, 6000) * 0.5] * 2) + bite * 1.5


def gears(event: Event) -> Signal:
    """One tooth of a slow mechanism."""
    hz = event.random.choice([410.0, 560.0, 830.0]) / event.manner.size
    tooth = strike(event.random, float(hz), PLATE[:8], 0.3, 0.2, 0.8, spread=0.02)
    add_at(tooth, band_pass(white(event.random, frames_of(0.03)), 700, 4500) * decay(0.03, 0.025), 0.0)
    return tooth


def steam(event: Event) -> Signal:
    seconds = min(1.6, max(0.3, event.seconds))
    noise = white(event.random, (2, frames_of(seconds)))
    return (
        (band_pass(noise, 2200, 6500) + band_pass(noise, 700, 1800) * 0.3)
        * pluck(seconds, 0.03, 2.2)
        * bump(seconds, 0.1, 0.4)
    )


def clock_tick(event: Event) -> Signal:
    """Tick, then tock, a little lower."""
    hz = (2300 if event.index % 2 == 0 else 1850) * event.manner.pitch / event.manner.size
    tick = strike(event.random, hz, (1.0, 1.71, 2.9), 0.12, 0.035, 0.8)
    add_at(tick, strike(event.random, hz * 0.27, BAR[:3], 0.1, 0.06, 0.6) * 0.6, 0.0)
    add_at(tick, high_pass(white(event.random, frames_of(0.004)), 3000) * decay(0.004, 0.004), 0.0)
    return tick


def key_press(event: Event) -> Signal:
    """Down, with the thump of the case, and softly up; every seventh or so is the space bar."""
    wide = event.random.random() < 0.15
    down = (
        band_pass(white(event.random, frames_of(0.03)), 1300, 6500)
        * decay(0.03, 0.018)
        * event.random.uniform(0.6, 1.0)
    )
    case = strike(event.random, 230.0 if wide else event.random.uniform(300, 420), BAR[:3], 0.1, 0.045, 0.6)
    sound = np.zeros(frames_of(0.2))
    add_at(sound, down, 0.0)
    add_at(sound, case * (0.4 if wide else 0.18), 0.002)
    add_at(sound, down * 0.3, event.random.uniform(0.07, 0.11))
    return sound * event.random.uniform(0.6, 1.0)


def shutter(event: Event) -> Signal:
    """Mirror up, curtain, mirror down."""
    sound = np.zeros(frames_of(0.35))
    for start, hz, level in ((0.0, 900, 0.8), (0.045, 2600, 0.6), (0.13, 700, 1.0)):
        clack = band_pass(white(event.random, frames_of(0.03)), hz, hz * 3.5) * decay(0.03, 0.025)
        add_at(sound, clack * level, start)
        add_at(sound, strike(event.random, hz * 1.3, PLATE[:5], 0.08, 0.03, 0.8) * level * 0.4, start)
    return sound


def switch(event: Event) -> Signal:
    click = band_pass(white(event.random, frames_of(0.015)), 1200, 6000) * decay(0.015, 0.01)
    sound = np.zeros(frames_of(0.12))
    add_at(sound, click * 0.5, 0.0)
    add_at(sound, click + strike(event.random, 720, BAR[:3], 0.015, 0.012, 0.7)[: len(click)], 0.02)
    return fade_ends(sound, 0.0005, 0.01)
