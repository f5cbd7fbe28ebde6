"""Which instruments there are, by family and by the name people read. Names alone: reading a prompt needs no sound."""

KEYS = (
    "piano", "felt piano", "saloon piano", "electric piano", "clavinet", "harpsichord", "organ", "church organ",
    "accordion", "celesta", "music box",
)  # fmt: skip
MALLETS = (
    "vibraphone", "marimba", "xylophone", "glockenspiel", "kalimba", "bells", "tubular bells", "glass bells",
    "steel drum", "gamelan", "singing bowl",
)  # fmt: skip
PLUCKED = (
    "nylon guitar", "acoustic guitar", "clean guitar", "muted guitar", "twang guitar", "harp", "pizzicato strings",
    "banjo", "mandolin", "ukulele", "sitar", "koto", "oud", "kora", "crunch guitar", "distorted guitar",
    "palm-muted guitar",
)  # fmt: skip
BASSES = (
    "upright bass", "electric bass", "picked bass", "slap bass", "analog bass", "acid bass", "reese bass",
    "growl bass", "pluck bass", "sub bass", "808 bass", "chip bass", "tuba",
)  # fmt: skip
PADS = (
    "warm pad", "analog pad", "glass pad", "dark pad", "drone", "choir", "soft choir", "string ensemble",
    "low strings", "short strings", "tremolo strings", "brass section", "brass stabs", "horns",
)  # fmt: skip
LEADS = (
    "saw lead", "supersaw", "square lead", "synth pluck", "soft pluck", "synth stab", "chip lead", "chip arpeggio",
    "chip chords", "lead guitar", "violin", "cello", "erhu", "flute", "bamboo flute", "pan flute", "saxophone",
    "trumpet", "muted trumpet", "trombone", "clarinet", "oboe", "bassoon", "harmonica", "whistle", "bagpipes",
    "theremin", "solo voice",
)  # fmt: skip
BEDS = ("vinyl crackle", "tape hiss", "rain", "wind", "ocean", "forest", "stream", "night", "fire", "cafe murmur")
RISERS = ("riser", "drum roll", "swell")

NAMES = frozenset((*KEYS, *MALLETS, *PLUCKED, *BASSES, *PADS, *LEADS, *BEDS, *RISERS))
CHORDAL = frozenset((*KEYS, *MALLETS, *PLUCKED)) - {"crunch guitar", "distorted guitar", "palm-muted guitar"}
