"""Styles built on a beat and a mood."""

from soundbox.engines.procedural.styles.style import Mix, Part, Rest, Style

LOFI = Style(
    name="lo-fi",
    words=("lofi", "lo fi", "chillhop", "chill hop", "study beats", "lofi hip hop", "lo fi hip hop", "chill beats",
        "study music"),
    hints=("study", "chill", "cozy", "coffee", "rainy", "sleepy", "mellow", "nostalgic", "relax", "studying", "focus"),
    tempo=(70, 88), modes=("dorian", "minor", "major"), progressions="jazz", colour="ninth",
    groove="lazy", kit="dusty",
    parts=(
        Part("chords", ("electric piano", "felt piano"), "lazy"),
        Part("bass", ("upright bass", "sub bass", "electric bass"), "lazy", enters=0.3),
        Part("melody", ("vibraphone", "nylon guitar", "felt piano", "electric piano"), "sparse", enters=0.5),
        Part("counter", ("flute", "clean guitar", "soft choir"), "answers", level=-5, enters=0.8, pan=0.3),
        Part("bed", ("vinyl crackle",), level=0),
    ),
    mix=Mix(room=1.0, wet=0.18, echo=0.25, pump=0.25, brightness=-3.0, ceiling_hz=7_500, drive=1.5, bass=-1.5,
        wow=0.35), swing=0.5, looseness=9.0,
    shape="tape", thin=0.45,
)  # fmt: skip

HIP_HOP = Style(
    name="hip hop",
    words=("hip hop", "hiphop", "boom bap", "rap", "rap beat", "instrumental hip hop", "old school hip hop",
        "90s hip hop", "instrumental hiphop"),
    hints=("street", "urban", "gritty", "beat", "swagger"),
    tempo=(84, 96), modes=("minor", "dorian", "phrygian"), progressions="loop", colour="seventh",
    groove="boom bap", kit="breaks",
    parts=(
        Part("bass", ("electric bass", "sub bass", "upright bass"), "boom bap"),
        Part("chords", ("piano", "electric piano", "pizzicato strings"), "stabs"),
        Part("melody", ("muted guitar", "flute", "vibraphone", "muted trumpet"), "sparse", enters=0.6),
        Part("counter", ("brass stabs", "short strings"), "answers", level=-4, enters=0.85, pan=-0.3),
        Part("bed", ("vinyl crackle",), level=-4),
    ),
    mix=Mix(room=0.9, wet=0.13, echo=0.2, drums=2.0, bass=0.0, chords=-5.0, drive=1.6, brightness=-0.5), swing=0.38,
    looseness=6.0, ending="hit",
    rests=(Rest(("drums",), step=12), Rest(("chords",), (1,), 2, step=8)), shape="beat", thin=0.7,
)  # fmt: skip

TRAP = Style(
    name="trap",
    words=("trap", "drill", "808s", "trap beat", "trap music"),
    hints=("hard hitting", "menacing", "dark beat", "aggressive beat", "flex", "808"),
    tempo=(132, 150), modes=("minor", "harmonic minor", "phrygian"), progressions="still", colour="triad",
    groove="trap", kit="808",
    parts=(
        Part("bass", ("808 bass",), "808", enters=0.4),
        Part("chords", ("dark pad", "string ensemble", "soft choir"), "held", level=-3),
        Part("melody", ("bells", "music box", "soft pluck", "piano"), "sparse"),
        Part("counter", ("bamboo flute", "choir", "square lead"), "answers", level=-4, enters=0.8, pan=-0.3),
        Part("chords", ("glass bells", "harp", "synth pluck"), "triplet-like", level=-6, octave=1, enters=0.7,
            pan=0.3),
    ),
    mix=Mix(room=1.8, wet=0.24, echo=0.3, drums=0.5, bass=0.5, chords=-6.0, drive=1.4), looseness=2.0, ending="hit",
    rests=(Rest(("drums", "bass"), step=14),), shape="beat", thin=0.4,
)  # fmt: skip

FUNK = Style(
    name="funk",
    words=("funk", "funky", "groove", "slap bass", "p funk"),
    hints=("groovy", "dance floor", "strut"),
    tempo=(98, 114), modes=("dorian", "mixolydian"), progressions="vamp", colour="seventh",
    groove="funk", kit="acoustic",
    parts=(
        Part("bass", ("slap bass", "electric bass"), "funk"),
        Part("chords", ("clavinet", "muted guitar"), "scratch", level=-1, pan=0.35),
        Part("chords", ("electric piano", "organ"), "charleston", level=-2, pan=-0.3, enters=0.3),
        Part("melody", ("brass stabs", "saxophone", "square lead"), "syncopated", enters=0.7),
        Part("counter", ("brass stabs", "trumpet"), "answers", level=-3, enters=0.6, pan=0.2),
    ),
    mix=Mix(room=0.9, wet=0.13, echo=0.1, drums=1.0, bass=0.5, chords=-4.0, drive=1.3), swing=0.16, looseness=4.0,
    ending="hit", gamut="blues",
    rests=(Rest(("bass", "chords", "melody", "counter", "drums"), step=12),
        Rest(("chords",), (1,), step=14)), shape="vamp", thin=0.45,
)  # fmt: skip

