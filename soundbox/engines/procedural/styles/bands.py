"""Styles played by bands."""

from soundbox.engines.procedural.styles.style import Mix, Part, Style

ROCK = Style(
    name="rock",
    words=("rock", "garage rock", "alternative rock", "hard rock", "classic rock", "stadium rock", "rock music"),
    hints=("electric guitar", "riff", "stadium", "rebellious", "distorted guitar", "guitars", "90s"),
    tempo=(108, 144), modes=("minor", "mixolydian", "major"), progressions="rock", colour="power",
    groove="rock", kit="heavy",
    parts=(
        Part("power", ("distorted guitar",), "power", enters=0.64),
        Part("power", ("palm-muted guitar",), "eighths", leaves=0.8, level=-1),
        Part("bass", ("picked bass", "electric bass"), "rock"),
        Part("melody", ("lead guitar",), "lyrical", level=-2, enters=0.7),
        Part("counter", ("organ", "lead guitar"), "answers", level=-4, enters=0.85, pan=-0.3),
    ),
    mix=Mix(room=1.1, wet=0.15, echo=0.15, drums=1.0, bass=-1.5, chords=-3.0, melody=-4.0, drive=1.3), looseness=4.0,
    ending="ring", lift=2,
    shape="riff", thin=0.6,
)  # fmt: skip

PUNK = Style(
    name="punk",
    words=("punk", "punk rock", "pop punk", "hardcore punk", "skate punk"),
    hints=("rebellion", "skateboard", "mosh", "anarchy", "snotty"),
    tempo=(164, 190), modes=("major", "major", "minor"), progressions="punk", colour="power",
    groove="punk", kit="heavy",
    parts=(
        Part("power", ("palm-muted guitar",), "downstrokes", leaves=0.75),
        Part("power", ("distorted guitar",), "downstrokes", enters=0.75),
        Part("power", ("crunch guitar",), "power", level=-3, enters=0.9),
        Part("bass", ("picked bass",), "eighths"),
        Part("melody", ("lead guitar",), "busy", level=-3, enters=0.75),
    ),
    mix=Mix(room=0.7, wet=0.08, echo=0.05, drums=1.5, bass=-1.0, chords=-1.5, melody=-4.5, drive=1.5, brightness=1.0),
    looseness=5.0, ending="hit",
    shape="sprint",
)  # fmt: skip

GRUNGE = Style(
    name="grunge",
    words=("grunge", "alternative", "shoegaze", "stoner rock", "post grunge", "seattle"),
    hints=("90s", "flannel", "sludgy", "apathetic", "slacker"),
    tempo=(98, 122), modes=("minor", "dorian", "phrygian"), progressions="grunge", colour="power",
    groove="half rock", kit="heavy",
    parts=(
        Part("chords", ("clean guitar",), "picked", leaves=0.8, level=0, pan=-0.3),
        Part("power", ("distorted guitar",), "power", enters=0.8),
        Part("power", ("crunch guitar",), "eighths", enters=0.8, level=-3),
        Part("bass", ("picked bass", "electric bass"), "rock", level=1),
        Part("melody", ("lead guitar", "clean guitar"), "slow", level=-3, enters=0.6),
    ),
    mix=Mix(room=1.3, wet=0.18, echo=0.1, drums=1.0, bass=0.0, chords=-2.0, melody=-5.0, drive=1.8, brightness=-2.0),
    looseness=7.0, ending="ring",
    shape="quiet loud", thin=0.35,
)  # fmt: skip

INDIE = Style(
    name="indie",
    words=("indie", "indie rock", "indie pop", "dream pop", "bedroom pop", "surf rock indie"),
    hints=("quirky", "hipster", "coming of age", "jangly", "road trip"),
    tempo=(112, 136), modes=("major", "mixolydian", "minor"), progressions="pop", colour="added ninth",
    groove="indie", kit="acoustic",
    parts=(
        Part("chords", ("clean guitar",), "jangle", pan=-0.35),
        Part("chords", ("crunch guitar", "acoustic guitar"), "strum", level=-3, pan=0.35, enters=0.5),
        Part("bass", ("picked bass", "electric bass"), "eighths", enters=0.45),
        Part("chords", ("warm pad", "organ"), "held", level=-8, enters=0.7),
        Part("melody", ("twang guitar", "glockenspiel", "whistle"), "lyrical", enters=0.5),
        Part("counter", ("glockenspiel", "solo voice", "trumpet"), "answers", level=-4, enters=0.8, pan=0.3),
    ),
    mix=Mix(room=1.8, wet=0.24, echo=0.25, drums=0.0, bass=-1.0, chords=-3.0, drive=1.1), looseness=6.0,
    shape="blossom", thin=0.4,
)  # fmt: skip

