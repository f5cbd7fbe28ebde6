"""Dogs, cats, cattle, wolves, owls, frogs, horses."""

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
    low_pass,
    pluck,
    saturate,
    sine,
    times,
    white,
)
from soundbox.engines.procedural.effects.sounds.impacts import thud, wood_hit
from soundbox.engines.procedural.effects.stretch import Event, Stretch
from soundbox.engines.procedural.effects.throats import buzz, mouth


def bark(event: Event) -> Signal:
    """One "woof": a burst of breath and voice that jumps up and falls."""
    size = event.manner.size * event.character.uniform(0.85, 1.15)
    seconds = event.random.uniform(0.17, 0.23) * size**0.4
    hz = line(seconds, 320, 610, 540, 400, 260) * event.manner.pitch / size * event.random.uniform(0.95, 1.05)
    voice = mouth(buzz(event.random, hz, 0.35, 0.5), "o a uh", 0.9 * size**0.7, 4.0)
    rasp = band_pass(white(event.random, len(hz)), 900, 3600) * 0.14
    return saturate((voice + rasp) * pluck(seconds, 0.014, seconds * 1.6) * bump(seconds, 0.2, 0.3), 2.2)


def growl(event: Event) -> Signal:
    seconds = min(2.2, max(0.3, event.seconds))
    hz = line(seconds, 85, 95, 80, 90) / event.manner.size
    return mouth(buzz(event.random, hz, 0.3, 0.6), "o uh o", 1.1 * event.manner.size, 3.0) * bump(seconds, 0.4, 0.6)


def meow(event: Event) -> Signal:
    size = event.manner.size * event.character.uniform(0.9, 1.1)
    seconds = event.random.uniform(0.65, 0.95)
    hz = line(seconds, 430, 640, 720, 660, 540, 400) * event.manner.pitch / size * event.random.uniform(0.94, 1.06)
    voice = mouth(buzz(event.random, hz, 0.06), "i e a o u", 0.62 * size, 7.0)
    return high_pass(voice, 350) * bump(seconds, 0.35, 0.7)


def purr(stretch: Stretch) -> Signal:
    """Breath in and out, chopped by the throat 25 times a second."""
    throat = np.maximum(np.sin(stretch.phase("throat", 25.0, 0.05)), 0.0) ** 1.5
    breath = 0.6 + 0.4 * np.sin(stretch.phase("breath", 0.42, 0.1))
    return band_pass(stretch.pink(), 60, 700) * throat * breath * 4.0


def moo(event: Event) -> Signal:
    seconds = event.random.uniform(1.4, 2.0)
    hz = line(seconds, 130, 165, 172, 165, 130) * event.manner.pitch / event.manner.size
    return mouth(buzz(event.random, hz, 0.12, 0.15), "u o a o", 1.5 * event.manner.size, 7.0) * bump(seconds, 0.35, 0.5)


def bleat(event: Event) -> Signal:
    seconds = event.random.uniform(0.8, 1.2)
    tremble = 1.0 + 0.06 * np.sin(2 * np.pi * 8.5 * times(seconds))
    hz = line(seconds, 360, 400, 380, 340)[: len(tremble)] * tremble * event.manner.pitch
    return mouth(buzz(event.random, hz, 0.15, 0.2), "e a e", 0.9, 6.0) * bump(seconds, 0.2, 0.5) * tremble**4


def howl(event: Event) -> Signal:
    """A wolf: up in a glide, held, and down."""
    seconds = min(event.random.uniform(2.8, 4.0), max(0.4, event.seconds))
    start = event.character.uniform(0.9, 1.1) * event.manner.pitch / event.manner.size
    hz = line(seconds, 260, 420, 560, 590, 585, 570, 540, 430, 330) * start * event.random.uniform(0.92, 1.08)
    hz = hz * (1.0 + 0.008 * np.sin(2 * np.pi * 5.0 * np.arange(len(hz)) / 44100))
    return mouth(buzz(event.random, hz, 0.1), "u o o u", 1.0, 5.0) * bump(seconds, 0.45, 0.5)


def hoot(event: Event) -> Signal:
    """An owl: one short call, a pause, one long and trembling."""
    sound = np.zeros(frames_of(2.6))
    base = 370 * event.character.uniform(0.9, 1.12) * event.manner.pitch / event.manner.size
    for start, seconds, tremble in ((0.0, 0.4, 0.0), (0.95, 0.25, 0.0), (1.3, 1.1, 0.025)):
        shape = line(seconds, 0.93, 1.0, 1.0, 0.95)
        hz = base * shape * (1.0 + tremble * np.sin(2 * np.pi * 9 * np.arange(len(shape)) / 44100))
        breath = band_pass(white(event.random, len(hz)), base * 0.8, base * 1.3) * 0.15
        add_at(sound, (sine(hz) + 0.15 * sine(hz * 2) + breath) * bump(seconds, 0.35, 0.7), start)
    return sound


def croak(event: Event) -> Signal:
    """A frog: a train of clicks that ring in its throat."""
    seconds = event.random.uniform(0.25, 0.5)
    rate = event.character.uniform(26, 40)
    pulses = np.maximum(np.sin(2 * np.pi * rate * times(seconds)), 0.0) ** 3
    hz = 620 * event.character.uniform(0.8, 1.3) * event.manner.pitch / event.manner.size
    voice = sine(hz * line(seconds, 0.9, 1.1)) + 0.5 * sine(hz * 2.1 * line(seconds, 0.9, 1.1))
    return voice[: len(pulses)] * pulses * bump(seconds, 0.4, 0.6)


def crow_of_a_rooster(event: Event) -> Signal:
    sound = np.zeros(frames_of(2.1))
    calls = (
        (0.0, 0.2, (620, 760)),
        (0.25, 0.18, (760, 800)),
        (0.47, 0.3, (800, 960, 900)),
        (0.82, 1.0, (900, 1010, 960, 640)),
    )
    for start, seconds, notes in calls:
        hz = line(seconds, *notes) * event.manner.pitch
        add_at(sound, mouth(buzz(event.random, hz, 0.1, 0.15), "e a o", 0.6, 6.0) * bump(seconds, 0.3, 0.4), start)
    return sound


def gallop(event: Event) -> Signal:
    """Three hooves in a bar, and a breath."""
    sound = np.zeros(frames_of(0.7))
    for start, level in ((0.0, 0.8), (0.12, 0.9), (0.25, 1.0)):
        at, strength = start / event.manner.speed, level * event.random.uniform(0.8, 1.0)
        add_at(sound, thud(event) * 0.5 * strength, at)
        add_at(sound, wood_hit(event) * 0.25 * strength, at)
    return sound


def roar(event: Event) -> Signal:
    """A monster: a throat far too big, overdriven, with an undertone."""
    seconds = min(2.6 * event.manner.size**0.5, max(0.4, event.seconds))
    hz = line(seconds, 90, 150, 138, 110, 70) * event.manner.pitch / event.manner.size
    throat = mouth(buzz(event.random, hz, 0.3, 0.5), "o a a o u", 1.7 * event.manner.size**0.5, 3.5)
    under = low_pass(buzz(event.random, hz * 0.5, 0.2, 0.9), 300) * 0.15
    return saturate((throat + under) * bump(seconds, 0.25, 0.5) * 1.6, 2.5)
