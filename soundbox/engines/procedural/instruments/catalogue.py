"""Every instrument by the name people read. To add one, add a line here and its name in `names.py`."""

from __future__ import annotations

from collections.abc import Callable

from soundbox.engines.procedural.instruments.amped import Amped
from soundbox.engines.procedural.instruments.players import ENSEMBLES, SOLOISTS
from soundbox.engines.procedural.instruments.special import Chime, LongKick, NoiseBed, Riser, Roll, Tine
from soundbox.engines.procedural.instruments.struck import Struck
from soundbox.engines.procedural.instruments.sustained import Sustained
from soundbox.engines.protocol import Samples

Voice = Callable[[float, float, float], Samples]  # pitch (MIDI), seconds held, velocity 0..1 -> (1 or 2, frames)

WOOD = ((110.0, 0.5, 1.2), (230.0, 0.4, 0.8), (2_600.0, 0.7, 0.4))
GOURD = ((420.0, 0.5, 1.6), (900.0, 0.5, 1.0))
FIDDLE = ((290.0, 0.3, 1.0), (560.0, 0.4, 0.9), (1_100.0, 0.5, 0.7))
BELLOWS = ((550.0, 0.4, 1.2), (1_400.0, 0.4, 1.6), (3_000.0, 0.5, 0.8))

