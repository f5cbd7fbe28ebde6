"""Things that hit, break and blow up."""

from __future__ import annotations

import numpy as np

from soundbox.engines.procedural.effects.modes import BAR, DRUM, PLATE, strike
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


def glass_break(event: Event) -> Signal:
    """The pane gives way, then shards ring, fall and ring again."""
    random, seconds = event.random, 1.5 * event.manner.size
    sound = np.zeros((2, frames_of(seconds + 0.3)))
    burst = high_pass(white(random, (2, frames_of(0.25))), 1800) * pluck(0.25, 0.001, 0.14)
    add_at(sound, burst * 0.28, 0.0)
    add_at(sound, band_pass(white(random, (2, frames_of(0.08))), 250, 900) * pluck(0.08, 0.001, 0.07) * 0.4, 0.0)
    for number in range(70):
        start = 0.0 if number < 14 else seconds * 0.75 * random.random() ** 1.3
        hz = random.uniform(2300, 8500) / event.manner.size
        shard = strike(random, hz, (1.0, 1.47, 2.09), 0.25, random.uniform(0.05, 0.22), 0.6, spread=0.05)
        add_at(
            sound[int(random.integers(0, 2))], shard * random.uniform(0.05, 0.4) * (1 - 0.6 * start / seconds), start
        )
    return sound


def metal_hit(event: Event) -> Signal:
    random, size = event.random, event.manner.size
    hz = 330 * event.character.uniform(0.8, 1.25) * event.manner.pitch / size
    sound = strike(random, hz, PLATE, 2.4 * size, 1.9 * size, 0.9, 0.3, 0.02)
    add_at(sound, high_pass(white(random, frames_of(0.02)), 1500) * pluck(0.02, 0.0005, 0.015) * 1.2, 0.0)
    return sound


def wood_hit(event: Event) -> Signal:
    sound = strike(event.random, 240 * event.manner.pitch / event.manner.size, BAR, 0.35, 0.14, 0.7, spread=0.03)
    add_at(sound, band_pass(white(event.random, frames_of(0.02)), 500, 4000) * pluck(0.02, 0.0005, 0.015), 0.0)
    return sound


def thud(event: Event) -> Signal:
    """Something heavy meets the ground."""
    seconds, random, size = 0.7, event.random, event.manner.size
    drop = sine(line(seconds, 115, 48, 40, 38) / size) * pluck(seconds, 0.003, 0.4 * size) * 1.1
    body = band_pass(white(random, frames_of(seconds)), 80, 900) * pluck(seconds, 0.001, 0.12) * 1.2
    return saturate(drop + body, 1.5)


def punch(event: Event) -> Signal:
    seconds = 0.28
    noise = white(event.random, frames_of(seconds))
    smack = band_pass(noise, 700, 3800) * pluck(seconds, 0.001, 0.05) * 1.4
    body = band_pass(noise, 90, 320, 2) * pluck(seconds, 0.004, 0.14) * 2.5
    return saturate(smack + body + sine(line(seconds, 150, 60, 55)) * pluck(seconds, 0.002, 0.16), 1.6)


def explosion(event: Event) -> Signal:
    """A blast that overdrives everything, a fireball that closes down, and debris."""
    random, size = event.random, event.manner.size * event.manner.strength**0.3
    seconds = 4.5 * size
    noise = white(random, (2, frames_of(seconds)))
    blast = noise * pluck(seconds, 0.001, 0.22) * 1.2
    ball = low_pass(noise, 900, 1) * pluck(seconds, 0.01, 1.6 * size) * 1.3
    rumble = low_pass(noise, 95 / size, 2) * pluck(seconds, 0.03, 3.4 * size) * 11.0
    punch_down = sine(line(seconds, 95, 34, 28, 26, 25) / size) * pluck(seconds, 0.002, 1.1) * 1.5
    sound = saturate(blast + ball + rumble + punch_down, 1.8)
    for _ in range(45):
        grain = band_pass(white(random, frames_of(0.05)), 400, 5000) * decay(0.05, 0.04) * random.uniform(0.02, 0.16)
        add_at(sound[int(random.integers(0, 2))], grain, 0.3 + (seconds - 0.5) * random.random() ** 1.5 * 0.7)
    return sound * line(seconds, 1.0, 0.7, 0.4, 0.2, 0.0)


