"""Styles that float: no beat, much room."""

from soundbox.engines.procedural.styles.style import Mix, Part, Style

AMBIENT = Style(
    name="ambient",
    words=("ambient", "soundscape", "atmosphere", "atmospheric", "new age", "ethereal"),
    hints=("calm", "sleep", "peaceful", "floating", "dreamy", "serene", "underwater", "relaxing", "tranquil"),
    tempo=(58, 74), modes=("lydian", "major", "dorian", "minor"), progressions="still", colour="added ninth",
    groove="none", kit="machine",
    parts=(
        Part("chords", ("warm pad", "glass pad", "soft choir"), "held"),
        Part("chords", ("glass pad",), "held", level=-4, octave=1, sections=("chorus",)),
        Part("bass", ("sub bass",), "drone", enters=0.3),
        Part("chords", ("glass bells", "celesta", "harp"), "triplet-like", level=-9.5, octave=1, enters=0.5, pan=0.3),
        Part("melody", ("bells", "felt piano", "flute"), "slow", enters=0.5),
        Part("counter", ("soft choir", "solo voice"), "long", level=-5, enters=0.7),
        Part("riser", ("swell",), level=-6),
    ),
    mix=Mix(room=4.2, wet=0.55, echo=0.5, bass=-5.0, chords=0.0, melody=-4.0, brightness=3.5, width=1.25),
    looseness=12.0, bars_a_chord=2, shape="tides", ending="ritard",
    thin=0.3,
)  # fmt: skip

DARK_AMBIENT = Style(
    name="dark ambient",
    words=("dark ambient", "drone", "dark drone", "ritual", "abyss", "drone music"),
    hints=("cavern", "void", "dungeon", "ruins", "post apocalyptic", "wasteland", "haunted", "lovecraft"),
    tempo=(50, 62), modes=("phrygian", "minor", "locrian"), progressions="drone", colour="open",
    groove="boom", kit="cinematic",
    parts=(
        Part("bass", ("drone",), "drone", level=2),
        Part("chords", ("dark pad",), "held", level=1),
        Part("chords", ("tremolo strings", "low strings"), "held", level=-5, enters=0.55, pan=-0.3),
        Part("chords", ("choir",), "held", level=-5, octave=-1, enters=0.7),
        Part("melody", ("singing bowl", "tubular bells", "bamboo flute"), "slow", level=-3, enters=0.45),
        Part("bed", ("wind",), level=4), Part("riser", ("swell",)),
    ),
    mix=Mix(room=4.8, wet=0.6, echo=0.4, drums=-4.0, bass=0.0, chords=-1.0, melody=-6.0, brightness=-1.0, width=1.3),
    looseness=14.0, bars_a_chord=2, shape="abyss", ending="ritard",
    thin=0.3,
)  # fmt: skip

SPACE = Style(
    name="space",
    words=("space", "cosmic", "space music", "space ambient", "berlin school", "kosmische", "interstellar"),
    hints=("nebula", "galaxy", "stars", "orbit", "spaceship", "astronaut", "universe", "planet", "starlight"),
    tempo=(84, 100), modes=("dorian", "minor", "lydian"), progressions="still", colour="open",
    groove="none", kit="machine",
    parts=(
        Part("bass", ("analog bass",), "sequence", level=-2, enters=0.4),
        Part("chords", ("synth pluck", "soft pluck"), "sixteenths", level=-3, octave=1, enters=0.3, pan=0.4),
        Part("chords", ("analog pad", "glass pad"), "held", level=0),
        Part("chords", ("choir",), "held", level=-6, octave=1, enters=0.75),
        Part("melody", ("theremin", "saw lead", "solo voice"), "slow", enters=0.5),
        Part("riser", ("swell",)),
    ),
    mix=Mix(room=4.0, wet=0.45, echo=0.6, bass=-2.5, chords=-2.0, melody=-4.0, brightness=1.5, width=1.4),
    looseness=3.0, bars_a_chord=2, shape="voyage", ending="ritard",
    thin=0.35,
)  # fmt: skip

MEDITATION = Style(
    name="meditation",
    words=("meditation", "meditative", "spa", "yoga", "zen", "mindfulness", "sound bath", "reiki", "healing",
        "tibetan"),
    hints=("breathing", "chakra", "incense", "temple", "healing frequencies", "massage", "monk"),
    tempo=(48, 60), modes=("major", "dorian", "mixolydian"), progressions="drone", colour="open",
    groove="none", kit="hands", gamut="pentatonic",
    parts=(
        Part("bass", ("drone",), "drone", level=0, enters=0.45),
        Part("melody", ("singing bowl",), "bowls", level=-1, octave=-1),
        Part("melody", ("bamboo flute", "pan flute"), "slow", enters=0.5, level=-2),
        Part("chords", ("warm pad", "soft choir"), "held", level=-3, enters=0.3),
        Part("counter", ("koto", "harp", "kalimba"), "answers", level=-4, enters=0.6, pan=0.35),
        Part("bed", ("ocean",), level=0),
    ),
    mix=Mix(room=4.5, wet=0.5, echo=0.4, bass=-2.0, chords=-3.0, melody=-2.0, brightness=2.0,
        breath=(2, 12.0)), looseness=16.0,
    bars_a_chord=4, shape="breaths", ending="ritard",
    thin=0.3,
)  # fmt: skip

NATURE = Style(
    name="nature",
    words=("nature music", "nature", "forest music", "nature sounds", "garden", "woodland"),
    hints=("forest", "birds", "meadow", "river", "morning dew", "spring", "mountain", "lake", "rainforest"),
    tempo=(66, 84), modes=("major", "lydian", "mixolydian"), progressions="still", colour="added ninth",
    groove="none", kit="hands", gamut="pentatonic",
    parts=(
        Part("bed", ("forest",), level=6), Part("bed", ("stream",), level=2),
        Part("chords", ("harp", "nylon guitar", "kalimba"), "picked", level=0, pan=-0.2, enters=0.4),
        Part("chords", ("warm pad", "string ensemble"), "held", level=-4, enters=0.3),
        Part("melody", ("flute", "pan flute", "whistle"), "lyrical", enters=0.4),
        Part("counter", ("oboe", "clarinet", "celesta"), "answers", level=-4, enters=0.65, pan=0.3),
        Part("bass", ("cello", "upright bass"), "drone", octave=1, level=-3, enters=0.5),
    ),
    mix=Mix(room=2.8, wet=0.34, echo=0.25, beds=5.0, bass=-5.0, chords=-2.0, melody=-2.0, brightness=1.5),
    looseness=11.0, bars_a_chord=2, ending="ritard", shape="dawn",
    thin=0.35,
)  # fmt: skip
