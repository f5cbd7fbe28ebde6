"""Fire."""

from __future__ import annotations

from soundbox.engines.procedural.effects.shaping import Signal, band_pass, ringing
from soundbox.engines.procedural.effects.stretch import Stretch


def fire(stretch: Stretch) -> Signal:
    """A fluttering draught, hissing sap, and wood that crackles in bouts and now and then snaps."""
    strength = stretch.manner.strength
    noise = stretch.noise()
    flutter = 0.5 + stretch.drift("flutter", 7.0, 0.0, 0.6) * stretch.drift("breath", 0.6, 0.3, 1.0)
    draught = noise.low(190) * flutter * 1.1 * strength
    hiss = noise.high(3500, 1) * stretch.drift("hiss", 0.7, 0.0, 0.25)
    bouts = stretch.drift("bouts", 1.5, 0.0, 1.0) ** 2
    crackle = band_pass(stretch.scatter(55, loudness_shape=0.6) * bouts, 1300, 7000) * 2.6
    snaps = stretch.scatter(2.4 * strength, loudness_shape=0.8)
    snap = 2.6 * ringing(snaps, (520, 1150, 2400), 3.0, (1.0, 1.0, 1.0))
    return draught + hiss + crackle + snap
