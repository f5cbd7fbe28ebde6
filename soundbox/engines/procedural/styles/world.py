"""Styles of many places, each with its own scale, instruments and drums."""

from soundbox.engines.procedural.styles.style import Mix, Part, Rest, Style

AFRICAN = Style(
    name="african",
    words=("african", "afrobeat", "highlife", "african drums", "savanna", "soukous", "kora music"),
    hints=("safari", "tribal", "djembe", "kora", "mbira", "balafon", "serengeti", "lion"),
    tempo=(104, 124), modes=("major", "mixolydian", "dorian"), progressions="vamp", colour="triad",
    groove="african", kit="hands", gamut="pentatonic",
    parts=(
        Part("chords", ("kora", "marimba", "kalimba"), "interlocking", pan=-0.3, octave=1),
        Part("chords", ("muted guitar", "marimba"), "interlocking", level=-3, pan=0.35, octave=1, enters=0.45),
        Part("bass", ("electric bass", "upright bass"), "tumbao"),
        Part("melody", ("choir", "solo voice", "pan flute", "saxophone"), "syncopated", enters=0.5),
        Part("counter", ("choir", "brass stabs", "marimba"), "answers", level=-1, enters=0.6),
    ),
    mix=Mix(room=1.0, wet=0.15, echo=0.05, drums=1.5, bass=0.0, chords=-2.0, melody=-2.5), swing=0.2, looseness=6.0,
    ending="hit",
    rests=(Rest(("bass", "drums"), step=8),),
    shape="circle", thin=0.45,
)  # fmt: skip

WORLD = Style(
    name="world",
    words=("world", "world music", "ethnic", "fusion", "tribal", "andean", "native", "world fusion"),
    hints=("journey", "caravan", "travel", "exotic", "earth", "shaman", "amazon"),
    tempo=(86, 108), modes=("dorian", "minor", "mixolydian"), progressions="modal", colour="open",
    groove="frame", kit="hands", gamut="pentatonic",
    parts=(
        Part("chords", ("nylon guitar", "kalimba"), "picked", pan=-0.3, enters=0.4),
        Part("chords", ("marimba", "steel drum"), "triplet-like", level=-4, pan=0.35, enters=0.5),
        Part("bass", ("upright bass", "drone"), "halves", enters=0.4),
        Part("melody", ("pan flute", "bamboo flute", "oboe"), "lyrical"),
        Part("chords", ("warm pad", "choir"), "held", level=-6, enters=0.6),
        Part("counter", ("sitar", "kora", "mandolin"), "answers", level=-3, enters=0.65, pan=0.3),
    ),
    mix=Mix(room=1.9, wet=0.26, echo=0.15, drums=0.0, bass=-2.0, chords=-2.5, melody=-1.0), looseness=8.0,
    shape="caravan", thin=0.4,
)  # fmt: skip

ASIAN = Style(
    name="asian",
    words=("asian", "japanese", "chinese", "oriental", "samurai", "ninja", "geisha", "korean", "vietnamese"),
    hints=("koto", "shakuhachi", "erhu", "bamboo", "cherry blossom", "sakura", "pagoda", "tea", "dojo", "kung fu",
        "guzheng", "shamisen"),
    tempo=(70, 96), modes=("minor", "phrygian", "major"), progressions="still", colour="open",
    groove="asian", kit="cinematic", gamut="hirajoshi",
    parts=(
        Part("chords", ("koto",), "rolled", level=0, pan=-0.3),
        Part("melody", ("bamboo flute", "erhu"), "lyrical", enters=0.3),
        Part("counter", ("koto", "pizzicato strings"), "answers", level=-2, pan=0.35, octave=0),
        Part("bass", ("pizzicato strings", "low strings"), "halves", octave=1, level=-2),
        Part("chords", ("string ensemble", "warm pad"), "held", level=-7, enters=0.65),
        Part("chords", ("gamelan",), "sparse", level=-8, octave=0, enters=0.8),
    ),
    mix=Mix(room=2.2, wet=0.3, echo=0.1, drums=-3.0, bass=-3.0, chords=-1.5, melody=-0.5), looseness=11.0,
    ending="ritard",
    rests=(Rest(("bass", "chords", "melody"), (1,), 2, step=10),), thin=0.35,
    shape="garden",
)  # fmt: skip

