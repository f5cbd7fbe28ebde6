"""People: hearts, breath, laughter, crowds."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.random import Generator, default_rng

from soundbox.engines.procedural.effects.shaping import (
    CYCLE_FRAMES,
    RATE,
    Signal,
    add_at,
    band_pass,
    bump,
    cycled,
    decay,
    fade_ends,
    frames_of,
    high_pass,
    line,
    low_pass,
    pink,
    pluck,
    saturate,
    sine,
    times,
    white,
)
from soundbox.engines.procedural.effects.stretch import Event, Stretch
from soundbox.engines.procedural.effects.throats import VOWELS, buzz, mouth

_VOWEL_NAMES = tuple(VOWELS)
_CLAPS = 32  # of each kind of hands that sound different


def heartbeat(event: Event) -> Signal:
    """Lub, and a softer dub."""
    sound = np.zeros(frames_of(0.6))
    for start, level, hz in ((0.0, 1.0, 62.0), (0.24 / event.manner.speed**0.5, 0.65, 74.0)):
        beat = sine(line(0.2, 1.5, 1.0, 0.8) * hz * event.manner.pitch) * pluck(0.2, 0.012, 0.17)
        flesh = band_pass(white(event.random, frames_of(0.2)), 50, 180) * pluck(0.2, 0.006, 0.1) * 0.5
        add_at(sound, saturate(beat + flesh, 1.8) * level, start)
    return sound


def breath(event: Event) -> Signal:
    """In, brighter; out, lower and longer."""
    sound = np.zeros(frames_of(3.2 / event.manner.speed))
    for start, seconds, vowel, level in ((0.0, 1.1, "e", 0.8), (1.5, 1.5, "a", 1.0)):
        length = seconds / event.manner.speed
        air = mouth(pink(event.random, frames_of(length)) * 5, vowel, 1.0, 2.5)
        add_at(sound, (air + high_pass(air, 2500) * 0.5) * bump(length, 0.4, 1.2) * level, start / event.manner.speed)
    return sound


def snore(event: Event) -> Signal:
    sound = np.zeros(frames_of(3.4))
    rattle = np.abs(np.sin(np.pi * (26 + 6 * line(1.3, 0, 1)) * times(1.3))) ** 2
    throat = band_pass(white(event.random, len(rattle)), 90, 900) * rattle * bump(1.3, 0.5, 1.0)
    add_at(sound, throat, 0.0)
    add_at(sound, band_pass(white(event.random, frames_of(1.2)), 500, 2500) * bump(1.2, 0.3, 1.5) * 0.15, 1.7)
    return sound


def laugh(event: Event) -> Signal:
    """Ha ha ha: puffs of voice that sink and tire."""
    number = int(event.random.integers(5, 9))
    sound = np.zeros(frames_of(0.22 * number + 0.3))
    home = event.character.uniform(170, 300) * event.manner.pitch / event.manner.size
    for ha in range(number):
        seconds = 0.17
        hz = home * (1.25 - 0.05 * ha) * line(seconds, 1.05, 1.1, 0.9)
        voice = mouth(buzz(event.random, hz, 0.35), "uh a", 1.0, 7.0) * bump(seconds, 0.35, 0.6)
        puff = mouth(pink(event.random, frames_of(0.09)) * 6, "a", 1.0, 3.0) * bump(0.09, 0.4, 1.0) * 0.3
        level = 1.0 - 0.5 * ha / number
        add_at(sound, puff * level, 0.2 * ha)
        add_at(sound, voice * level, 0.2 * ha + 0.035)
    return sound


def scream(event: Event) -> Signal:
    seconds = min(1.9, max(0.4, event.seconds))
    hz = line(seconds, 620, 980, 1050, 1020, 900, 700) * event.manner.pitch / event.manner.size**0.5
    voice = mouth(buzz(event.random, hz, 0.3, 0.35), "a a e a", 0.9, 5.0)
    return saturate(voice * bump(seconds, 0.25, 0.3), 3.0)


def gasp(event: Event) -> Signal:
    air = mouth(pink(event.random, frames_of(0.5)) * 6, "uh e", 1.0, 3.0)
    return air * bump(0.5, 0.6, 1.2)


def voices_saying_ah(stretch: Stretch) -> Signal:
    """A small choir holding a chord."""
    root = 130.8 * stretch.manner.pitch / stretch.manner.size
    choir = np.zeros(stretch.shape)
    for number, ratio in enumerate((1.0, 1.003, 1.5, 1.498, 2.0, 2.006, 2.52)):
        phase = stretch.phase(f"singer {number}", root * ratio, 0.004, 4.5)
        singer = cycled(phase, _ah(root * ratio))
        singer = singer * stretch.drift(f"breath {number}", 0.35, 0.25, 1.0)
        side = 0.5 + 0.4 * np.cos(number * 2.4)
        choir += np.stack([np.sqrt(1 - side) * singer, np.sqrt(side) * singer])
    return choir + stretch.noise().band(600, 3000) * 0.15


def _ah(hz: float) -> Signal:
    """One cycle of an "ah" at `hz`: its harmonics are strong where the mouth resonates."""
    turn = np.arange(CYCLE_FRAMES) * (2.0 * np.pi / CYCLE_FRAMES)
    cycle = np.zeros(CYCLE_FRAMES)
    for harmonic in range(1, int(4200 / hz) + 1):
        near = sum(np.exp(-(((harmonic * hz - centre) / 220.0) ** 2)) for centre in VOWELS["a"])
        cycle += (near + 0.15) / harmonic**0.5 * np.sin(turn * harmonic + harmonic**2)
    return cycle


def murmur(event: Event) -> Signal:
    """A stranger's sentence, too far off to be understood."""
    random = event.random
    syllables = int(random.integers(4, 10))
    seconds = syllables * random.uniform(0.15, 0.2)
    home = random.choice([random.uniform(95, 140), random.uniform(170, 240)])
    hz = home * line(seconds, *random.uniform(0.88, 1.18, syllables))
    beat = np.abs(np.sin(np.pi * syllables * np.linspace(0, 1, len(hz)))) ** 0.7
    stress = line(seconds, *random.uniform(0.25, 1.0, syllables))
    vowels = " ".join(random.choice(_VOWEL_NAMES, 2))
    return (
        mouth(buzz(random, hz, 0.12), vowels, random.uniform(0.85, 1.05), 6.0) * beat * stress * random.uniform(0.3, 1)
    )


