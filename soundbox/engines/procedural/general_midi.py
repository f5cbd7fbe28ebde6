"""What our instruments and drums are called in General MIDI."""

from __future__ import annotations

PROGRAMS: dict[str, int] = {  # from 0
    "piano": 0, "felt piano": 0, "saloon piano": 3, "electric piano": 4, "clavinet": 7, "harpsichord": 6, "organ": 16,
    "church organ": 19, "accordion": 21, "celesta": 8, "music box": 10, "vibraphone": 11, "marimba": 12,
    "xylophone": 13, "glockenspiel": 9, "kalimba": 108, "bells": 14, "tubular bells": 14, "glass bells": 98,
    "steel drum": 114, "gamelan": 112, "singing bowl": 92, "nylon guitar": 24, "acoustic guitar": 25,
    "clean guitar": 27, "muted guitar": 28, "twang guitar": 26, "harp": 46, "pizzicato strings": 45, "banjo": 105,
    "mandolin": 25, "ukulele": 24, "sitar": 104, "koto": 107, "oud": 24, "kora": 46, "crunch guitar": 29,
    "distorted guitar": 30, "palm-muted guitar": 30, "lead guitar": 29, "upright bass": 32, "electric bass": 33,
    "picked bass": 34, "slap bass": 36, "analog bass": 38, "acid bass": 38, "reese bass": 39, "growl bass": 39,
    "pluck bass": 38, "sub bass": 39, "808 bass": 39, "chip bass": 38, "tuba": 58, "warm pad": 89, "analog pad": 90,
    "glass pad": 92, "dark pad": 95, "drone": 95, "choir": 52, "soft choir": 53, "string ensemble": 48,
    "low strings": 49, "short strings": 48, "tremolo strings": 44, "brass section": 61, "brass stabs": 61, "horns": 60,
    "saw lead": 81, "supersaw": 90, "square lead": 80, "synth pluck": 81, "soft pluck": 88, "synth stab": 62,
    "chip lead": 80, "chip arpeggio": 80, "chip chords": 80, "violin": 40, "cello": 42, "erhu": 110, "flute": 73,
    "bamboo flute": 77, "pan flute": 75, "saxophone": 66, "trumpet": 56, "muted trumpet": 59, "trombone": 57,
    "clarinet": 71, "oboe": 68, "bassoon": 70, "harmonica": 22, "whistle": 78, "bagpipes": 109, "theremin": 85,
    "solo voice": 85,
}  # fmt: skip
DRUM_NOTES: dict[str, int] = {
    "kick": 36, "snare": 38, "rim": 37, "clap": 39, "hat": 42, "open hat": 46, "ride": 51, "crash": 49, "shaker": 82,
    "tambourine": 54, "low tom": 45, "mid tom": 47, "high tom": 50, "low conga": 64, "high conga": 63, "clave": 75,
    "cowbell": 56, "sleigh bells": 83,
}  # fmt: skip
CHORD_INTERVALS: dict[str, tuple[int, ...]] = dict.fromkeys(  # what one key of a driven guitar sounds
    ("crunch guitar", "distorted guitar", "palm-muted guitar"), (0, 7, 12)
)
