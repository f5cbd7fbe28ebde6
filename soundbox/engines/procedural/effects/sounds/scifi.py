"""Lasers, robots, ships, portals, spells."""

from __future__ import annotations

import numpy as np

from soundbox.engines.procedural.effects.modes import strike
from soundbox.engines.procedural.effects.shaping import (
    Signal,
    add_at,
    band_pass,
    bump,
    decay,
    fade_ends,
    frames_of,
    high_pass,
    line,
    low_pass,
    phase_of,
    pluck,
    saturate,
    sawtooth,
    sine,
    times,
    white,
)
from soundbox.engines.procedural.effects.stretch import Event, Stretch


def laser(event: Event) -> Signal:
    """A note that falls through four octaves, with a spark at the start."""
    seconds = 0.38 * event.manner.size
    top = (
        event.character.uniform(2400, 4200) * event.manner.pitch / event.manner.size * event.random.uniform(0.95, 1.05)
    )
    hz = 90.0 + top * np.exp(-np.linspace(0, 6.5, frames_of(seconds)))
    bolt = sawtooth(phase_of(hz), 0.8) * 0.7 + np.sin(phase_of(hz * 1.51)) * 0.5
    spark = high_pass(white(event.random, len(hz)), 3000) * decay(seconds, 0.05) * 0.5
    return saturate(bolt * pluck(seconds, 0.002, seconds * 1.1) + spark, 1.6)


def robot(event: Event) -> Signal:
    """A phrase of bleeps: tones, glides and warbles of one machine."""
    random = event.random
    sound = np.zeros(frames_of(1.5))
    scale = event.character.uniform(500, 900) * event.manner.pitch / event.manner.size
    start = 0.0
    for _ in range(int(random.integers(4, 8))):
        seconds = random.uniform(0.06, 0.2)
        here, there = scale * 2 ** (random.integers(0, 18, 2) / 12)
        hz = line(seconds, here, there if random.random() < 0.5 else here)
        if random.random() < 0.35:
            hz = hz * (1.0 + 0.12 * np.sign(np.sin(2 * np.pi * 28 * np.arange(len(hz)) / 44100)))
        tone = np.tanh(1.8 * np.sin(phase_of(hz))) + 0.25 * np.sin(phase_of(hz * 2.02))
        add_at(sound, fade_ends(tone, 0.004, 0.012), start)
        start += seconds + random.uniform(0.02, 0.06)
    return low_pass(sound, 7000)


def computer(event: Event) -> Signal:
    """A terminal that reports: short, high, even."""
    hz = float(event.random.choice([1047, 1319, 1568, 2093])) * event.manner.pitch
    sound = np.zeros(frames_of(0.3))
    for number in range(int(event.random.integers(1, 4))):
        add_at(sound, fade_ends(sine(hz, 0.045) + 0.3 * sine(hz * 2, 0.045), 0.003, 0.008), number * 0.08)
    return sound


def data_hum(stretch: Stretch) -> Signal:
    hum = sum(np.sin(stretch.phase("mains", 60.0) * n) / n for n in (1, 2, 4, 7))
    return band_pass(stretch.pink(), 300, 2500) * 0.6 + np.stack([hum, hum]) * 0.06


def ship_hum(stretch: Stretch) -> Signal:
    """A reactor under the deck: beating low tones and air."""
    low = 55.0 * stretch.manner.pitch / stretch.manner.size**0.5
    tones = sum(
        sawtooth(stretch.phase(f"coil {number}", low * ratio, 0.003), 0.85) * level
        for number, (ratio, level) in enumerate(((1.0, 1.0), (1.012, 0.8), (2.005, 0.5), (3.0, 0.25)))
    )
    pulse = 0.8 + 0.2 * np.sin(stretch.phase("pulse", 0.7))
    air = band_pass(stretch.pink(), 180, 1500) * (0.5 + stretch.drift("air", 0.4, 0.0, 0.5))
    return np.stack([np.asarray(tones) * pulse * 0.28] * 2) + air


def force_field(stretch: Stretch) -> Signal:
    hz = 110.0 * stretch.manner.pitch
    carrier = stretch.phase("field", hz, 0.01)
    ring = np.sin(carrier + 3.0 * np.sin(carrier * 1.005) * (1.0 + 0.6 * np.sin(stretch.phase("turn", 0.9))))
    crackle = band_pass(stretch.scatter(30, loudness_shape=0.4), 2500, 9000) * 0.7
    return np.stack([ring * 0.35, np.roll(ring, 300) * 0.35]) + crackle


