"""Alarms, sirens, horns, telephones."""

from __future__ import annotations

import numpy as np

from soundbox.engines.procedural.effects.modes import strike
from soundbox.engines.procedural.effects.shaping import (
    Signal,
    add_at,
    band_pass,
    bump,
    fade_ends,
    frames_of,
    sawtooth,
    sine,
    times,
)
from soundbox.engines.procedural.effects.stretch import Event, Stretch


def siren(stretch: Stretch) -> Signal:
    """Wails up and down; a fast one yelps."""
    rate, middle_hz = 0.22 * stretch.manner.speed**2, 860.0 * stretch.manner.pitch
    return np.stack([band_pass(sawtooth(_wailing(stretch, middle_hz, 0.36, rate), 0.75), 350, 3200)] * 2)


def _wailing(stretch: Stretch, hz: float, depth: float, rate: float) -> Signal:
    """Radians of a tone at `hz` that rises and falls by the share `depth`, `rate` times a second."""
    return stretch.phase(f"tone {hz}", hz) - hz * depth / rate * np.sin(stretch.phase("wail", rate))


def beeping(event: Event) -> Signal:
    """An alarm clock: four beeps in a row."""
    sound = np.zeros(frames_of(0.75))
    hz = 2050 * event.manner.pitch / event.manner.size**0.5
    for number in range(4):
        beep = np.tanh(2.5 * sine(hz, 0.07)) + 0.2 * sine(hz * 2, 0.07)
        add_at(sound, fade_ends(beep, 0.003, 0.006), number * 0.125)
    return sound


def two_tone(event: Event) -> Signal:
    """A warning: high, low."""
    sound = np.zeros(frames_of(1.0))
    for number, hz in enumerate((960.0, 770.0)):
        tone = np.tanh(2.0 * sine(hz * event.manner.pitch, 0.5))
        add_at(sound, fade_ends(tone, 0.006, 0.01), number * 0.5)
    return band_pass(sound, 400, 5000)


def buzzer(event: Event) -> Signal:
    seconds = 0.9
    moments = times(seconds)
    buzz = sawtooth(2 * np.pi * 118 * event.manner.pitch * moments, 0.95) + sawtooth(2 * np.pi * 119.4 * moments, 0.95)
    return fade_ends(band_pass(buzz, 120, 3500), 0.004, 0.03)


def horn(event: Event) -> Signal:
    """A car's two horns, a third apart; a big one is a ship's."""
    deep = event.manner.size > 1.2
    seconds = 2.6 if deep else 0.55
    moments = times(seconds)
    low = (88.0 if deep else 415.0) * event.manner.pitch
    tone = sum(sawtooth(2 * np.pi * low * ratio * moments, 0.93) for ratio in (1.0, 1.189, 1.003))
    return fade_ends(band_pass(np.asarray(tone), low * 0.9, 3800), 0.02 if deep else 0.008, 0.3 if deep else 0.05)


def train_horn(event: Event) -> Signal:
    seconds = min(1.8, max(0.3, event.seconds))
    moments = times(seconds)
    chord = sum(sawtooth(2 * np.pi * hz * event.manner.pitch * moments, 0.9) for hz in (311.1, 370.0, 415.3, 493.9))
    return band_pass(np.asarray(chord), 280, 3200) * bump(seconds, 0.3, 0.25)


def phone(event: Event) -> Signal:
    """An old telephone: a clapper between two small bells, twenty times a second."""
    sound = np.zeros(frames_of(2.4))
    for number in range(24):
        hz = 1180.0 if number % 2 else 1430.0
        add_at(sound, strike(event.random, hz * event.manner.pitch, (1.0, 2.71, 5.1), 0.8, 0.7, 0.5), number * 0.05)
    return sound


def air_raid(stretch: Stretch) -> Signal:
    """Two rotors, slowly up and down."""
    rotors = [sawtooth(_wailing(stretch, hz, 0.35, 0.11 * stretch.manner.speed), 0.8) for hz in (330.0, 396.0)]
    return np.stack([band_pass(rotors[0] + 0.8 * rotors[1], 250, 2500)] * 2)