DISCO = Style(
    name="disco",
    words=("disco", "nu disco", "boogie", "disco house", "studio 54", "roller disco"),
    hints=("70s", "mirror ball", "glitter", "saturday night", "dance floor"),
    tempo=(114, 124), modes=("minor", "dorian", "major"), progressions="soul", colour="seventh",
    groove="disco", kit="acoustic",
    parts=(
        Part("bass", ("electric bass", "picked bass"), "octaves"),
        Part("chords", ("muted guitar", "clean guitar"), "scratch", level=-2, pan=0.4),
        Part("chords", ("electric piano", "clavinet"), "house piano", level=-3, pan=-0.3),
        Part("chords", ("string ensemble",), "swells", level=-2, octave=1, enters=0.5),
        Part("melody", ("brass section", "string ensemble", "trumpet"), "syncopated", enters=0.6),
        Part("counter", ("brass stabs",), "answers", level=-2, enters=0.7),
    ),
    mix=Mix(room=1.6, wet=0.22, echo=0.1, drums=0.5, bass=0.0, chords=-2.5, melody=-2.5, brightness=0.5), looseness=3.5,
    lift=2, ending="hit",
    shape="floor", thin=0.5,
)  # fmt: skip

SOUL = Style(
    name="soul",
    words=("soul", "r and b", "rnb", "neo soul", "gospel", "rhythm and blues"),
    hints=("smooth", "romantic", "sensual", "velvet", "slow jam", "love"),
    tempo=(68, 92), modes=("major", "dorian", "mixolydian"), progressions="soul", colour="ninth",
    groove="soul", kit="acoustic",
    parts=(
        Part("bass", ("electric bass",), "soul"),
        Part("chords", ("electric piano", "organ"), "lazy"),
        Part("chords", ("string ensemble", "brass section"), "held", level=-6, enters=0.7),
        Part("chords", ("clean guitar", "muted guitar"), "sparse", level=-5, pan=0.4, enters=0.5),
        Part("melody", ("saxophone", "clean guitar", "solo voice"), "lyrical", enters=0.5),
        Part("counter", ("soft choir", "brass stabs"), "answers", level=-4, enters=0.75),
    ),
    mix=Mix(room=1.5, wet=0.2, echo=0.15, drums=0.0, bass=-0.5), swing=0.24, looseness=6.0, lift=1,
    shape="revival", thin=0.4,
)  # fmt: skip

REGGAE = Style(
    name="reggae",
    words=("reggae", "dub", "ska", "rocksteady", "roots reggae"),
    hints=("island", "jamaica", "jamaican", "sunny", "caribbean", "beach"),
    tempo=(70, 84), modes=("major", "minor", "mixolydian"), progressions="vamp", colour="triad",
    groove="one drop", kit="acoustic",
    parts=(
        Part("bass", ("electric bass", "sub bass"), "dub"),
        Part("chords", ("muted guitar", "clean guitar"), "skank", pan=0.3),
        Part("chords", ("organ",), "offbeat", level=-4, pan=-0.35),
        Part("melody", ("trombone", "harmonica", "saxophone"), "syncopated", enters=0.6),
        Part("counter", ("brass stabs", "clavinet"), "answers", level=-4, enters=0.7),
    ),
    mix=Mix(room=1.7, wet=0.22, echo=0.4, bass=1.0, drums=0.0, chords=-4.5, brightness=-0.5), swing=0.28,
    looseness=6.0,
    rests=(Rest(("bass", "drums"), step=8),),
    shape="dub", thin=0.5,
)  # fmt: skip

BOSSA = Style(
    name="bossa nova",
    words=("bossa nova", "bossa", "samba", "brazilian", "lounge", "elevator music"),
    hints=("cocktail", "summer", "rio", "sunset", "breezy"),
    tempo=(116, 138), modes=("major", "dorian", "minor"), progressions="jazz", colour="ninth",
    groove="bossa", kit="brushes",
    parts=(
        Part("bass", ("upright bass",), "bossa"),
        Part("chords", ("nylon guitar",), "bossa"),
        Part("chords", ("electric piano", "vibraphone"), "sparse", level=-6, pan=0.35, enters=0.5),
        Part("melody", ("flute", "vibraphone", "nylon guitar", "saxophone"), "lyrical", enters=0.4),
        Part("counter", ("string ensemble", "muted trumpet"), "long", level=-6, enters=0.75),
    ),
    mix=Mix(room=1.2, wet=0.2, echo=0.1, drums=-4.0, bass=-1.0, chords=-2.0), looseness=5.0, shape="beach",
    thin=0.4,
)  # fmt: skip

LATIN = Style(
    name="latin",
    words=("latin", "salsa", "cumbia", "mambo", "cuban", "merengue", "tropical", "cha cha", "rumba"),
    hints=("carnival", "fiesta", "congas", "tropic", "spicy", "havana"),
    tempo=(92, 112), modes=("minor", "mixolydian", "dorian"), progressions="montuno", colour="seventh",
    groove="latin", kit="latin",
    parts=(
        Part("bass", ("upright bass", "electric bass"), "tumbao"),
        Part("chords", ("piano",), "montuno"),
        Part("chords", ("nylon guitar", "marimba"), "gated", level=-6, pan=0.4, enters=0.5),
        Part("melody", ("trumpet", "brass section", "trombone", "steel drum"), "syncopated", enters=0.6),
        Part("counter", ("brass stabs", "flute"), "answers", level=-2, enters=0.7, pan=-0.2),
    ),
    mix=Mix(room=1.1, wet=0.15, drums=1.0, bass=0.0, chords=-3.0), looseness=5.0, ending="hit",
    rests=(Rest(("bass", "chords", "drums", "melody"), (3,), step=10, until=14),), shape="fiesta", thin=0.5,
)  # fmt: skip
