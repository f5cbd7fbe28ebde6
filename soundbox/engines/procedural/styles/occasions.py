"""Styles for work, children and holidays."""

from soundbox.engines.procedural.styles.style import Mix, Part, Style

CORPORATE = Style(
    name="corporate",
    words=("corporate", "advertising", "commercial", "jingle", "podcast", "youtube", "background music", "explainer",
        "presentation", "inspirational", "motivational", "podcast intro", "vlog"),
    hints=("business", "startup", "innovation", "uplifting", "inspiring", "success", "team", "achievement", "hopeful"),
    tempo=(104, 122), modes=("major", "major", "lydian"), progressions="bright", colour="added ninth",
    groove="corporate", kit="machine",
    parts=(
        Part("chords", ("muted guitar",), "ostinato", level=-1, octave=1, pan=0.4),
        Part("chords", ("piano",), "pulse", level=-1, pan=-0.1),
        Part("bass", ("electric bass", "pluck bass"), "eighths", enters=0.5),
        Part("chords", ("string ensemble", "warm pad"), "held", level=-4, enters=0.5),
        Part("melody", ("glockenspiel", "clean guitar", "felt piano"), "sparse", enters=0.45),
        Part("counter", ("string ensemble", "bells"), "long", level=-4, enters=0.75),
        Part("riser", ("swell",)),
    ),
    mix=Mix(room=1.7, wet=0.24, echo=0.3, pump=0.15, drums=-2.0, bass=-2.0, chords=-2.0, brightness=1.5, width=1.15),
    looseness=2.5, shape="hymn",
    thin=0.4,
)  # fmt: skip

KIDS = Style(
    name="kids",
    words=("kids", "children", "childrens music", "nursery", "nursery rhyme", "toy", "cartoon music", "kindergarten"),
    hints=("playful", "cute", "silly", "playground", "cartoon", "toys", "goofy", "bouncy", "puppy", "clumsy"),
    tempo=(112, 138), modes=("major",), progressions="kids", colour="triad",
    groove="kids", kit="hands",
    parts=(
        Part("chords", ("ukulele",), "strum", pan=-0.3, enters=0.5),
        Part("bass", ("tuba", "pizzicato strings", "bassoon"), "folk", octave=0),
        Part("melody", ("xylophone", "whistle", "glockenspiel", "kalimba"), "bouncy"),
        Part("counter", ("clarinet", "bassoon", "pizzicato strings"), "answers", level=-2, enters=0.5, pan=0.35),
        Part("chords", ("pizzicato strings", "marimba"), "offbeat", level=-3, pan=0.3, enters=0.45),
    ),
    mix=Mix(room=0.8, wet=0.12, echo=0.0, drums=-2.0, bass=-1.5, chords=-2.0, melody=-1.0, brightness=1.0),
    looseness=5.0, swing=0.3, swings_eighths=True, ending="hit", lift=2,
    shape="hide and seek", thin=0.45,
)  # fmt: skip

HOLIDAY = Style(
    name="holiday",
    words=("holiday", "christmas", "xmas", "christmas music", "jingle bells", "carol", "santa", "hanukkah",
        "winter wonderland"),
    hints=("winter", "snow", "festive", "sleigh", "merry", "snowy", "new year", "gifts", "reindeer"),
    tempo=(96, 124), modes=("major",), progressions="carol", colour="triad",
    groove="sleigh", kit="sleigh",
    parts=(
        Part("melody", ("celesta", "glockenspiel", "bells"), "flowing"),
        Part("chords", ("string ensemble",), "held", level=-2),
        Part("chords", ("piano", "harp", "pizzicato strings"), "quarters", level=-2, pan=-0.25, enters=0.4),
        Part("bass", ("upright bass", "low strings"), "folk"),
        Part("counter", ("horns", "soft choir", "clarinet"), "thirds", level=-3, octave=-1, enters=0.7),
        Part("chords", ("tubular bells",), "halves", level=-7, octave=0, enters=0.85),
    ),
    mix=Mix(room=2.0, wet=0.28, echo=0.0, drums=-1.0, bass=-2.5, chords=-2.0, melody=-0.5, brightness=1.5),
    looseness=6.0, ending="ritard", lift=2,
    shape="carols", thin=0.45,
)  # fmt: skip
