"""Between sound and music: drones, stingers, rolls, risers, jokes."""

from __future__ import annotations

import numpy as np

from soundbox.engines.procedural.effects.modes import DRUM, strike
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
from soundbox.engines.procedural.effects.sounds.impacts import drum_hit
from soundbox.engines.procedural.effects.stretch import Event, Stretch
from soundbox.engines.procedural.effects.throats import buzz, mouth


def horror_drone(stretch: Stretch) -> Signal:
    """Low tones a hair and a semitone apart, breath, and far metal."""
    root = 55.0 * stretch.manner.pitch
    sound = np.zeros(stretch.shape)
    for number, ratio in enumerate((1.0, 1.011, 1.5, 1.587, 2.12, 4.24)):
        level = stretch.drift(f"level {number}", 0.3, 0.1, 1.0) / (1 + 0.5 * number)
        voice = sawtooth(stretch.phase(f"voice {number}", root * ratio, 0.006), 0.87) * level
        side = 0.5 + 0.35 * np.cos(number * 2.2)
        sound += np.stack([voice * np.sqrt(1 - side), voice * np.sqrt(side)])
    breath = band_pass(stretch.pink(), 250, 900) * stretch.drift("breath", 0.35, 0.0, 1.0) ** 2
    return band_pass(sound, 70, 1300) * 0.4 + breath * 1.2


def drone(stretch: Stretch) -> Signal:
    """A calm, wide chord of fifths."""
    root = 98.0 * stretch.manner.pitch
    sound = np.zeros(stretch.shape)
    for number, ratio in enumerate((1.0, 1.003, 1.5, 2.0, 2.004, 3.0, 4.01)):
        level = stretch.drift(f"level {number}", 0.3, 0.15, 1.0) / (1 + 0.4 * number)
        voice = np.sin(stretch.phase(f"voice {number}", root * ratio, 0.002)) * level
        side = 0.5 + 0.4 * np.cos(number * 2.2)
        sound += np.stack([voice * np.sqrt(1 - side), voice * np.sqrt(side)])
    air = stretch.noise().band(900, 3800) * stretch.drift("air", 0.22, 0.0, 1.0) ** 2  # comes and goes like breath
    shine = np.sin(stretch.phase("shine", root * 8.02, 0.003)) * stretch.drift("glow", 0.35, -0.6, 1.0).clip(0.0) ** 2
    return sound + stretch.noise().band(200, 1200) * 0.2 + air * 0.6 + shine * 0.12


def tension(stretch: Stretch) -> Signal:
    """High strings that tremble on a second, over a slow pulse."""
    tremble = 0.65 + 0.35 * np.sin(stretch.phase("tremble", 11.0, 0.06, 2.0))
    strings = np.zeros(stretch.shape)
    for number, hz in enumerate((622.3, 659.3, 933.0, 311.1)):
        voice = sawtooth(stretch.phase(f"string {number}", hz * stretch.manner.pitch, 0.004, 3.0), 0.7)
        side = 0.5 + 0.35 * np.cos(number * 2.4)
        strings += np.stack([voice * (1 - side), voice * side]) * stretch.drift(f"bow {number}", 0.3, 0.05, 1.0)
    pulse = np.sin(stretch.phase("deep", 73.4)) * np.exp(4.0 * (np.cos(stretch.phase("pulse", 1.0)) - 1.0))
    return band_pass(strings * tremble, 300, 5000) * 0.35 + np.stack([pulse, pulse]) * 0.45


def ghost(event: Event) -> Signal:
    """A voice without a mouth: u, sliding, with its echo before itself."""
    seconds = min(3.0, max(0.5, event.seconds))
    hz = line(seconds, 300, 520, 430, 560, 340) * event.manner.pitch * event.random.uniform(0.9, 1.1)
    hz = hz * (1.0 + 0.02 * np.sin(2 * np.pi * 5.5 * np.arange(len(hz)) / 44100))
    voice = mouth(buzz(event.random, hz, 0.25), "u o u", 1.0, 6.0) * bump(seconds, 0.5, 0.6)
    return np.stack([voice, np.roll(voice, 900)])


def drum_roll(stretch: Stretch) -> Signal:
    """A snare, fourteen strokes a second."""
    strokes = np.exp(12.0 * (np.cos(stretch.phase("sticks", 14.0, 0.03, 3.0)) - 1.0))
    wires = band_pass(stretch.white(), 1800, 8000) * strokes * stretch.drift("hand", 5.0, 0.7, 1.0)
    skin = low_pass(stretch.white(), 260, 2) * strokes * 1.6
    return wires * 0.6 + skin


def rim_shot(event: Event) -> Signal:
    """Ba-dum tss."""
    sound = np.zeros((2, frames_of(2.2)))
    for start, hz in ((0.0, 190.0), (0.16, 130.0)):
        skin = strike(event.random, hz, DRUM, 0.4, 0.3, 0.6) + _snap(event, 0.08)
        add_at(sound, skin, start)
    cymbal = high_pass(white(event.random, (2, frames_of(1.6))), 4500) * pluck(1.6, 0.001, 1.1) * 0.5
    add_at(sound, cymbal + strike(event.random, 180, DRUM, 1.6, 0.2, 0.6), 0.42)
    return sound


def _snap(event: Event, seconds: float) -> Signal:
    snap = np.zeros(frames_of(0.4))
    add_at(snap, band_pass(white(event.random, frames_of(seconds)), 1200, 7000) * decay(seconds, seconds), 0.0)
    return snap


