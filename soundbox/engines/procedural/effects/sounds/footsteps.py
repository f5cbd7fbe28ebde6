"""Footsteps: heel, then toe, on whatever lies there."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from soundbox.engines.procedural.effects.modes import BAR, PLATE, strike
from soundbox.engines.procedural.effects.shaping import (
    Signal,
    add_at,
    band_pass,
    bump,
    decay,
    frames_of,
    low_pass,
    pluck,
    white,
)
from soundbox.engines.procedural.effects.sounds.water import swallowed_steps
from soundbox.engines.procedural.effects.stretch import Event


def footstep(event: Event) -> Signal:
    """One step; left and right foot differ a little, and no two weights are the same."""
    by_material: dict[str, Callable[[Event], Signal]] = {
        "gravel": _gravel,
        "snow": _snow,
        "wood": _wood,
        "leaves": _leaves,
        "grass": _grass,
        "metal": _metal,
        "tin": _metal,
        "water": swallowed_steps,
        "sand": _sand,
        "carpet": _carpet,
    }
    weight = event.random.uniform(0.75, 1.0) * (1.0 if event.index % 2 else 0.9)
    return event.manner.chosen(by_material, _stone)(event) * weight


def _heel_and_toe(event: Event, heel: Signal, toe: Signal) -> Signal:
    step = np.zeros(frames_of(0.5))
    gap = event.random.uniform(0.07, 0.1) / event.manner.speed
    add_at(step, heel, 0.0)
    add_at(step, toe * 0.55, gap)
    return step


def _tap(event: Event, low_hz: float, high_hz: float, ring: float) -> Signal:
    return band_pass(white(event.random, frames_of(ring)), low_hz, high_hz) * pluck(ring, 0.001, ring)


def _thud(event: Event, hz: float) -> Signal:
    return low_pass(white(event.random, frames_of(0.12)), hz / event.manner.size, 2) * pluck(0.12, 0.003, 0.09) * 3.0


def _stone(event: Event) -> Signal:
    heel = _tap(event, 900, 4200, 0.05)
    add_at(heel, _thud(event, 160)[: len(heel)], 0.0)
    return _heel_and_toe(event, heel, _tap(event, 1500, 6000, 0.04))


def _wood(event: Event) -> Signal:
    board = strike(event.random, 105 / event.manner.size, BAR[:4], 0.25, 0.16, brightness=0.55, spread=0.06)
    add_at(board, _tap(event, 700, 2600, 0.03) * 0.8, 0.0)
    return _heel_and_toe(event, board, board * 0.7)


def _metal(event: Event) -> Signal:
    sheet = strike(event.random, 240 / event.manner.size, PLATE, 0.45, 0.5, brightness=0.85, spread=0.03) * 0.4
    add_at(sheet, _tap(event, 1200, 5000, 0.03), 0.0)
    return _heel_and_toe(event, sheet, sheet * 0.6)


def _gravel(event: Event) -> Signal:
    return _grains(event, 0.3, 90, 1200, 6500) + _padded(_thud(event, 140) * 0.5, 0.3)


def _leaves(event: Event) -> Signal:
    return _grains(event, 0.38, 70, 2200, 8500)


def _grass(event: Event) -> Signal:
    swish = band_pass(white(event.random, frames_of(0.25)), 1500, 5500) * bump(0.25, 0.3, 1.5) * 0.35
    return swish + _padded(_thud(event, 130) * 0.6, 0.25)


def _sand(event: Event) -> Signal:
    push = band_pass(white(event.random, frames_of(0.3)), 700, 3500) * bump(0.3, 0.35, 1.3) * 0.4
    return push + _padded(_thud(event, 110) * 0.5, 0.3)


def _snow(event: Event) -> Signal:
    """Crystals break in quick bursts: a squeak made of crunch."""
    crunch = _grains(event, 0.34, 240, 500, 2600) * bump(0.34, 0.45, 0.8)
    return crunch + _grains(event, 0.34, 110, 2500, 5500) * 0.35 + _padded(_thud(event, 120) * 0.35, 0.34)


def _carpet(event: Event) -> Signal:
    return _thud(event, 190)


def _grains(event: Event, seconds: float, number: int, low_hz: float, high_hz: float) -> Signal:
    """Small stones or stalks that give way, most of them when heel and toe come down."""
    clicks = np.zeros(frames_of(seconds))
    halves = np.where(event.random.random(number) < 0.55, 0.22, 0.6)
    places = np.clip(event.random.normal(halves, 0.1), 0.01, 0.98) * len(clicks)
    clicks[places.astype(int)] = event.random.gamma(0.8, 1.0, number) * event.random.choice([-1, 1], number)
    grain = band_pass(white(event.random, frames_of(0.012)), low_hz, high_hz) * decay(0.012, 0.01)
    return np.convolve(clicks, grain)[: len(clicks)] * 0.5


def _padded(sound: Signal, seconds: float) -> Signal:
    canvas = np.zeros(frames_of(seconds))
    add_at(canvas, sound, 0.0)
    return canvas