METAL = Style(
    name="metal",
    words=("metal", "heavy metal", "thrash", "death metal", "metalcore", "djent", "black metal"),
    hints=("brutal", "shredding", "aggressive", "rage", "furious", "demonic", "angry"),
    tempo=(140, 176), modes=("phrygian", "minor", "harmonic minor"), progressions="metal", colour="power",
    groove="metal", kit="heavy",
    parts=(
        Part("power", ("palm-muted guitar",), "gallop"),
        Part("power", ("distorted guitar",), "power", enters=0.8, level=-1),
        Part("bass", ("picked bass",), "gallop", enters=0.5),
        Part("melody", ("lead guitar",), "busy", level=-2, enters=0.75),
        Part("counter", ("lead guitar",), "thirds", level=-4, enters=0.9, pan=0.4),
    ),
    mix=Mix(room=1.0, wet=0.12, echo=0.15, drums=1.0, bass=-2.5, chords=0.0, melody=-3.5, drive=1.5), looseness=2.5,
    ending="hit",
    shape="onslaught",
)  # fmt: skip

SIXTIES = Style(
    name="sixties",
    words=("surf rock", "beat music", "british invasion", "garage", "psychedelic", "surf", "doo wop", "go go",
        "psychedelic rock", "sixties pop", "yeye"),
    hints=("60s", "twist", "spy", "secret agent", "woodstock", "flower power", "hippie", "tarantino"),
    tempo=(118, 150), modes=("mixolydian", "minor", "major"), progressions="rock", colour="triad",
    groove="surf", kit="vintage",
    parts=(
        Part("melody", ("twang guitar",), "flowing", pan=-0.3),
        Part("chords", ("clean guitar",), "quarters", level=-2, pan=0.4, enters=0.6),
        Part("chords", ("organ",), "offbeat", level=-4, pan=0.2, enters=0.8),
        Part("bass", ("electric bass", "picked bass"), "rock", enters=0.4),
        Part("counter", ("brass stabs", "saxophone", "soft choir"), "answers", level=-3, enters=0.75),
    ),
    mix=Mix(room=2.0, wet=0.3, echo=0.2, drums=-0.5, bass=-0.5, chords=-4.0, melody=-1.0, drive=1.4, brightness=-0.5,
        ceiling_hz=9_500, width=0.9), looseness=6.0, ending="hit", lift=1,
    shape="go go", thin=0.45,
)  # fmt: skip

POP = Style(
    name="pop",
    words=("pop", "pop song", "k pop", "dance pop", "teen pop", "synth pop ballad"),
    hints=("catchy", "happy", "cheerful", "upbeat", "positive", "bright", "fun", "2000s"),
    tempo=(100, 124), modes=("major",), progressions="pop", colour="triad",
    groove="pop", kit="machine",
    parts=(
        Part("bass", ("electric bass", "pluck bass"), "eighths", enters=0.4),
        Part("chords", ("piano", "clean guitar"), "pulse"),
        Part("chords", ("muted guitar", "marimba", "pizzicato strings"), "up", level=-5, octave=1, pan=0.35,
            enters=0.5),
        Part("chords", ("warm pad", "string ensemble"), "held", level=-7, enters=0.7),
        Part("melody", ("solo voice", "soft pluck", "whistle", "square lead"), "flowing", enters=0.5),
        Part("counter", ("glockenspiel", "soft choir", "clean guitar"), "answers", level=-4, enters=0.8, pan=-0.3),
    ),
    mix=Mix(room=1.4, wet=0.18, echo=0.2, pump=0.2, brightness=1.0), looseness=3.0, lift=2,
    shape="single", thin=0.55,
)  # fmt: skip
