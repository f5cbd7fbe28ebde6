"""Styles for quiet rooms and big screens."""

from soundbox.engines.procedural.styles.style import Mix, Part, Style

PIANO = Style(
    name="piano",
    words=("piano", "solo piano", "piano ballad", "ballad", "nocturne", "piano piece", "piano solo"),
    hints=("emotional", "sad", "melancholic", "tender", "wistful", "lonely", "heartfelt", "intimate", "gentle",
        "romantic"),
    tempo=(62, 86), modes=("minor", "major", "minor"), progressions="song", colour="triad",
    groove="none", kit="acoustic",
    parts=(
        Part("chords", ("piano",), "ballad"),
        Part("bass", ("piano",), "halves", octave=1),
        Part("melody", ("piano",), "lyrical", enters=0.3),
        Part("chords", ("string ensemble", "soft choir"), "held", level=-9, enters=0.8),
    ),
    mix=Mix(room=2.4, wet=0.3, echo=0.0, bass=-3.0, chords=-3.0, melody=0.0), looseness=12.0,
)  # fmt: skip

CLASSICAL = Style(
    name="classical",
    words=("classical", "baroque", "chamber music", "string quartet", "mozart", "bach", "harpsichord", "renaissance",
        "chamber"),
    hints=("violin", "cello", "flute", "clarinet", "elegant", "ballroom", "royal", "minuet", "oboe"),
    tempo=(84, 120), modes=("major", "minor", "harmonic minor"), progressions="song", colour="triad",
    groove="none", kit="orchestral",
    parts=(
        Part("chords", ("short strings", "harpsichord", "pizzicato strings"), "pulse", pan=-0.2),
        Part("bass", ("low strings", "cello"), "folk", octave=1),
        Part("chords", ("string ensemble",), "held", level=-10, enters=0.6),
        Part("melody", ("violin", "flute", "clarinet"), "flowing", pan=0.15),
    ),
    mix=Mix(room=2.0, wet=0.28, echo=0.0, bass=-2.0, chords=-2.0, melody=0.0), looseness=9.0,
)  # fmt: skip

ORCHESTRAL = Style(
    name="orchestral",
    words=("orchestral", "cinematic", "epic", "film score", "trailer", "orchestra", "soundtrack", "symphonic",
        "movie score", "symphony", "score"),
    hints=("heroic", "battle", "dramatic", "adventure", "strings", "brass", "choir", "fantasy", "suspense", "war",
        "triumphant", "horror", "tense", "scary", "mysterious", "dragon", "intense"),
    tempo=(84, 118), modes=("minor", "minor", "harmonic minor", "dorian"), progressions="epic", colour="triad",
    groove="orchestral", kit="orchestral",
    parts=(
        Part("chords", ("short strings",), "ostinato", level=-2, enters=0.3),
        Part("chords", ("string ensemble",), "held", level=-2),
        Part("bass", ("low strings", "tuba"), "slow pulse", octave=1),
        Part("chords", ("brass section", "choir"), "held", level=-2, enters=0.75),
        Part("melody", ("violin", "brass section", "trumpet", "choir"), "lyrical", enters=0.5),
    ),
    mix=Mix(room=3.0, wet=0.36, echo=0.05, drums=-1.5, bass=-4.0, chords=0.0, melody=-0.5), looseness=9.0,
)  # fmt: skip

LULLABY = Style(
    name="lullaby",
    words=("lullaby", "music box", "nursery", "bedtime", "toy piano", "fairy tale", "christmas", "winter"),
    hints=("magical", "baby", "innocent", "snow", "fairy", "whimsical", "cute", "playful", "celesta", "kalimba"),
    tempo=(72, 96), modes=("major", "major", "lydian"), progressions="song", colour="triad",
    groove="none", kit="acoustic",
    parts=(
        Part("melody", ("music box", "celesta", "kalimba"), "flowing"),
        Part("chords", ("harp", "kalimba", "music box"), "up", level=-2, octave=1, pan=-0.25),
        Part("chords", ("warm pad", "string ensemble", "soft choir"), "held", level=-5, enters=0.5),
        Part("bass", ("upright bass", "pizzicato strings"), "folk", enters=0.6),
    ),
    mix=Mix(room=2.2, wet=0.3, echo=0.15, bass=-5.0, chords=-3.0, melody=-1.0), looseness=9.0,
)  # fmt: skip
