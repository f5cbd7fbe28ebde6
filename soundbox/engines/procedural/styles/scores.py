"""Styles for concert halls and big screens."""

from soundbox.engines.procedural.styles.style import Mix, Part, Rest, Style

PIANO = Style(
    name="piano",
    words=("piano", "solo piano", "piano ballad", "ballad", "nocturne", "piano piece", "piano solo", "neoclassical"),
    hints=("emotional", "sad", "melancholic", "tender", "wistful", "lonely", "heartfelt", "intimate", "gentle",
        "romantic", "melancholy"),
    tempo=(62, 86), modes=("minor", "major", "minor"), progressions="song", colour="triad",
    groove="none", kit="acoustic",
    parts=(
        Part("chords", ("piano",), "ballad"),
        Part("bass", ("piano",), "halves", octave=1),
        Part("melody", ("piano",), "lyrical", enters=0.3),
        Part("counter", ("cello", "string ensemble", "soft choir"), "long", level=-5, enters=0.75),
    ),
    mix=Mix(room=2.4, wet=0.3, echo=0.0, bass=-3.0, chords=-3.0, melody=0.0), looseness=12.0, ending="ritard",
    shape="phrases", thin=0.3,
)  # fmt: skip

CLASSICAL = Style(
    name="classical",
    words=("classical", "baroque", "chamber music", "mozart", "bach", "harpsichord", "renaissance", "chamber"),
    hints=("violin", "flute", "clarinet", "elegant", "ballroom", "royal", "minuet", "oboe"),
    tempo=(84, 120), modes=("major", "minor", "harmonic minor"), progressions="classical", colour="triad",
    groove="none", kit="orchestral",
    parts=(
        Part("chords", ("short strings", "harpsichord", "pizzicato strings"), "alberti", pan=-0.2),
        Part("bass", ("low strings", "cello"), "folk", octave=1),
        Part("chords", ("string ensemble",), "held", level=-10, enters=0.6),
        Part("melody", ("violin", "flute", "oboe"), "flowing", pan=0.15),
        Part("counter", ("oboe", "clarinet", "bassoon"), "answers", level=-2, enters=0.5, pan=-0.3),
    ),
    mix=Mix(room=2.0, wet=0.26, echo=0.0, bass=-2.0, chords=-1.0, melody=0.0, brightness=1.0), looseness=7.0,
    ending="ritard",
    rests=(Rest(("bass", "chords", "melody", "counter"), (1,), 2, step=12),), shape="phrases", thin=0.3, away=7,
)  # fmt: skip

STRINGS = Style(
    name="strings",
    words=("strings", "string quartet", "string orchestra", "orchestra section", "violins", "cello", "string section"),
    hints=("violin", "elegy", "adagio", "romantic", "yearning", "passionate"),
    tempo=(66, 88), modes=("minor", "major", "dorian"), progressions="classical", colour="triad",
    groove="none", kit="orchestral",
    parts=(
        Part("chords", ("string ensemble",), "halves", level=0),
        Part("bass", ("cello", "low strings"), "halves", octave=1),
        Part("melody", ("violin",), "lyrical", enters=0.3, pan=-0.25),
        Part("counter", ("cello", "violin"), "long", level=-2, enters=0.5, pan=0.3),
        Part("chords", ("pizzicato strings",), "up", level=-6, enters=0.75, pan=0.2),
    ),
    mix=Mix(room=2.4, wet=0.3, echo=0.0, bass=-2.0, chords=-1.5, melody=0.0, breath=(2, 7.0)), looseness=12.0,
    ending="ritard", shape="arches", thin=0.25, away=3,
)  # fmt: skip

ORCHESTRAL = Style(
    name="orchestral",
    words=("orchestral", "cinematic", "film score", "orchestra", "soundtrack", "symphonic", "movie score",
        "symphony", "score"),
    hints=("dramatic", "adventure", "brass", "choir", "fantasy", "quest", "majestic", "kingdom", "noble", "strings"),
    tempo=(84, 112), modes=("minor", "major", "dorian", "lydian"), progressions="cinematic", colour="triad",
    groove="orchestral", kit="orchestral",
    parts=(
        Part("chords", ("string ensemble",), "held", level=-1),
        Part("chords", ("harp", "pizzicato strings"), "up", level=-6, octave=1, enters=0.4, pan=-0.35),
        Part("bass", ("low strings", "tuba"), "slow pulse", octave=1),
        Part("chords", ("horns", "brass section"), "swells", level=-2, enters=0.75),
        Part("melody", ("flute", "violin", "horns", "oboe"), "lyrical", enters=0.4),
        Part("counter", ("clarinet", "horns", "cello"), "answers", level=-2, enters=0.65, pan=0.25),
        Part("riser", ("swell",)),
    ),
    mix=Mix(room=2.8, wet=0.34, echo=0.0, drums=-2.5, bass=-4.0, chords=0.0, melody=0.5, brightness=1.0,
        width=1.1), looseness=9.0,
    lift=2, ending="ritard",
    shape="screen", thin=0.3, away=3,
)  # fmt: skip

