"""Sounds of buttons, messages and games."""

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
    sine,
    white,
)
from soundbox.engines.procedural.effects.stretch import Event

_MALLET = (1.0, 2.0, 3.98, 5.4)


def click(event: Event) -> Signal:
    """A button: a tick with a body."""
    hz = event.character.uniform(1300, 2100) * event.manner.pitch / event.manner.size
    body = sine(hz * line(0.05, 1.4, 1.0, 0.9)) * pluck(0.05, 0.001, 0.03)
    add_at(body, high_pass(white(event.random, frames_of(0.004)), 3500) * decay(0.004, 0.003) * 0.5, 0.0)
    return body


def pop(event: Event) -> Signal:
    hz = event.character.uniform(380, 560) * event.manner.pitch / event.manner.size
    return sine(hz * line(0.09, 1.0, 2.3)) * pluck(0.09, 0.002, 0.07)


def menu_move(event: Event) -> Signal:
    hz = event.character.choice([880.0, 988.0, 1175.0]) * event.manner.pitch
    sound = np.zeros(frames_of(0.16))
    add_at(sound, _mallet(event, float(hz), 0.15) * 0.9, 0.0)
    add_at(sound, _mallet(event, float(hz) * 1.335, 0.1), 0.045)
    return sound


def notification(event: Event) -> Signal:
    """Two or three soft mallets going up."""
    root = event.character.choice([523.3, 587.3, 659.3, 784.0]) * event.manner.pitch
    steps = ((1.0, 1.5), (1.0, 1.335), (1.0, 1.25, 1.5), (1.5, 2.0))[int(event.character.integers(0, 4))]
    return _tune(event, [float(root) * step for step in steps], 0.13, 0.9)


def success(event: Event) -> Signal:
    """A major chord, climbed."""
    root = float(event.character.choice([523.3, 587.3, 698.5])) * event.manner.pitch
    return _tune(event, [root, root * 1.26, root * 1.498, root * 2.0], 0.085, 1.2)


def error(event: Event) -> Signal:
    """Two low, hollow tones that fall: no."""
    sound = np.zeros(frames_of(0.55))
    root = float(event.character.choice([196.0, 220.0, 246.9])) * event.manner.pitch
    for number, hz in enumerate((root, root * 0.89)):
        tone = low_pass(np.tanh(3.0 * sine(hz, 0.19)) + 0.5 * np.tanh(3.0 * sine(hz * 1.06, 0.19)), 2200)
        add_at(sound, fade_ends(tone, 0.004, 0.05), 0.2 * number)
    return sound


def coin(event: Event) -> Signal:
    """Two square notes a fourth apart, the second ringing."""
    low = 988.0 * event.manner.pitch / event.manner.size**0.5
    sound = np.zeros(frames_of(0.7))
    add_at(sound, _square(low, 0.07), 0.0)
    add_at(sound, _square(low * 1.335, 0.6) * decay(0.6, 0.75), 0.07)
    return sound


def power_up(event: Event) -> Signal:
    """An arpeggio that climbs faster and faster."""
    root = 261.6 * event.manner.pitch
    sound = np.zeros(frames_of(1.1))
    start = 0.0
    for number in range(12):
        hz = root * 2 ** ((0, 4, 7)[number % 3] / 12 + number // 3)
        add_at(sound, _square(hz, 0.09) * 0.7, start)
        start += 0.085 * 0.95**number
    add_at(sound, _square(root * 16, 0.35) * decay(0.35, 0.4) * 0.5, start)
    return sound


def jump(event: Event) -> Signal:
    hz = line(0.24, 230, 330, 640) * event.manner.pitch / event.manner.size
    return np.tanh(2.5 * sine(hz)) * pluck(0.24, 0.003, 0.3)


def hurt(event: Event) -> Signal:
    """A retro hit: a square that drops into noise."""
    hz = line(0.3, 420, 160, 70) * event.manner.pitch
    steps = np.repeat(white(event.random, len(hz) // 24 + 1), 24)[: len(hz)]
    return (np.sign(np.sin(phase_of(hz))) * 0.6 + steps * 0.35) * decay(0.3, 0.35)


def heal(event: Event) -> Signal:
    """Warm rising fifths with a glow."""
    root = 392.0 * event.manner.pitch
    sound = _tune(event, [root, root * 1.5, root * 2, root * 3], 0.14, 1.6)
    glow = band_pass(white(event.random, len(sound)), 3000, 9000) * bump(len(sound) / 44100, 0.4, 2.0)[: len(sound)]
    return sound + glow * 0.06


def game_over(event: Event) -> Signal:
    sound = np.zeros(frames_of(2.0))
    for number, (hz, seconds) in enumerate(((392.0, 0.28), (370.0, 0.28), (349.2, 0.28), (329.6, 0.9))):
        wobble = 1.0 + 0.012 * np.sin(2 * np.pi * 6 * np.linspace(0, seconds, frames_of(seconds)))
        tone = low_pass(np.tanh(2.5 * sine(hz * event.manner.pitch * wobble)), 2600)
        add_at(sound, fade_ends(tone, 0.005, 0.06) * (decay(seconds, 1.5) if number == 3 else 1.0), number * 0.3)
    return sound


def countdown(event: Event) -> Signal:
    """Beep; the last of a counted row is higher and longer."""
    last = event.manner.count is not None and event.index == event.manner.count - 1
    hz, seconds = (1568.0, 0.6) if last else (784.0, 0.16)
    return fade_ends(sine(hz * event.manner.pitch, seconds) + 0.2 * sine(2 * hz, seconds), 0.004, 0.05)


def _tune(event: Event, notes: list[float], gap: float, ring: float) -> Signal:
    sound = np.zeros(frames_of(gap * len(notes) + ring))
    for number, hz in enumerate(notes):
        add_at(sound, _mallet(event, hz, ring), gap * number)
    return sound


def _mallet(event: Event, hz: float, ring: float) -> Signal:
    tone = strike(event.random, hz, _MALLET, ring, ring, 0.28, 1.0, 0.0005)
    add_at(tone, band_pass(white(event.random, frames_of(0.008)), 1500, 6000) * decay(0.008, 0.006) * 0.2, 0.0)
    return fade_ends(tone, 0.002, 0.02)


def _square(hz: float, seconds: float) -> Signal:
    """Odd harmonics below 10 kHz: square without aliases."""
    tone = np.zeros(frames_of(seconds))
    for harmonic in range(1, min(15, max(2, int(10_000 / hz))), 2):
        tone += sine(hz * harmonic, seconds) / harmonic
    return fade_ends(tone, 0.002, 0.006)
