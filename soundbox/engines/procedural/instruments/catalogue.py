"""Every instrument by the name people read. To add one, add a line; styles and prompts may then ask for it."""

from __future__ import annotations

from collections.abc import Callable

from soundbox.engines.procedural.instruments.special import Chime, LongKick, NoiseBed, PowerChord, Riser
from soundbox.engines.procedural.instruments.struck import Struck
from soundbox.engines.procedural.instruments.sustained import Sustained
from soundbox.engines.protocol import Samples

Voice = Callable[[float, float, float], Samples]  # pitch (MIDI), seconds held, velocity 0..1 -> (1 or 2, frames)

WOOD = ((110.0, 0.5, 1.2), (230.0, 0.4, 0.8), (2_600.0, 0.7, 0.4))
VIOLIN = ((290.0, 0.3, 1.0), (560.0, 0.4, 0.9), (1_100.0, 0.5, 0.7), (2_800.0, 0.6, 1.1))
VOWEL_AH = ((700.0, 0.25, 5.0), (1_150.0, 0.22, 3.5), (2_700.0, 0.25, 1.4))
VOWEL_OO = ((350.0, 0.3, 4.0), (800.0, 0.3, 1.6), (2_500.0, 0.3, 0.4))
BRASS = ((1_200.0, 0.7, 1.2),)
REED = ((550.0, 0.4, 1.2), (1_400.0, 0.4, 1.6), (3_000.0, 0.5, 0.8))

