"""The words the composer knows, besides the names of styles. To teach it a word, add it to a table."""

from __future__ import annotations

from dataclasses import dataclass

from soundbox.engines.procedural.instruments.catalogue import BASSES, KEYS, LEADS, MALLETS, PADS, PLUCKED


@dataclass(frozen=True)
class Mood:
    dark: bool | None = None  # minor or major, None: as the style likes
    energy: float = 0.0  # added to 0.5
    brightness: float = 0.0  # decibels
    space: float = 1.0
    pace: float = 1.0  # factor on the tempo


MOODS: dict[str, Mood] = {
    "happy": Mood(False, 0.15, 0.5, pace=1.04), "joyful": Mood(False, 0.2, 1.0, pace=1.05), "cheerful": Mood(False,
        0.15, 1.0, pace=1.05),
    "uplifting": Mood(False, 0.2, 0.5), "upbeat": Mood(False, 0.25, 0.5, pace=1.08), "bright": Mood(False, 0.05,
        2.0), "hopeful": Mood(False, 0.05),
    "inspirational": Mood(False, 0.15), "triumphant": Mood(False, 0.35), "heroic": Mood(False, 0.35),
        "sunny": Mood(False, 0.1, 1.0), "playful": Mood(False, 0.1, 0.5, pace=1.06),
    "romantic": Mood(None, -0.1, -0.5, 1.1, 0.94), "nostalgic": Mood(None, -0.1, -1.0, 1.1), "dreamy": Mood(None,
        -0.15, 0.0, 1.5, 0.95), "magical": Mood(False, 0.0, 1.0, 1.3),
    "sad": Mood(True, -0.2, -1.0, 1.15, 0.9), "melancholic": Mood(True, -0.2, -1.0, 1.15, 0.92),
        "melancholy": Mood(True, -0.2, -1.0, 1.15, 0.92), "lonely": Mood(True, -0.25, -1.0, 1.3, 0.92),
    "emotional": Mood(None, -0.05, 0.0, 1.15), "dark": Mood(True, 0.0, -2.0, 1.1), "gloomy": Mood(True, -0.2, -2.0,
        1.2, 0.94), "scary": Mood(True, 0.1, -1.0, 1.4), "creepy": Mood(True, -0.1, -1.0, 1.4, 0.92),
    "mysterious": Mood(True, -0.1, -1.0, 1.3), "tense": Mood(True, 0.15), "suspense": Mood(True, 0.05),
        "ominous": Mood(True, 0.05, -1.5, 1.3), "evil": Mood(True, 0.2, -1.0), "angry": Mood(True, 0.35, 0.5, 0.9,
        1.06),
    "aggressive": Mood(True, 0.4, 0.5, 0.8, 1.06), "intense": Mood(None, 0.35, 0.5, pace=1.05), "epic": Mood(None,
        0.35, 0.0, 1.2), "powerful": Mood(None, 0.35), "dramatic": Mood(True, 0.25, 0.0, 1.2),
        "energetic": Mood(None, 0.35, 0.5, pace=1.08),
    "driving": Mood(None, 0.25, pace=1.03), "drive": Mood(None, 0.15), "heavy": Mood(None, 0.3, -0.5),
        "hard": Mood(None, 0.3), "calm": Mood(None, -0.3, -1.0, 1.2, 0.92), "peaceful": Mood(False, -0.3, -1.0, 1.25,
        0.92), "relaxing": Mood(None, -0.3, -1.0, 1.2, 0.93),
    "relaxed": Mood(None, -0.25, -0.5, 1.1, 0.95), "chill": Mood(None, -0.2, -1.0, 1.1, 0.96), "mellow": Mood(None,
        -0.2, -1.5), "gentle": Mood(None, -0.3, -1.0, 1.1, 0.95), "soft": Mood(None, -0.3, -1.5), "quiet": Mood(None,
        -0.35, -1.5), "soothing": Mood(None, -0.3, -1.0, 1.2, 0.93),
    "sleepy": Mood(None, -0.35, -2.0, 1.2, 0.9), "minimal": Mood(None, -0.25), "sparse": Mood(None, -0.3),
        "warm": Mood(None, 0.0, -2.0), "cold": Mood(None, 0.0, 1.5, 1.2), "spacious": Mood(None, 0.0, 0.0, 1.7),
        "dry": Mood(None, 0.0, 0.0, 0.35),
    "crisp": Mood(None, 0.05, 2.0, 0.8), "funky": Mood(None, 0.1), "mournful": Mood(True, -0.3, -1.0, 1.2, 0.88),
        "haunting": Mood(True, -0.15, -0.5, 1.6), "ethereal": Mood(None, -0.2, 1.0, 1.7),
}  # fmt: skip