KEYS: dict[str, Voice] = {
    "piano": Struck(slope=1.1, position=0.12, decay=0.8, damping=0.11, softness=1.2, stiffness=3.0, knock=0.22,
        detune=1.4, aftersound=0.28),
    "felt piano": Struck(slope=1.9, position=0.12, decay=0.9, damping=0.2, softness=1.0, knock=0.5, knock_hz=900,
        stiffness=2.5, aftersound=0.25),
    "saloon piano": Struck(slope=0.95, position=0.1, decay=1.0, damping=0.12, softness=0.8, stiffness=4.0, knock=0.35,
        detune=17, aftersound=0.2),
    "electric piano": Tine(),
    "clavinet": Struck(slope=0.75, position=0.2, decay=2.2, damping=0.1, detune=0, release=0.04, knock=0.2,
        softness=0.5),
    "harpsichord": Struck(slope=0.55, position=0.15, decay=1.1, damping=0.07, softness=0.15, detune=4, knock=0.3,
        stiffness=0.6),
    "organ": Sustained(shape="drawbars", weights=(1, 0.8, 0.35, 0.5, 0, 0.22, 0, 0.3), cutoff=6_000, voices=2,
        detune=3, attack=0.006, sustain=1, release=0.06, sweep=0, vibrato=9, vibrato_hz=6.4, vibrato_delay=0, rotor=6.4,
        onset=0.1, onset_hz=3_000, drive=0.6),
    "church organ": Sustained(shape="drawbars", weights=(1, 0.7, 0.5, 0.6, 0.12, 0.35, 0.08, 0.4, 0, 0, 0, 0.2, 0, 0,
        0, 0.16), cutoff=7_000, voices=3, detune=7, attack=0.06, sustain=1, release=0.5, sweep=0.3, width=0.9,
        breath=0.02, onset=0.06),
    "accordion": Sustained(shape="narrow", cutoff=3_200, voices=3, detune=16, attack=0.04, sustain=0.95, sweep=0.3,
        body=BELLOWS, unsteady=0.08, swell=0.2, onset=0.05),
    "celesta": Chime(((1, 1, 2.2), (2.0, 0.12, 3.0), (4.0, 0.35, 6), (5.4, 0.1, 11)), knock=0.1),
    "music box": Chime(((1, 1, 3.0), (2.0, 0.3, 4.5), (5.42, 0.4, 10), (8.9, 0.15, 18)), longest=2.0, knock=0.12,
        knock_hz=5_000),
}  # fmt: skip
MALLETS: dict[str, Voice] = {
    "vibraphone": Chime(((1, 1, 1.3), (3.98, 0.25, 4.0), (9.9, 0.07, 12)), tremolo=0.3, knock=0.06, knock_hz=1_200),
    "marimba": Chime(((1, 1, 6.5), (3.93, 0.3, 16), (9.2, 0.12, 40)), longest=1.2, knock=0.25, knock_hz=900),
    "xylophone": Chime(((1, 1, 8.5), (3.0, 0.5, 16), (6.1, 0.3, 30), (10.2, 0.1, 50)), longest=0.8, knock=0.4),
    "glockenspiel": Chime(((1, 1, 1.9), (2.76, 0.5, 3.5), (5.4, 0.3, 7), (8.9, 0.12, 14)), longest=2.5, knock=0.15,
        knock_hz=6_000),
    "kalimba": Chime(((1, 1, 3.4), (2.0, 0.1, 6), (5.8, 0.35, 22), (8.3, 0.12, 35)), longest=1.8, knock=0.3,
        knock_hz=1_500),
    "bells": Chime(
        ((0.5, 0.3, 1.0), (1, 1, 1.2), (1.19, 0.35, 1.9), (2.0, 0.5, 2.2), (2.74, 0.25, 3.6), (5.2, 0.18, 6))
    ),
    "tubular bells": Chime(((0.5, 0.2, 0.8), (1, 1, 0.9), (1.47, 0.5, 1.4), (2.04, 0.55, 1.9), (2.7, 0.4, 2.6),
        (3.4, 0.25, 4.0), (4.2, 0.15, 6.0)), longest=5.0, knock=0.2, knock_hz=3_000),
    "glass bells": Chime(((1, 1, 1.6), (2.76, 0.4, 2.6), (5.4, 0.22, 4.5), (8.93, 0.1, 8)), longest=3.5),
    "steel drum": Chime(((1, 1, 3.2), (2.0, 0.7, 3.6), (3.01, 0.3, 5), (4.1, 0.2, 8)), longest=1.8, knock=0.15),
    "gamelan": Chime(((1, 1, 1.4), (1.52, 0.5, 1.8), (2.56, 0.55, 2.6), (3.88, 0.3, 4.0), (5.1, 0.2, 6.0)),
        tremolo=0.12, longest=4.0, knock=0.3, knock_hz=1_200),
    "singing bowl": Chime(((1, 1, 0.45), (1.004, 0.7, 0.45), (2.71, 0.55, 0.7), (2.72, 0.3, 0.7), (5.1, 0.25, 1.2),
        (7.9, 0.08, 2.2)), longest=7.0, tremolo=0.1, knock=0.05, knock_hz=700),
}  # fmt: skip
PLUCKED: dict[str, Voice] = {
    "nylon guitar": Struck(slope=1.35, position=0.22, decay=1.5, damping=0.3, body=WOOD, knock=0.3, knock_hz=1_500,
        rings=True, aftersound=0.1),
    "acoustic guitar": Struck(slope=0.95, position=0.17, decay=1.1, damping=0.16, body=WOOD, knock=0.4, detune=3,
        rings=True, aftersound=0.1),
    "clean guitar": Amped(intervals=(0,), picks=(0.22, 0.26), drive=1.1, cabinet=5_500, decay=0.9, presence=0.4),
    "muted guitar": Struck(slope=1.1, position=0.2, decay=9, damping=0.2, detune=0, knock=0.4, release=0.05),
    "twang guitar": Amped(intervals=(0,), picks=(0.07, 0.09), drive=1.6, cabinet=6_500, decay=1.1, presence=0.6,
        tremolo=0.35, glide=-0.15),
    "harp": Struck(slope=1.5, position=0.35, decay=1.1, damping=0.3, detune=2, body=WOOD, rings=True, knock=0.1),
    "pizzicato strings": Struck(slope=1.3, position=0.3, decay=5.5, damping=0.25, body=FIDDLE, detune=7, knock=0.3,
        rings=True),
    "banjo": Struck(slope=0.7, position=0.1, decay=4.2, damping=0.08, detune=0, knock=0.6, body=((700.0, 0.6, 1.5),),
        rings=True),
    "mandolin": Struck(slope=0.8, position=0.12, decay=2.6, damping=0.1, detune=9, knock=0.4, body=FIDDLE[1:],
        rings=True),
    "ukulele": Struck(slope=1.4, position=0.25, decay=3.0, damping=0.3, detune=2, knock=0.35, knock_hz=1_800,
        body=GOURD, rings=True),
    "sitar": Struck(slope=0.5, position=0.08, decay=1.0, damping=0.03, detune=9, body=((2_200.0, 0.6, 2.0),),
        rings=True, glide=-0.4, vibrato=10, aftersound=0.2),
    "koto": Struck(slope=0.9, position=0.09, decay=2.0, damping=0.13, detune=2, knock=0.4, rings=True, glide=0.12),
    "oud": Struck(slope=1.15, position=0.16, decay=2.4, damping=0.2, detune=6, knock=0.5, knock_hz=1_300, body=GOURD,
        rings=True),
    "kora": Struck(slope=1.1, position=0.2, decay=2.0, damping=0.22, detune=3, knock=0.35, body=GOURD, rings=True),
    "crunch guitar": Amped(intervals=(0, 7, 12), picks=(0.15, 0.2), drive=3.2, cabinet=5_200, presence=0.3),
    "distorted guitar": Amped(),
    "palm-muted guitar": Amped(decay=9.0),
}  # fmt: skip
BASSES: dict[str, Voice] = {
    "upright bass": Struck(slope=1.6, position=0.2, decay=1.5, damping=0.32, pitch_scaling=0.2, body=WOOD, detune=0,
        knock=0.6, knock_hz=1_100, glide=-0.1, vibrato=4),
    "electric bass": Struck(slope=1.3, position=0.18, decay=0.9, damping=0.22, pitch_scaling=0.2, detune=0,
        knock=0.25, release=0.06),
    "picked bass": Struck(slope=1.0, position=0.1, decay=1.1, damping=0.14, pitch_scaling=0.2, detune=0,
        knock=0.5, knock_hz=3_500, release=0.05, stiffness=0.8),
    "slap bass": Struck(slope=0.95, position=0.1, decay=1.6, damping=0.1, pitch_scaling=0.2, detune=0, knock=0.8,
        knock_hz=4_500, release=0.04, stiffness=0.8),
    "analog bass": Sustained(voices=1, cutoff=420, tracking=0.3, sweep=1.9, sweep_seconds=0.14, resonance=0.6,
        decay=0.3, sustain=0.7, release=0.05, drive=1.1),
    "acid bass": Sustained(voices=1, cutoff=480, tracking=0.2, sweep=2.6, sweep_seconds=0.11, resonance=2.4,
        decay=0.2, sustain=0.5, release=0.03, glide=-2, drive=1.2),
    "reese bass": Sustained(voices=3, detune=26, width=0.35, cutoff=600, tracking=0.2, sweep=0.6, sweep_seconds=0.6,
        sustain=0.95, release=0.06, drive=1.2),
    "growl bass": Sustained(voices=2, shape="square", detune=18, width=0.3, cutoff=2_600, tracking=0.1, sweep=0.6,
        sweep_seconds=0.22, resonance=2.0, drive=2.5, wobble=3.2),
    "pluck bass": Sustained(voices=1, shape="square", cutoff=500, tracking=0.2, sweep=2.2, sweep_seconds=0.08,
        decay=0.14, sustain=0.35, release=0.05),
    "sub bass": Sustained(shape="triangle", voices=1, cutoff=240, tracking=0.2, sweep=0.5, attack=0.008, sustain=0.9,
        release=0.06, drive=1.1),
    "808 bass": LongKick(),
    "chip bass": Sustained(shape="triangle", voices=1, cutoff=9_000, sweep=0, attack=0.001, sustain=0.9, release=0.01),
    "tuba": ENSEMBLES["tuba"],
}  # fmt: skip
PADS: dict[str, Voice] = {
    "warm pad": Sustained(voices=3, detune=16, cutoff=1_000, sweep=0.6, sweep_seconds=1.2, attack=0.35, sustain=0.9,
        release=0.7, width=1, drift=3),
    "analog pad": Sustained(voices=3, detune=20, cutoff=1_900, sweep=0.9, sweep_seconds=0.8, attack=0.12,
        sustain=0.85, release=0.5, width=1, drift=3),
    "glass pad": Sustained(shape="narrow", voices=3, detune=12, cutoff=3_400, sweep=1.0, attack=0.6, sustain=0.9,
        release=1.2, width=1, breath=0.03, swell=0.2),
    "dark pad": Sustained(voices=3, detune=22, cutoff=480, sweep=0.8, opens_slowly=True, attack=1.0, sustain=1,
        release=1.2, width=1, breath=0.03, drift=5, swell=0.3),
    "drone": Sustained(voices=4, detune=11, cutoff=700, tracking=0.1, sweep=1.2, opens_slowly=True, attack=0.8,
        sustain=1, release=1.0, width=1, swell=0.45, drift=4, body=((600.0, 0.3, 2.0), (1_700.0, 0.3, 1.6))),
    **{name: voice for name, voice in ENSEMBLES.items() if name != "tuba"},
}  # fmt: skip
LEADS: dict[str, Voice] = {
    "saw lead": Sustained(voices=2, detune=12, width=0.4, cutoff=2_600, sweep=1.0, attack=0.008, sustain=0.8,
        release=0.14, vibrato=14, resonance=0.4),
    "supersaw": Sustained(voices=5, detune=38, width=1, cutoff=4_200, sweep=0.8, attack=0.008, sustain=0.85,
        release=0.25),
    "square lead": Sustained(shape="square", voices=2, detune=7, width=0.3, cutoff=2_400, sweep=0.8, sustain=0.75,
        release=0.12, vibrato=16),
    "synth pluck": Sustained(voices=2, detune=9, cutoff=900, sweep=2.4, sweep_seconds=0.09, decay=0.22, sustain=0.08,
        release=0.15, resonance=0.8),
    "soft pluck": Sustained(shape="triangle", voices=2, detune=8, cutoff=1_600, sweep=1.8, sweep_seconds=0.1,
        decay=0.35, sustain=0.05, release=0.25),
    "synth stab": Sustained(shape="pulse", voices=4, detune=22, width=0.9, cutoff=1_500, sweep=1.9,
        sweep_seconds=0.1, decay=0.25, sustain=0.25, release=0.16, resonance=0.5),
    "chip lead": Sustained(shape="pulse", voices=1, cutoff=12_000, sweep=0, attack=0.001, decay=0.3, sustain=0.6,
        release=0.015, vibrato=22, vibrato_hz=6),
    "chip arpeggio": Sustained(shape="narrow", voices=1, cutoff=12_000, sweep=0, attack=0.001, decay=0.1,
        sustain=0.4, release=0.01),
    "chip chords": Sustained(shape="square", voices=1, cutoff=9_000, sweep=0, attack=0.001, decay=0.15, sustain=0.3,
        release=0.01),
    "theremin": Sustained(shape="triangle", voices=2, detune=3, width=0.3, cutoff=3_000, sweep=0.5, attack=0.09,
        sustain=0.95, release=0.2, vibrato=38, vibrato_hz=5.6, glide=-1.5, drift=4),
    "lead guitar": Amped(intervals=(0,), picks=(0.16, 0.21), drive=6.0, sustain=0.75, cabinet=4_600, presence=0.5,
        vibrato=16, glide=-0.35, release=0.1),
    **SOLOISTS,
}  # fmt: skip
BEDS: dict[str, Voice] = {
    "vinyl crackle": NoiseBed(low=300, high=5_000, hiss=0.05, grains=9),
    "tape hiss": NoiseBed(low=1_500, high=9_000, hiss=0.4),
    "rain": NoiseBed(low=900, high=8_000, hiss=0.5, grains=160, grain_hz=3_200),
    "wind": NoiseBed(low=120, high=700, swell=0.5),
    "ocean": NoiseBed(low=150, high=2_600, swell=0.8),
    "forest": NoiseBed(low=400, high=3_000, hiss=0.12, chirps=3.5, swell=0.3),
    "stream": NoiseBed(low=500, high=4_500, hiss=0.35, grains=60, grain_hz=1_500, swell=0.1),
    "night": NoiseBed(low=3_800, high=5_200, hiss=0.25, pulse_hz=17.0, swell=0.2),
    "fire": NoiseBed(low=80, high=900, hiss=0.4, grains=14, grain_hz=2_400, swell=0.15),
    "cafe murmur": NoiseBed(low=250, high=1_400, hiss=0.5, grains=2, grain_hz=5_000, swell=0.35),
}
RISERS: dict[str, Voice] = {"riser": Riser(), "swell": Riser(tonal=0.0, bright=0.25), "drum roll": Roll()}

INSTRUMENTS: dict[str, Voice] = {**KEYS, **MALLETS, **PLUCKED, **BASSES, **PADS, **LEADS, **BEDS, **RISERS}
