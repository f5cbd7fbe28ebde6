"""Styles of wood and wire: clubs, porches, bars."""

from soundbox.engines.procedural.styles.style import Mix, Part, Rest, Style

JAZZ = Style(
    name="jazz",
    words=("jazz", "bebop", "jazz trio", "noir", "jazzy", "cool jazz"),
    hints=("saxophone", "sax", "upright bass", "double bass", "smoky", "speakeasy", "nightclub", "trumpet",
        "detective", "swing"),
    tempo=(104, 148), modes=("major", "dorian", "minor"), progressions="jazz", colour="ninth",
    groove="jazz", kit="brushes",
    parts=(
        Part("bass", ("upright bass",), "walking"),
        Part("chords", ("piano", "electric piano", "clean guitar"), "charleston", pan=-0.2),
        Part("melody", ("saxophone", "vibraphone", "trumpet", "clarinet"), "swung", enters=0.4, pan=0.15),
        Part("counter", ("muted trumpet", "clarinet", "trombone"), "answers", level=-4, enters=0.75, pan=-0.3),
    ),
    mix=Mix(room=1.4, wet=0.24, echo=0.05, drums=-1.5, bass=0.0, chords=-4.0, melody=-1.5), swing=0.85,
    swings_eighths=True, looseness=8.0, shape="lead sheet", gamut="bebop",
    thin=0.45, away=5,
)  # fmt: skip

CAFE = Style(
    name="cafe",
    words=("cafe", "gypsy jazz", "manouche", "french cafe", "parisian", "musette", "jazz manouche", "coffee shop",
        "cafe music"),
    hints=("paris", "bistro", "french", "accordion", "croissant", "moustache", "coffeehouse"),
    tempo=(120, 160), modes=("minor", "major", "harmonic minor"), progressions="jazz", colour="sixth",
    groove="brushes", kit="brushes",
    parts=(
        Part("chords", ("acoustic guitar",), "pompe", pan=-0.3),
        Part("chords", ("nylon guitar",), "pompe", level=-3, pan=0.3, enters=0.7),
        Part("bass", ("upright bass",), "folk"),
        Part("melody", ("accordion", "clarinet", "violin"), "swung", enters=0.3),
        Part("counter", ("violin", "nylon guitar", "clarinet"), "answers", level=-3, enters=0.6, pan=0.3),
    ),
    mix=Mix(room=0.9, wet=0.14, echo=0.0, drums=-9.0, bass=-0.5, chords=-1.5, melody=-1.5), swing=0.55,
    swings_eighths=True, looseness=7.0, shape="terrace", ending="hit", gamut="bebop",
    thin=0.45,
)  # fmt: skip

BLUES = Style(
    name="blues",
    words=("blues", "blues rock", "boogie woogie", "honky tonk", "rock and roll", "rockabilly"),
    hints=("harmonica", "bar room", "whiskey", "juke", "shuffle"),
    tempo=(84, 124), modes=("mixolydian",), progressions="blues", colour="seventh",
    groove="shuffle", kit="acoustic",
    parts=(
        Part("bass", ("upright bass", "electric bass"), "walking"),
        Part("chords", ("saloon piano", "organ"), "charleston", pan=-0.3, enters=0.65),
        Part("chords", ("clean guitar", "muted guitar"), "shuffle", level=-3, pan=0.3),
        Part("melody", ("harmonica", "lead guitar", "saxophone"), "swung", enters=0.4),
        Part("counter", ("crunch guitar", "organ"), "answers", level=-3, enters=0.6),
    ),
    mix=Mix(room=1.1, wet=0.16, echo=0.1, drums=-0.5, bass=-0.5, drive=1.3), swing=0.9, swings_eighths=True,
    looseness=7.0, shape="twelve", gamut="blues",
    rests=(Rest(("bass", "chords", "drums"), (0, 1, 2), step=4, sections=("verse",)), Rest(("melody",), (2, 3), step=0),
        Rest(("counter",), (0, 1), step=0)), thin=0.45,
)  # fmt: skip

FOLK = Style(
    name="folk",
    words=("folk", "medieval", "bluegrass", "indie folk", "tavern", "sea shanty"),
    hints=("banjo", "rustic", "village", "hiking", "knights", "pirate", "minstrel", "barn"),
    tempo=(88, 120), modes=("major", "mixolydian", "dorian"), progressions="modal", colour="triad",
    groove="folk", kit="acoustic",
    parts=(
        Part("chords", ("acoustic guitar",), "strum", pan=-0.3, enters=0.4),
        Part("chords", ("mandolin", "nylon guitar", "banjo"), "picked", pan=0.35, level=-2),
        Part("bass", ("upright bass",), "folk", enters=0.4),
        Part("melody", ("violin", "flute", "whistle", "harmonica"), "flowing", enters=0.5),
        Part("counter", ("harmonica", "mandolin", "cello"), "thirds", level=-4, enters=0.7, pan=0.25),
    ),
    mix=Mix(room=1.2, wet=0.18, echo=0.05, drums=-5.0, bass=-2.0, chords=-1.5, melody=-3.0), looseness=7.0,
    ending="ritard",
    shape="tavern", thin=0.45, away=5,
)  # fmt: skip

ACOUSTIC = Style(
    name="acoustic",
    words=("acoustic", "guitar", "singer songwriter", "unplugged", "fingerstyle", "acoustic guitar music",
        "coffeehouse folk"),
    hints=("acoustic guitar", "fingerpicked", "ukulele", "intimate", "organic", "campfire", "gentle", "handmade"),
    tempo=(78, 104), modes=("major", "major", "dorian", "minor"), progressions="song", colour="added ninth",
    groove="none", kit="hands",
    parts=(
        Part("chords", ("acoustic guitar", "nylon guitar"), "picked", pan=-0.25),
        Part("chords", ("acoustic guitar",), "strum", level=-4, pan=0.35, enters=0.75),
        Part("bass", ("upright bass", "electric bass"), "halves", enters=0.5),
        Part("melody", ("nylon guitar", "clean guitar", "felt piano"), "lyrical", enters=0.4),
        Part("counter", ("cello", "soft choir", "harmonica"), "long", level=-5, enters=0.7),
    ),
    mix=Mix(room=1.1, wet=0.17, echo=0.08, bass=-3.0, chords=-0.5, melody=-2.0), looseness=9.0, ending="ritard",
    shape="campfire", thin=0.35,
)  # fmt: skip

COUNTRY = Style(
    name="country",
    words=("country", "western", "americana", "spaghetti western", "cowboy", "country rock"),
    hints=("prairie", "train", "rodeo", "saloon", "desert"),
    tempo=(100, 128), modes=("major", "mixolydian"), progressions="song", colour="triad",
    groove="train", kit="brushes",
    parts=(
        Part("chords", ("acoustic guitar",), "strum", pan=-0.3),
        Part("chords", ("banjo", "twang guitar"), "picked", pan=0.35, level=-4, octave=1, enters=0.4),
        Part("bass", ("upright bass", "electric bass"), "folk"),
        Part("melody", ("violin", "harmonica", "twang guitar", "whistle"), "lyrical", enters=0.5),
        Part("counter", ("twang guitar", "violin"), "answers", level=-3, enters=0.65, pan=0.3),
    ),
    mix=Mix(room=1.1, wet=0.16, echo=0.12, drums=-3.0, bass=-1.0, chords=-2.0), looseness=6.0, lift=2,
    shape="trail", thin=0.5, away=5,
)  # fmt: skip