TEMPO_WORDS: dict[str, float] = {  # where in the style's range, 0 its slow end .. 1 its fast end; beyond is outside
    "slow": -0.6, "very slow": -1.2, "slowly": -0.6, "downtempo": -0.4, "laid back": -0.2, "mid tempo": 0.5,
        "midtempo": 0.5,
    "fast": 1.6, "very fast": 2.2, "quick": 1.4, "uptempo": 1.3, "up tempo": 1.3, "fast paced": 1.6, "frantic": 2.0,
        "speedy": 1.7,
}  # fmt: skip
ITALIAN_TEMPI: dict[str, float] = {  # beats a minute
    "largo": 50, "lento": 54, "adagio": 68, "andante": 86, "moderato": 108, "allegretto": 116, "allegro": 132,
        "vivace": 152, "presto": 172,
}  # fmt: skip
METRES: dict[str, int] = {
    "waltz": 3,
    "3/4": 3,
    "3/4 time": 3,
    "three four": 3,
    "6/8": 3,
    "minuet": 3,
    "4/4": 4,
    "common time": 4,
}
SWINGS: dict[str, float] = {
    "swung": 0.7,
    "swing": 0.75,
    "swinging": 0.75,
    "shuffle": 0.85,
    "shuffled": 0.85,
    "straight": 0.0,
}
KIT_WORDS: dict[str, tuple[str, ...]] = {
    "gated": ("gated drums", "gated snare", "gated reverb drums"),
    "brushes": ("brushes", "brushed drums", "brush drums", "soft drums"),
    "acoustic": ("acoustic drums", "live drums", "drum kit"),
    "machine": ("drum machine", "909", "808 drums", "electronic drums"),
    "dusty": ("dusty drums", "vinyl drums", "lofi drums", "lo fi drums"),
    "heavy": ("heavy drums", "big drums", "pounding drums"),
    "chip": ("8 bit drums", "chip drums"),
    "orchestral": ("taiko", "taikos", "timpani", "war drums", "epic drums"),
    "breaks": ("breakbeat drums", "amen break", "break beats"),
}
DRUM_WORDS = ("drums", "drum", "percussion", "drumming", "drum beat")  # a mere "beat" says little
BEAT_WORDS = ("beat", "beats", *DRUM_WORDS)  # ... but "no beat" is clear
BED_WORDS: dict[str, tuple[str, ...]] = {
    "vinyl crackle": ("vinyl", "crackle", "vinyl crackle", "record noise", "dusty vinyl"),
    "tape hiss": ("tape", "cassette", "tape hiss"),
    "rain": ("rain", "rainy", "raindrops", "rainfall", "storm"),
    "wind": ("wind", "windy", "breeze"),
    "ocean": ("ocean", "waves", "sea", "surf", "seaside"),
    "forest": ("forest", "birds", "nature", "woods"),
}
SOLO_WORDS = ("solo", "only", "unaccompanied", "nothing but")