def stinger(event: Event) -> Signal:
    """The orchestra strikes once: low octaves, a cluster, a drum, a cymbal."""
    root = float(event.character.choice([65.4, 69.3, 73.4])) * event.manner.pitch
    seconds = 3.0
    moments = times(seconds)
    chord = sum(
        sawtooth(2 * np.pi * root * ratio * moments + phase, 0.85) * level
        for ratio, phase, level in (
            (1, 0, 1),
            (2, 1, 0.8),
            (2.378, 2, 0.6),
            (2.997, 3, 0.6),
            (4.24, 4, 0.45),
            (6.0, 5, 0.3),
        )
    )
    sound = np.stack([low_pass(np.asarray(chord), 3200) * pluck(seconds, 0.006, 1.8) * 0.3] * 2)
    add_at(sound, drum_hit(event) * 0.9, 0.0)
    add_at(sound, high_pass(white(event.random, (2, frames_of(2.4))), 3500) * pluck(2.4, 0.002, 1.6) * 0.25, 0.0)
    return sound


def riser(event: Event) -> Signal:
    """Noise and a glide that climb to the end of the sound, and an impact there when there is room."""
    seconds = min(max(0.4, event.seconds - 0.6), 8.0)
    share = np.linspace(0, 1, frames_of(seconds))
    hz = 90.0 * 2 ** (share * 4.0) * event.manner.pitch
    glide = sawtooth(phase_of(hz), 0.6) * 0.25
    noise = white(event.random, (2, len(share)))
    air = sum(
        band_pass(noise, low, low * 2.2) * np.clip(1.2 - np.abs(share * 3 - number), 0, 1)
        for number, low in enumerate((300, 900, 2500, 6000))
    )
    sound = np.zeros((2, len(share) + frames_of(1.5)))
    add_at(sound, (glide + air * 0.8) * (0.14 + 0.86 * share**1.8), 0.0)
    add_at(sound, drum_hit(event) * 1.4, seconds)
    return sound


def transition(event: Event) -> Signal:
    """A swell that turns over into a soft impact."""
    swell = 0.7
    noise = white(event.random, (2, frames_of(swell)))
    rise = band_pass(noise, 350, 5500) * line(swell, 0.05, 0.12, 0.35, 1.0)
    sound = np.zeros((2, frames_of(2.4)))
    add_at(sound, fade_ends(rise, 0.01, 0.006), 0.0)
    fall = band_pass(white(event.random, (2, frames_of(1.4))), 200, 3500) * pluck(1.4, 0.003, 1.0) * 0.7
    add_at(sound, fall + sine(line(1.4, 80, 42, 40)) * pluck(1.4, 0.003, 1.2), swell)
    return sound


def fanfare(event: Event) -> Signal:
    """Three short brass calls and a long one."""
    root = 261.6 * event.manner.pitch
    sound = np.zeros(frames_of(2.6))
    for start, seconds, ratio in ((0.0, 0.16, 1.5), (0.2, 0.16, 1.5), (0.4, 0.16, 1.5), (0.6, 1.5, 2.0)):
        for part in (1.0, 0.75, 0.63):
            tone = sawtooth(2 * np.pi * root * ratio * part * times(seconds), 0.88)
            add_at(sound, fade_ends(low_pass(tone, 3400), 0.02, 0.08) * 0.4, start)
    return sound


def sad_trombone(event: Event) -> Signal:
    """Wah, wah, wah, waaah."""
    sound = np.zeros(frames_of(3.2))
    for number, (hz, seconds) in enumerate(((233.1, 0.4), (220.0, 0.4), (207.7, 0.4), (196.0, 1.5))):
        wobble = 1.0 + 0.02 * np.sin(2 * np.pi * 5.5 * times(seconds)) * (number == 3)
        tone = mouth(sawtooth(phase_of(hz * event.manner.pitch * wobble), 0.9), "u a u", 1.2, 3.0)
        add_at(sound, fade_ends(tone, 0.03, 0.08), 0.45 * number)
    return sound


def boing(event: Event) -> Signal:
    """A spring that wobbles out."""
    seconds = 1.0 * event.manner.size
    wobble = np.sin(2 * np.pi * (7 + 5 * line(seconds, 0, 1)) * times(seconds)) * decay(seconds, 1.6)
    hz = (line(seconds, 150, 190) + 95 * wobble) * event.manner.pitch / event.manner.size
    return saturate(sine(hz) + 0.5 * sine(hz * 2.01), 1.5) * pluck(seconds, 0.003, 1.1 * event.manner.size)


def slide_whistle(event: Event) -> Signal:
    up = event.character.random() < 0.5
    hz = line(0.9, 520, 900, 1700) * event.manner.pitch
    hz = (hz if up else hz[::-1]) * (1.0 + 0.012 * np.sin(2 * np.pi * 6.5 * times(0.9)))
    return (sine(hz) + 0.06 * band_pass(white(event.random, len(hz)), 500, 3000)) * bump(0.9, 0.3, 0.35)


def scratch(event: Event) -> Signal:
    """A record is pulled back and forth."""
    seconds = 0.42
    pull = np.abs(np.sin(2 * np.pi * 2.4 * times(seconds)))
    groove = white(event.random, 6000)
    place = np.cumsum(0.25 + pull * 1.6) % 5999
    return saturate(band_pass(np.interp(place, np.arange(6000), groove), 350, 4200) * pull, 1.5)