EPIC = Style(
    name="epic",
    words=("epic", "trailer", "epic orchestral", "battle music", "trailer music", "hybrid orchestral", "war music"),
    hints=("heroic", "battle", "war", "triumphant", "dragon", "intense", "powerful", "victory", "warrior", "boss",
        "massive", "apocalypse", "gladiator"),
    tempo=(84, 104), modes=("minor", "minor", "harmonic minor"), progressions="epic", colour="triad",
    groove="war", kit="cinematic",
    parts=(
        Part("chords", ("short strings",), "ostinato", level=-1),
        Part("power", ("low strings",), "march bass", level=-3, enters=0.4),
        Part("bass", ("tuba", "low strings"), "slow pulse", octave=1),
        Part("chords", ("brass section",), "march", level=0, enters=0.7),
        Part("chords", ("choir",), "held", level=-1, octave=1, enters=0.8),
        Part("melody", ("horns", "brass section", "trumpet"), "lyrical", octave=-1, enters=0.6),
        Part("counter", ("tremolo strings", "violin"), "long", level=-3, enters=0.85),
        Part("riser", ("drum roll", "riser")),
    ),
    mix=Mix(room=2.6, wet=0.26, echo=0.0, drums=3.5, bass=-4.0, chords=-1.0, melody=0.0, drive=1.4, brightness=2.0,
        width=1.15),
    looseness=6.0, shape="trailer", ending="hit", lift=2,
    thin=0.35,
)  # fmt: skip

SUSPENSE = Style(
    name="suspense",
    words=("suspense", "horror", "thriller", "horror score", "suspenseful", "mystery", "scary music", "stalker"),
    hints=("scary", "tense", "mysterious", "creepy", "ominous", "eerie", "investigation", "killer", "nightmare",
        "spooky", "haunted", "crime", "dread"),
    tempo=(70, 96), modes=("locrian", "phrygian", "harmonic minor"), progressions="uneasy", colour="open",
    groove="heartbeat", kit="cinematic",
    parts=(
        Part("chords", ("tremolo strings",), "held", level=0),
        Part("bass", ("low strings", "dark pad"), "slow pulse", octave=1),
        Part("chords", ("pizzicato strings", "piano"), "creeping", level=-1, enters=0.35, pan=0.3),
        Part("chords", ("choir", "glass pad"), "held", level=-6, octave=1, enters=0.7),
        Part("melody", ("celesta", "theremin", "clarinet", "music box"), "sparse", enters=0.45, level=-1),
        Part("riser", ("swell",)),
    ),
    mix=Mix(room=3.2, wet=0.4, echo=0.3, drums=-1.5, bass=-3.0, chords=-1.0, melody=-3.0, width=1.2), looseness=9.0,
    bars_a_chord=2, shape="dread", ending="hit",
    thin=0.3,
)  # fmt: skip

LULLABY = Style(
    name="lullaby",
    words=("lullaby", "music box", "bedtime", "fairy tale", "nursery lullaby"),
    hints=("magical", "baby", "fairy", "whimsical", "celesta", "kalimba", "toddler", "cradle"),
    tempo=(66, 84), modes=("major", "major", "lydian"), progressions="song", colour="triad",
    groove="none", kit="acoustic",
    parts=(
        Part("melody", ("music box", "celesta", "kalimba"), "flowing"),
        Part("chords", ("harp", "music box"), "up", level=-2, octave=1, pan=-0.25),
        Part("chords", ("warm pad", "soft choir"), "held", level=-5, enters=0.5),
        Part("bass", ("cello", "pizzicato strings"), "halves", octave=1, enters=0.6),
    ),
    mix=Mix(room=2.2, wet=0.3, echo=0.15, bass=-5.0, chords=-3.0, melody=-1.0), looseness=9.0, ending="ritard",
    rests=(Rest(("melody", "chords"), (1,), 2, step=12),),
    shape="cradle", thin=0.35,
)  # fmt: skip