def crash(event: Event) -> Signal:
    """Metal folds, glass bursts, parts land."""
    random = event.random
    sound = np.zeros((2, frames_of(2.8)))
    crumple = white(random, (2, frames_of(1.0))) * line(1.0, 1, 0.5, 0.7, 0.3, 0.1, 0)
    add_at(sound, saturate(band_pass(crumple, 120, 3500) + low_pass(crumple, 110, 2) * 3, 2.0) * 0.8, 0.0)
    for number in range(16):
        start = 0.0 if number < 4 else random.uniform(0.0, 1.5)
        hit = strike(random, random.uniform(140, 900), PLATE, 0.9, random.uniform(0.2, 0.9), 0.88, 0.4, 0.05)
        add_at(sound[number % 2], hit * random.uniform(0.1, 0.4) * (1.2 - start / 1.6), start)
    add_at(sound, glass_break(event)[:, : frames_of(1.6)] * 0.7, 0.06)
    return sound


def drum_hit(event: Event) -> Signal:
    """A deep drum; `drum_roll` in `stings` strikes a snare."""
    seconds, size = 1.4, event.manner.size
    skin = strike(event.random, 82 * event.manner.pitch / size, DRUM, seconds, 0.9 * size, 0.62, 0.7, 0.01)
    add_at(skin, sine(line(0.25, 170, 80, 78) / size) * pluck(0.25, 0.002, 0.2) * 1.3, 0.0)
    add_at(skin, band_pass(white(event.random, frames_of(0.03)), 300, 4000) * pluck(0.03, 0.001, 0.02) * 0.8, 0.0)
    return skin


def crumple(event: Event) -> Signal:
    """Paper in a fist: bouts of tiny buckling sheets."""
    random, seconds = event.random, 1.7 / event.manner.speed
    sound = np.zeros((2, frames_of(seconds)))
    starts = seconds * 0.95 * np.clip(random.beta(1.3, 1.6, 150) + random.normal(0, 0.05, 150), 0.0, 1.0)
    for start in (*starts, *random.uniform(0.0, 0.05, 8)):  # the fist closes at once
        length = random.uniform(0.003, 0.014)
        low = random.uniform(900, 3000)
        crack = band_pass(white(random, frames_of(length)), low, low * 3) * decay(length, length)
        add_at(sound[int(random.integers(0, 2))], crack * random.gamma(0.7, 0.5), start)
    return sound + high_pass(white(random, sound.shape), 3500) * bump(seconds, 0.4, 1.0)[: sound.shape[1]] * 0.03


def cloth(event: Event) -> Signal:
    """A sleeve moves."""
    seconds = event.random.uniform(0.5, 0.8)
    noise = white(event.random, (2, frames_of(seconds)))
    strokes = bump(seconds, 0.3, 1.5) + 0.6 * bump(seconds, 0.75, 3.0)
    return band_pass(noise, 500, 3200) * strokes * (0.6 + 0.4 * event.random.random())


def whoosh(event: Event) -> Signal:
    """Something passes: bands open towards the middle and close again, from one side to the other."""
    seconds = min(0.9 * event.manner.size / event.manner.speed, max(0.2, event.seconds))
    noise = white(event.random, frames_of(seconds))
    sound = sum(
        band_pass(noise, hz, hz * 2.0) * bump(seconds, 0.45, sharpness) * level
        for hz, sharpness, level in ((180, 0.8, 0.8), (450, 1.3, 1.0), (1100, 2.0, 0.9), (2600, 3.0, 0.5))
    )
    way = line(seconds, 0.15, np.pi / 2 - 0.15)
    passing = np.stack([np.cos(way) * sound, np.sin(way) * sound])
    return passing if event.random.random() < 0.5 else passing[::-1]