KEYS: dict[str, Voice] = {
    "piano": Struck(slope=1.15, position=0.12, decay=0.55, damping=0.12, softness=1.1, stretch=5, knock=0.25,
        detune=1.6),
    "felt piano": Struck(slope=1.9, position=0.12, decay=0.7, damping=0.2, softness=1.0, knock=0.5, knock_hz=900),
    "electric piano": Struck(
        weights=(1, 0.42, 0.16, 0.1, 0.05, 0.03, 0.07, 0.03, 0.02, 0.015), decay=0.75, damping=0.55, softness=1.3,
            detune=5,
        knock=0.1, body=((1_800.0, 0.6, 0.8),),
    ),
    "clavinet": Struck(slope=0.75, position=0.2, decay=2.2, damping=0.1, detune=0, release=0.04, knock=0.2,
        softness=0.5),
    "harpsichord": Struck(slope=0.55, position=0.15, decay=1.1, damping=0.07, softness=0.15, detune=4, knock=0.3),
    "organ": Sustained(
        shape="drawbars", weights=(1, 0.8, 0.35, 0.5, 0, 0.22, 0, 0.3), cutoff=6_000, voices=2, detune=5, attack=0.006,
        sustain=1, release=0.06, sweep=0, vibrato=7, vibrato_hz=6.4,
    ),
    "accordion": Sustained(shape="narrow", cutoff=3_200, voices=3, detune=16, attack=0.04, sustain=0.95, sweep=0.3,
        body=REED),
    "celesta": Chime(((1, 1, 2.2), (2.0, 0.12, 3.0), (4.0, 0.35, 6), (5.4, 0.1, 11))),
    "music box": Chime(((1, 1, 3.0), (2.0, 0.3, 4.5), (5.42, 0.4, 10), (8.9, 0.15, 18)), longest=2.0),
}  # fmt: skip
MALLETS: dict[str, Voice] = {
    "vibraphone": Chime(((1, 1, 1.3), (3.98, 0.25, 4.0), (9.9, 0.07, 12)), tremolo=0.3),
    "marimba": Chime(((1, 1, 6.5), (3.93, 0.3, 16), (9.2, 0.12, 40)), longest=1.2),
    "kalimba": Chime(((1, 1, 3.4), (2.0, 0.1, 6), (5.8, 0.35, 22), (8.3, 0.12, 35)), longest=1.8),
    "bells": Chime(
        ((0.5, 0.3, 1.0), (1, 1, 1.2), (1.19, 0.35, 1.9), (2.0, 0.5, 2.2), (2.74, 0.25, 3.6), (5.2, 0.18, 6))
    ),
    "glass bells": Chime(((1, 1, 1.6), (2.76, 0.4, 2.6), (5.4, 0.22, 4.5), (8.93, 0.1, 8)), longest=3.5),
    "steel drum": Chime(((1, 1, 3.2), (2.0, 0.7, 3.6), (3.01, 0.3, 5), (4.1, 0.2, 8)), longest=1.8),
}
PLUCKED: dict[str, Voice] = {
    "nylon guitar": Struck(
        slope=1.35, position=0.22, decay=1.5, damping=0.3, body=WOOD, knock=0.3, knock_hz=1_500, rings=True
    ),
    "acoustic guitar": Struck(
        slope=0.95, position=0.17, decay=1.1, damping=0.16, body=WOOD, knock=0.4, detune=3, rings=True
    ),
    "clean guitar": Struck(slope=1.1, position=0.24, decay=1.0, damping=0.16, detune=6, softness=0.8, knock=0.12),
    "muted guitar": Struck(slope=1.1, position=0.2, decay=9, damping=0.2, detune=0, knock=0.4, release=0.05),
    "harp": Struck(slope=1.5, position=0.35, decay=1.1, damping=0.3, detune=2, body=WOOD, rings=True),
    "pizzicato strings": Struck(
        slope=1.3, position=0.3, decay=5.5, damping=0.25, body=VIOLIN, detune=7, knock=0.3, rings=True
    ),
    "banjo": Struck(
        slope=0.7, position=0.1, decay=4.2, damping=0.08, detune=0, knock=0.6, body=((700.0, 0.6, 1.5),), rings=True
    ),
    "sitar": Struck(
        slope=0.6, position=0.08, decay=1.0, damping=0.05, detune=8, body=((2_200.0, 0.6, 2.0),), rings=True
    ),
    "koto": Struck(slope=0.9, position=0.09, decay=2.2, damping=0.15, detune=2, knock=0.4, rings=True),
    "distorted guitar": PowerChord(),
    "palm-muted guitar": PowerChord(muted=True),
}
BASSES: dict[str, Voice] = {
    "upright bass": Struck(slope=1.7, position=0.2, decay=1.4, damping=0.35, pitch_scaling=0.2, body=WOOD, detune=0,
        knock=0.5, knock_hz=900),
    "electric bass": Struck(slope=1.3, position=0.18, decay=0.9, damping=0.22, pitch_scaling=0.2, detune=0,
        knock=0.25, release=0.06),
    "slap bass": Struck(slope=0.95, position=0.1, decay=1.6, damping=0.1, pitch_scaling=0.2, detune=0, knock=0.7,
        knock_hz=4_000, release=0.04),
    "analog bass": Sustained(voices=1, cutoff=420, tracking=0.3, sweep=1.9, sweep_seconds=0.14, resonance=0.6,
        decay=0.3, sustain=0.7, release=0.05, drive=1.1),
    "acid bass": Sustained(voices=1, cutoff=480, tracking=0.2, sweep=2.6, sweep_seconds=0.11, resonance=2.4,
        decay=0.2, sustain=0.5, release=0.03, glide=-2, drive=1.2),
    "reese bass": Sustained(voices=3, detune=26, width=0.35, cutoff=600, tracking=0.2, sweep=0.6, sweep_seconds=0.6,
        sustain=0.95, release=0.06, drive=1.2),
    "growl bass": Sustained(voices=2, shape="square", detune=18, width=0.3, cutoff=700, tracking=0.1, sweep=2.0,
        sweep_seconds=0.22, resonance=2.0, drive=2.5),
    "pluck bass": Sustained(voices=1, shape="square", cutoff=500, tracking=0.2, sweep=2.2, sweep_seconds=0.08,
        decay=0.14, sustain=0.35, release=0.05),
    "sub bass": Sustained(shape="triangle", voices=1, cutoff=240, tracking=0.2, sweep=0.5, attack=0.008, sustain=0.9,
        release=0.06, drive=1.1),
    "808 bass": LongKick(),
    "chip bass": Sustained(shape="triangle", voices=1, cutoff=9_000, sweep=0, attack=0.001, sustain=0.9, release=0.01),
    "tuba": Sustained(voices=1, cutoff=420, sweep=1, opens_slowly=True, attack=0.05, sustain=0.9, release=0.1,
        body=BRASS),
}  # fmt: skip
PADS: dict[str, Voice] = {
    "warm pad": Sustained(voices=3, detune=16, cutoff=1_000, sweep=0.6, sweep_seconds=1.2, attack=0.35, sustain=0.9,
        release=0.7, width=1),
    "analog pad": Sustained(voices=3, detune=20, cutoff=1_900, sweep=0.9, sweep_seconds=0.8, attack=0.12,
        sustain=0.85, release=0.5, width=1),
    "glass pad": Sustained(shape="triangle", voices=3, detune=12, cutoff=3_800, sweep=1.0, attack=0.6, sustain=0.9,
        release=1.2, width=1),
    "dark pad": Sustained(voices=3, detune=22, cutoff=480, sweep=0.8, opens_slowly=True, attack=1.0, sustain=1,
        release=1.2, width=1, breath=0.03),
    "choir": Sustained(voices=4, detune=24, cutoff=3_000, sweep=0.8, opens_slowly=True, attack=0.25, sustain=0.95,
        release=0.45, vibrato=14, body=VOWEL_AH, width=1, breath=0.03),
    "soft choir": Sustained(voices=3, detune=22, cutoff=1_800, sweep=0.8, opens_slowly=True, attack=0.4,
        sustain=0.95, release=0.6, vibrato=12, body=VOWEL_OO, width=1, breath=0.05),
    "string ensemble": Sustained(voices=4, detune=20, cutoff=2_600, sweep=1.2, opens_slowly=True, attack=0.16,
        sustain=0.95, release=0.3, vibrato=10, body=VIOLIN, width=1, breath=0.02),
    "low strings": Sustained(voices=3, detune=15, cutoff=1_100, sweep=1.2, opens_slowly=True, attack=0.12,
        sustain=0.95, release=0.25, vibrato=7, body=WOOD, width=0.6, breath=0.02),
    "short strings": Sustained(voices=3, detune=16, cutoff=2_800, sweep=1.2, sweep_seconds=0.05, attack=0.006,
        decay=0.1, sustain=0.22, release=0.09, body=VIOLIN, breath=0.14),
    "brass section": Sustained(voices=3, detune=11, cutoff=1_900, sweep=1.8, opens_slowly=True, attack=0.07,
        sustain=0.9, release=0.14, body=BRASS),
    "brass stabs": Sustained(voices=3, detune=12, cutoff=2_600, sweep=0.9, sweep_seconds=0.1, attack=0.012,
        decay=0.25, sustain=0.6, release=0.1, body=BRASS),
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
    "violin": Sustained(voices=2, detune=6, width=0.3, cutoff=3_200, sweep=1.2, opens_slowly=True, attack=0.07,
        sustain=0.95, release=0.14, vibrato=22, vibrato_hz=5.8, body=VIOLIN, breath=0.03),
    "cello": Sustained(voices=2, detune=5, width=0.3, cutoff=1_500, sweep=1.2, opens_slowly=True, attack=0.09,
        sustain=0.95, release=0.18, vibrato=18, body=WOOD + VIOLIN[2:], breath=0.03),
    "flute": Sustained(shape="triangle", voices=2, detune=3, width=0.2, cutoff=1_900, sweep=0.8, opens_slowly=True,
        attack=0.06, sustain=0.95, release=0.1, vibrato=14, breath=0.05),
    "saxophone": Sustained(voices=2, detune=4, width=0.2, cutoff=1_900, sweep=1.4, opens_slowly=True, attack=0.04,
        sustain=0.9, release=0.09, vibrato=16, glide=-0.5, body=REED, breath=0.06),
    "trumpet": Sustained(voices=2, detune=3, width=0.2, cutoff=2_600, sweep=1.8, opens_slowly=True, attack=0.035,
        sustain=0.9, release=0.08, vibrato=10, body=BRASS, breath=0.02),
    "clarinet": Sustained(shape="square", voices=2, detune=3, width=0.2, cutoff=1_700, sweep=0.8, opens_slowly=True,
        attack=0.045, sustain=0.95, release=0.08, vibrato=6, breath=0.03),
    "harmonica": Sustained(shape="narrow", voices=2, detune=7, width=0.2, cutoff=3_000, sweep=0.8, opens_slowly=True,
        attack=0.04, sustain=0.95, vibrato=20, body=REED, glide=-0.6, breath=0.05),
    "whistle": Sustained(shape="sine", voices=2, detune=2, width=0.2, cutoff=3_000, sweep=0, attack=0.05,
        sustain=0.95, release=0.1, vibrato=25, breath=0.08, glide=-0.7),
}  # fmt: skip
BEDS: dict[str, Voice] = {
    "vinyl crackle": NoiseBed(low=300, high=5_000, hiss=0.05, grains=9),
    "tape hiss": NoiseBed(low=1_500, high=9_000, hiss=0.4),
    "rain": NoiseBed(low=900, high=8_000, hiss=0.5, grains=160, grain_hz=3_200),
    "wind": NoiseBed(low=120, high=700, swell=0.5),
    "ocean": NoiseBed(low=150, high=2_600, swell=0.8),
    "forest": NoiseBed(low=400, high=3_000, hiss=0.3, grains=3, grain_hz=4_500, swell=0.3),
    "riser": Riser(),
}

INSTRUMENTS: dict[str, Voice] = {**KEYS, **MALLETS, **PLUCKED, **BASSES, **PADS, **LEADS, **BEDS}