_ALL_GUITARS = (
    "clean guitar",
    "acoustic guitar",
    "nylon guitar",
    "distorted guitar",
    "muted guitar",
    "palm-muted guitar",
)
INSTRUMENT_WORDS: dict[str, tuple[str, ...]] = {  # what people write -> instruments that would do, best first
    "piano": ("piano", "felt piano"), "grand piano": ("piano",), "felt piano": ("felt piano",),
        "upright piano": ("felt piano", "piano"), "keys": ("electric piano", "piano"), "keyboard": ("electric piano",
        "piano"),
    "rhodes": ("electric piano",), "e piano": ("electric piano",), "wurlitzer": ("electric piano",),
        "hammond": ("organ",), "church organ": ("organ",), "harpsichord": ("harpsichord",), "clav": ("clavinet",),
    "guitar": _ALL_GUITARS, "electric guitar": ("distorted guitar", "clean guitar", "palm-muted guitar"),
        "guitar riff": ("distorted guitar", "palm-muted guitar", "clean guitar"),
        "acoustic guitar": ("acoustic guitar", "nylon guitar"), "spanish guitar": ("nylon guitar",),
        "classical guitar": ("nylon guitar",), "ukulele": ("nylon guitar",), "mandolin": ("banjo", "koto"),
        "lute": ("nylon guitar", "harp"),
    "strings": ("string ensemble", "short strings", "low strings", "violin"), "violins": ("string ensemble",
        "violin"), "fiddle": ("violin",), "string section": ("string ensemble",),
        "pizzicato": ("pizzicato strings",), "staccato strings": ("short strings",), "viola": ("cello", "violin"),
        "double bass": ("upright bass",), "contrabass": ("upright bass",),
    "brass": ("brass section", "brass stabs", "trumpet"), "horns": ("brass section", "brass stabs"),
        "horn": ("brass section",), "trombone": ("brass section",), "sax": ("saxophone",), "oboe": ("clarinet",),
        "woodwinds": ("clarinet", "flute"), "panpipe": ("flute",), "recorder": ("flute",), "shakuhachi": ("flute",),
        "whistling": ("whistle",), "tin whistle": ("whistle",), "bagpipes": ("accordion",),
    "vocal": ("choir", "soft choir"), "vocals": ("choir", "soft choir"), "voices": ("choir", "soft choir"),
        "vocal pad": ("soft choir",), "voice": ("choir", "soft choir"), "choir": ("choir", "soft choir"),
        "choral": ("choir",),
    "bass": tuple(BASSES), "bassline": tuple(BASSES), "bass line": tuple(BASSES), "bass guitar": ("electric bass",
        "slap bass"), "fretless bass": ("electric bass",), "synth bass": ("analog bass", "pluck bass"),
        "wobble bass": ("growl bass",), "sub": ("sub bass",), "303": ("acid bass",), "808": ("808 bass",),
        "808s": ("808 bass",), "deep bass": ("sub bass", "808 bass", "electric bass"),
    "synth": ("saw lead", "analog pad", "synth pluck", "supersaw", "soft pluck", "square lead"),
        "synthesizer": ("analog pad", "saw lead", "synth pluck"), "synths": ("analog pad", "saw lead",
        "synth pluck"), "lead synth": ("saw lead", "square lead", "supersaw"), "synth lead": ("saw lead",
        "square lead", "supersaw"), "arpeggio": ("synth pluck", "chip arpeggio", "soft pluck"),
        "arpeggios": ("synth pluck", "soft pluck", "chip arpeggio"), "arp": ("synth pluck", "chip arpeggio",
        "soft pluck"), "pluck": ("soft pluck", "synth pluck"), "plucks": ("soft pluck", "synth pluck"),
    "pad": ("warm pad", "analog pad", "glass pad"), "pads": ("warm pad", "analog pad", "glass pad"),
        "lush pads": ("warm pad", "analog pad"), "stabs": ("synth stab", "brass stabs"), "bell": ("bells",
        "glass bells"), "bells": ("bells", "glass bells", "celesta"), "chimes": ("glass bells", "bells"),
        "glockenspiel": ("celesta", "music box"), "xylophone": ("marimba",), "vibes": ("vibraphone",),
        "steelpan": ("steel drum",), "steel drums": ("steel drum",), "thumb piano": ("kalimba",),
        "shamisen": ("koto", "banjo"), "erhu": ("violin",), "distortion": ("distorted guitar",),
        "power chords": ("distorted guitar",),
    **{name: (name,) for family in (KEYS, MALLETS, PLUCKED, BASSES, PADS,
        LEADS) for name in family if name not in ("piano", "choir", "acoustic guitar", "bells")},
}  # fmt: skip