def portal(stretch: Stretch) -> Signal:
    """A gate that breathes: fifths that beat, and noise that circles."""
    root = 110.0 * stretch.manner.pitch / stretch.manner.size
    chord = np.zeros(stretch.shape)
    for number, ratio in enumerate((1.0, 1.005, 1.5, 2.003, 3.01, 4.02)):
        voice = np.sin(stretch.phase(f"voice {number}", root * ratio, 0.006)) / (1 + 0.35 * number)
        side = 0.5 + 0.45 * np.sin(stretch.phase(f"side {number}", 0.13 + 0.05 * number))
        chord += np.stack([voice * (1 - side), voice * side])
    around = stretch.phase("around", 0.55)
    rush = band_pass(stretch.pink(), 400, 2400) * np.stack([0.6 + 0.4 * np.sin(around), 0.6 - 0.4 * np.sin(around)])
    return chord * 0.5 + rush * 1.6 * (0.5 + 0.5 * np.sin(stretch.phase("breath", 0.31)) ** 2)


def teleport(event: Event) -> Signal:
    """Rising shimmer, then gone."""
    seconds = min(1.7, max(0.4, event.seconds))
    rise = np.linspace(0, 1, frames_of(seconds))
    hz = 180.0 * 2 ** (rise * 4.5) * event.manner.pitch
    tone = np.sin(phase_of(hz) + 2.0 * np.sin(phase_of(hz * 1.41)))
    flutter = 0.5 + 0.5 * np.sin(phase_of(6.0 + 30.0 * rise))
    dust = high_pass(white(event.random, (2, len(rise))), 4000) * rise**2 * 0.3
    return (tone * flutter * 0.7 + dust) * bump(seconds, 0.8, 0.6)


def ufo(stretch: Stretch) -> Signal:
    warble = stretch.phase("warble", 5.5 * stretch.manner.speed)
    glide = stretch.phase("glide", 640 * stretch.manner.pitch, 0.12, 0.6)
    tone = np.sin(glide + 9.0 * np.sin(warble)) + 0.3 * np.sin(2 * glide + 18.0 * np.sin(warble))
    return np.stack([tone, tone]) * 0.5


def sonar(event: Event) -> Signal:
    hz = 1450.0 * event.manner.pitch / event.manner.size**0.5
    return sine(hz, 2.2) * pluck(2.2, 0.004, 1.6) + 0.2 * sine(hz * 1.007, 2.2) * pluck(2.2, 0.004, 2.2)


def glitch(event: Event) -> Signal:
    """Scraps of a broken signal."""
    random = event.random
    sound = np.zeros(frames_of(0.9))
    for _ in range(int(random.integers(5, 10))):
        seconds = random.uniform(0.01, 0.09)
        hold = int(random.integers(4, 90))
        scrap = np.repeat(white(random, frames_of(seconds) // hold + 1), hold)[: frames_of(seconds)]
        if random.random() < 0.5:
            scrap = np.sign(np.sin(2 * np.pi * random.uniform(90, 2400) * times(seconds)))
        add_at(sound, fade_ends(np.tanh(scrap) * random.uniform(0.3, 0.8), 0.001, 0.001), random.uniform(0, 0.75))
    add_at(sound, fade_ends(np.tanh(white(random, frames_of(0.05))), 0.001, 0.002) * 0.5, 0.0)
    return sound


def sparkle(event: Event) -> Signal:
    """A shower of tiny bells, falling or rising."""
    random, seconds = event.random, 1.3
    sound = np.zeros((2, frames_of(seconds + 0.8)))
    rising = event.character.random() < 0.6
    for number in range(28):
        share = number / 28
        height = share if rising else 1.0 - share
        hz = 1568.0 * 2 ** ((0, 2, 4, 7, 9)[int(random.integers(0, 5))] / 12 + height * 1.6) * event.manner.pitch
        bell = strike(random, hz, (1.0, 2.76), 0.7, random.uniform(0.3, 0.8), 0.3)
        add_at(sound[int(random.integers(0, 2))], bell * random.uniform(0.2, 0.8), seconds * share**0.9)
    return sound


def spell(event: Event) -> Signal:
    """Gathering, release, sparkle."""
    gather = 0.55
    noise = band_pass(white(event.random, frames_of(gather)), 400, 3000) * line(gather, 0.08, 0.2, 1.0) ** 1.5
    tone = sine(line(gather, 180, 240, 620) * event.manner.pitch) * line(gather, 0.2, 0.5, 1.0)
    sound = np.zeros((2, frames_of(2.8)))
    add_at(sound, fade_ends(noise * 0.6 + tone * 0.5, 0.01, 0.02), 0.0)
    burst = band_pass(white(event.random, (2, frames_of(0.9))), 150, 2500) * pluck(0.9, 0.004, 0.7)
    add_at(sound, burst, gather)
    add_at(sound, sparkle(event) * 0.6, gather + 0.03)
    return sound