def room_of_people(stretch: Stretch) -> Signal:
    """What a hundred talkers blur into."""
    noise = stretch.noise()
    blur = np.zeros(stretch.shape)
    for number, (low, high) in enumerate(((180, 320), (320, 600), (600, 1100), (1100, 2000), (2000, 3400))):
        blur += noise.band(low, high) * (0.35 + stretch.drift(f"band {number}", 5.0, 0.0, 0.65)) * 0.8**number
    return blur * 2.0


def clatter(event: Event) -> Signal:
    """A cup meets its saucer somewhere."""
    hz = event.random.uniform(2200, 4200)
    sound = np.zeros(frames_of(0.5))
    for start in np.cumsum(event.random.uniform(0.0, 0.09, int(event.random.integers(1, 4)))):
        tone = sine(hz * event.random.uniform(0.98, 1.02), 0.25) * decay(0.25, 0.16)
        add_at(sound, tone + 0.5 * sine(hz * 1.83, 0.25) * decay(0.25, 0.1), float(start))
    return sound * event.random.uniform(0.2, 0.8)


def applause(stretch: Stretch) -> Signal:
    """Hundreds of claps from four kinds of hands, each a short burst of noise."""
    strength = stretch.manner.strength
    swell = stretch.drift("swell", 0.6, 0.7, 1.0)
    sound = np.zeros(stretch.shape)
    for hz in (780, 1150, 1700, 2500):
        _clap(sound, stretch.random, hz, 50 * strength**2 * stretch.frames / RATE)
    return sound * swell + stretch.noise().band(700, 4000) * 0.5 * strength


def _clap(hands: Signal, random: Generator, hz: float, claps: float) -> None:
    """Lays about so many claps of one kind of hands onto each channel, few of them loud."""
    bursts = _bursts(hz)
    for channel in hands:
        number = random.poisson(claps)
        places = random.integers(0, max(1, len(channel) - bursts.shape[1]), number)
        strengths = random.gamma(1.2, 1.0 / 1.2, number)
        for place, strength, kind in zip(places, strengths, random.integers(0, len(bursts), number), strict=True):
            piece = channel[place : place + bursts.shape[1]]
            piece += strength * bursts[kind, : len(piece)]


@lru_cache(maxsize=8)
def _bursts(hz: float) -> Signal:
    """Single claps, one a row: noise that dies in some milliseconds."""
    clap = default_rng(round(hz)).standard_normal((_CLAPS, frames_of(0.02))) * np.exp(-times(0.02) / 0.0025)
    return fade_ends(band_pass(clap, hz * 0.7, hz * 1.5), 0.0, 0.004)


def cheer(event: Event) -> Signal:
    """One throat of a cheering crowd."""
    seconds = event.random.uniform(0.9, 1.8)
    home = event.random.uniform(260, 620)
    hz = home * line(seconds, 0.8, 1.2, 1.25, 1.0)
    vowels = str(event.random.choice(["u a", "e i", "o u", "i a"]))
    return (
        mouth(buzz(event.random, hz, 0.35, 0.15), vowels, 0.9, 5.0)
        * bump(seconds, 0.35, 0.6)
        * event.random.uniform(0.2, 1)
    )


def crunch(event: Event) -> Signal:
    """A bite, then chewing."""
    sound = np.zeros(frames_of(0.5))
    for _ in range(34):
        start = 0.3 * event.random.beta(1.2, 2.2)
        crack = band_pass(white(event.random, frames_of(0.012)), 700, 5000) * decay(0.012, 0.012)
        add_at(sound, crack * event.random.gamma(0.8, 0.6), start)
    return sound + low_pass(sound, 350) * 2.0


def whisper(event: Event) -> Signal:
    """Breath shaped into syllables."""
    syllables = int(event.random.integers(4, 9))
    seconds = syllables * 0.19
    air = mouth(pink(event.random, frames_of(seconds)) * 5, " ".join(event.random.choice(_VOWEL_NAMES, 4)), 1.0, 4.0)
    hiss = high_pass(white(event.random, len(air)), 4500) * 0.06
    return (air + hiss) * np.abs(np.sin(np.pi * syllables * np.linspace(0, 1, len(air)))) ** 1.2