MIDDLE_EASTERN = Style(
    name="middle eastern",
    words=("middle eastern", "arabic", "arabian", "persian", "turkish", "egyptian", "belly dance", "oriental dance",
        "moroccan"),
    hints=("oud", "desert", "bazaar", "sultan", "pyramid", "camel", "darbuka", "duduk", "pharaoh", "sahara", "genie"),
    tempo=(88, 116), modes=("phrygian dominant", "double harmonic", "phrygian dominant"), progressions="maqam",
    colour="open", groove="maqsum", kit="darbuka",
    parts=(
        Part("bass", ("drone",), "drone", level=-4),
        Part("bass", ("cello", "upright bass"), "boom bap", octave=1, enters=0.45),
        Part("chords", ("oud",), "rolled", level=0, pan=-0.3),
        Part("melody", ("oud", "violin", "oboe", "bamboo flute"), "ornate", enters=0.25),
        Part("counter", ("string ensemble", "violin"), "unison", level=-3, enters=0.7),
    ),
    mix=Mix(room=1.7, wet=0.24, echo=0.1, drums=1.0, bass=-2.0, chords=-2.5, melody=-0.5), looseness=7.0,
    shape="taqsim", thin=0.4,
)  # fmt: skip

CELTIC = Style(
    name="celtic",
    words=("celtic", "irish", "scottish", "gaelic", "reel", "highland", "celtic music"),
    hints=("fiddle", "tin whistle", "bagpipes", "harp", "druid", "emerald", "clover", "st patrick", "bodhran"),
    tempo=(100, 120), modes=("dorian", "mixolydian", "major"), progressions="modal", colour="triad",
    groove="bodhran", kit="hands",
    parts=(
        Part("chords", ("harp", "acoustic guitar"), "picked", pan=-0.3),
        Part("bass", ("drone", "cello"), "drone", octave=0, level=-4),
        Part("chords", ("mandolin", "acoustic guitar"), "strum", level=-4, pan=0.35, enters=0.6),
        Part("melody", ("whistle", "violin", "flute"), "reel", enters=0.2),
        Part("counter", ("violin", "bagpipes", "flute"), "unison", level=-4, enters=0.8, pan=0.25),
    ),
    mix=Mix(room=1.8, wet=0.24, echo=0.0, drums=-1.0, bass=-3.5, chords=-2.0, melody=-0.5), looseness=6.0,
    shape="set",
    rests=(Rest(("drums",), (0, 1, 2, 3), step=0, sections=("intro",)),), ending="ritard",
    thin=0.45, away=5,
)  # fmt: skip

INDIAN = Style(
    name="indian",
    words=("indian", "bollywood", "raga", "hindustani", "carnatic", "bhangra", "raag"),
    hints=("sitar", "tabla", "tanpura", "mumbai", "ganges", "curry", "holi", "taj mahal"),
    tempo=(84, 112), modes=("double harmonic", "mixolydian", "dorian"), progressions="drone", colour="open",
    groove="tabla", kit="tabla",
    parts=(
        Part("bass", ("drone",), "drone", level=-1),
        Part("chords", ("sitar",), "rolled", level=-4, pan=0.3, octave=-1),
        Part("melody", ("sitar", "bamboo flute"), "ornate", enters=0.2),
        Part("counter", ("bamboo flute", "violin", "solo voice"), "answers", level=-2, enters=0.55, pan=-0.3),
        Part("chords", ("string ensemble",), "held", level=-8, enters=0.7),
    ),
    mix=Mix(room=2.0, wet=0.26, echo=0.1, drums=0.5, bass=-2.5, chords=-4.0, melody=0.0), looseness=8.0, bars_a_chord=4,
    shape="raga", ending="hit",
    thin=0.4,
)  # fmt: skip

FLAMENCO = Style(
    name="flamenco",
    words=("flamenco", "spanish", "spanish guitar", "bullfight", "andalusian", "paso doble", "mariachi"),
    hints=("castanets", "gypsy", "matador", "seville", "toreador", "passionate"),
    tempo=(104, 132), modes=("phrygian dominant", "phrygian", "harmonic minor"), progressions="andalusian",
    colour="triad", groove="palmas", kit="palmas",
    parts=(
        Part("chords", ("nylon guitar",), "rasgueado", pan=-0.25),
        Part("chords", ("nylon guitar",), "picked", level=-3, pan=0.35, leaves=0.8),
        Part("bass", ("upright bass", "nylon guitar"), "folk", enters=0.45),
        Part("melody", ("nylon guitar", "trumpet", "violin"), "ornate", enters=0.35),
        Part("counter", ("trumpet", "violin", "nylon guitar"), "answers", level=-3, enters=0.75, pan=0.3),
    ),
    mix=Mix(room=1.3, wet=0.18, echo=0.0, drums=0.0, bass=-1.5, chords=0.0, melody=-1.0), looseness=7.0, ending="hit",
    shape="duende", thin=0.45,
)  # fmt: skip
