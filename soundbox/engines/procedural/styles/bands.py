"""Styles played by people with instruments in their hands."""

from soundbox.engines.procedural.styles.style import Mix, Part, Style

ROCK = Style(
    name="rock",
    words=("rock", "indie rock", "punk", "grunge", "garage rock", "alternative rock", "hard rock", "indie",
        "punk rock", "classic rock"),
    hints=("electric guitar", "riff", "stadium", "rebellious", "distorted guitar", "guitars"),
    tempo=(108, 144), modes=("minor", "mixolydian", "major"), progressions="pop", colour="power",
    groove="rock", kit="heavy",
    parts=(
        Part("power", ("distorted guitar",), "power", enters=0.55),
        Part("power", ("palm-muted guitar",), "eighths", leaves=0.8, level=-1),
        Part("bass", ("electric bass",), "rock"),
        Part("melody", ("distorted guitar", "clean guitar", "organ"), "lyrical", level=-2, enters=0.7),
    ),
    mix=Mix(room=1.1, wet=0.15, echo=0.15, drums=1.0, bass=-1.5, chords=-3.0, melody=-5.0, drive=1.3), looseness=4.0,
)  # fmt: skip

METAL = Style(
    name="metal",
    words=("metal", "heavy metal", "thrash", "death metal", "metalcore", "djent", "black metal", "doom metal"),
    hints=("brutal", "shredding", "aggressive", "rage", "furious", "demonic"),
    tempo=(140, 176), modes=("phrygian", "minor", "harmonic minor"), progressions="loop", colour="power",
    groove="metal", kit="heavy",
    parts=(
        Part("power", ("palm-muted guitar",), "gallop"),
        Part("power", ("distorted guitar",), "power", enters=0.8, level=-1),
        Part("bass", ("electric bass",), "gallop"),
        Part("melody", ("distorted guitar", "saw lead"), "busy", level=-3, enters=0.8),
    ),
    mix=Mix(room=1.0, wet=0.12, echo=0.15, drums=1.0, bass=-2.5, chords=0.0, melody=-3.5, drive=1.5), looseness=2.5,
)  # fmt: skip

JAZZ = Style(
    name="jazz",
    words=("jazz", "swing", "bebop", "big band", "jazz trio", "smooth jazz", "noir", "jazzy", "cool jazz"),
    hints=("saxophone", "sax", "upright bass", "double bass", "smoky", "speakeasy", "nightclub", "trumpet",
        "detective"),
    tempo=(104, 148), modes=("major", "dorian", "minor"), progressions="jazz", colour="ninth",
    groove="jazz", kit="brushes",
    parts=(
        Part("bass", ("upright bass",), "walking"),
        Part("chords", ("piano", "electric piano", "clean guitar"), "charleston", pan=-0.2),
        Part("melody", ("saxophone", "vibraphone", "trumpet", "piano", "clarinet"), "swung", enters=0.4, pan=0.15),
    ),
    mix=Mix(room=1.4, wet=0.2, echo=0.05, drums=-3.5, bass=0.0, chords=-4.0, melody=-1.5), swing=0.85,
        swings_eighths=True,
    looseness=8.0,
)  # fmt: skip

BLUES = Style(
    name="blues",
    words=("blues", "blues rock", "delta blues", "boogie woogie", "honky tonk", "rock and roll", "rockabilly"),
    hints=("harmonica", "bar room", "whiskey", "juke", "shuffle"),
    tempo=(84, 124), modes=("mixolydian",), progressions="blues", colour="seventh",
    groove="shuffle", kit="acoustic",
    parts=(
        Part("bass", ("upright bass", "electric bass"), "walking"),
        Part("chords", ("piano", "organ"), "charleston", pan=-0.3),
        Part("chords", ("clean guitar", "acoustic guitar"), "quarters", level=-3, pan=0.3),
        Part("melody", ("harmonica", "clean guitar", "saxophone"), "swung", enters=0.4),
    ),
    mix=Mix(room=1.1, wet=0.16, echo=0.1, drums=-0.5, bass=-0.5, drive=1.3), swing=0.9, swings_eighths=True,
        looseness=7.0,
)  # fmt: skip

FOLK = Style(
    name="folk",
    words=("folk", "acoustic", "singer songwriter", "campfire", "celtic", "medieval", "bluegrass", "indie folk",
        "irish", "tavern"),
    hints=("acoustic guitar", "fingerpicked", "banjo", "ukulele", "rustic", "village", "meadow", "fiddle", "hiking",
        "sea shanty"),
    tempo=(88, 120), modes=("major", "mixolydian", "dorian"), progressions="song", colour="triad",
    groove="folk", kit="acoustic",
    parts=(
        Part("chords", ("acoustic guitar",), "strum", pan=-0.3, enters=0.4),
        Part("chords", ("nylon guitar", "acoustic guitar", "harp"), "picked", pan=0.35, level=-2),
        Part("bass", ("upright bass",), "folk", enters=0.4),
        Part("melody", ("violin", "flute", "whistle", "harmonica", "accordion"), "flowing", enters=0.5),
    ),
    mix=Mix(room=1.2, wet=0.18, echo=0.05, drums=-5.0, bass=-2.0, chords=-1.5, melody=-3.0), looseness=7.0,
)  # fmt: skip

COUNTRY = Style(
    name="country",
    words=("country", "western", "americana", "spaghetti western", "cowboy", "country rock"),
    hints=("banjo", "prairie", "train", "rodeo", "saloon", "desert"),
    tempo=(100, 128), modes=("major", "mixolydian"), progressions="song", colour="triad",
    groove="train", kit="brushes",
    parts=(
        Part("chords", ("acoustic guitar",), "strum", pan=-0.3),
        Part("chords", ("banjo", "clean guitar"), "picked", pan=0.35, level=-4, octave=1, enters=0.4),
        Part("bass", ("upright bass", "electric bass"), "folk"),
        Part("melody", ("violin", "harmonica", "clean guitar", "whistle"), "lyrical", enters=0.5),
    ),
    mix=Mix(room=1.1, wet=0.16, echo=0.12, drums=-3.0, bass=-1.0, chords=-2.0), looseness=6.0,
)  # fmt: skip

POP = Style(
    name="pop",
    words=("pop", "indie pop", "pop song", "k pop", "dance pop", "corporate", "advertising", "commercial", "jingle",
        "podcast"),
    hints=("catchy", "happy", "cheerful", "upbeat", "positive", "inspirational", "uplifting", "motivational",
        "youtube", "kids", "bright", "fun"),
    tempo=(100, 124), modes=("major",), progressions="pop", colour="triad",
    groove="rock", kit="machine",
    parts=(
        Part("bass", ("electric bass", "pluck bass"), "eighths", enters=0.4),
        Part("chords", ("piano", "clean guitar"), "pulse"),
        Part("chords", ("muted guitar", "marimba", "pizzicato strings"), "up", level=-5, octave=1, pan=0.35,
            enters=0.5),
        Part("chords", ("warm pad", "string ensemble"), "held", level=-7, enters=0.7),
        Part("melody", ("celesta", "soft pluck", "whistle", "square lead"), "flowing", enters=0.5),
    ),
    mix=Mix(room=1.4, wet=0.18, echo=0.2, pump=0.2, brightness=1.0), looseness=3.0,
)  # fmt: skip
