"""Struck things: a sum of dying sines. The ratios are those of the physics books."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from scipy.signal import lfilter

from soundbox.engines.procedural.effects.shaping import RATE, Signal, frames_of

BAR = (1.0, 2.756, 5.404, 8.933, 13.34)  # a free metal or wooden bar
PLATE = (
    1.0,
    1.59,
    2.14,
    2.30,
    2.65,
    2.92,
    3.16,
    3.50,
    3.60,
    4.06,
    4.23,
    4.60,
    5.15,
    5.9,
    6.7,
    7.9,
    9.3,
    11.2,
)  # a stiff sheet
DRUM = (1.0, 1.594, 2.136, 2.296, 2.653, 2.918, 3.156, 3.501)  # a round skin
CHURCH_BELL = (0.5, 1.0, 1.19, 1.5, 2.0, 2.51, 2.66, 3.01, 4.17, 5.43)  # hum, prime, tierce, quint, nominal ...


def strike(
    random: Generator,
    hz: float,
    ratios: tuple[float, ...],
    seconds: float,
    ring: float,
    brightness: float = 0.7,
    damping: float = 0.6,
    spread: float = 0.01,
) -> Signal:
    """A struck body of shape (frames,).

    The lowest mode rings `ring` seconds down to -60 dB, higher ones shorter by ratio ** damping; each mode is
    `brightness` times as strong as the one before. `spread` detunes them, as no two real things are alike.
    """
    sound = np.zeros(frames_of(seconds))
    for number, ratio in enumerate(ratios):
        frequency = hz * ratio * (1.0 + random.uniform(-spread, spread))
        mode_ring = ring / max(ratio, 1.0) ** damping
        start, amplitude = random.uniform(0.0, 2.0 * np.pi), brightness**number * random.uniform(0.7, 1.0)
        if frequency < RATE * 0.45:
            length = min(len(sound), frames_of(1.4 * mode_ring))
            sound[:length] += amplitude * _dying_sine(frequency, mode_ring, start, length)
    return sound


def _dying_sine(hz: float, ring: float, start: float, frames: int) -> Signal:
    """sin(2 pi hz t + start) * exp(-6.9 t / ring), as the answer of a two-pole filter: faster than sines."""
    turn, shrink = 2.0 * np.pi * hz / RATE, np.exp(-6.9 / (ring * RATE))
    zeros = [np.sin(start), shrink * np.sin(turn - start)]
    poles = [1.0, -2.0 * shrink * np.cos(turn), shrink**2]
    impulse = np.zeros(frames)
    impulse[0] = 1.0
    return np.asarray(lfilter(zeros, poles, impulse))
