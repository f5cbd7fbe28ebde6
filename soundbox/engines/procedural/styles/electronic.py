"""Styles made of machines for the night."""

from soundbox.engines.procedural.styles.style import Mix, Part, Rest, Style

SYNTHWAVE = Style(
    name="synthwave",
    words=("synthwave", "retrowave", "synth wave", "80s synth", "synthpop", "synth pop", "new wave"),
    hints=("retro", "neon", "analog", "arcade drive", "night drive", "synthesizer", "cyberpunk", "80s drive"),
    tempo=(90, 116), modes=("minor", "minor", "dorian"), progressions="pop", colour="triad",
    groove="synthwave", kit="gated",
    parts=(
        Part("bass", ("analog bass", "pluck bass"), "octaves", enters=0.4),
        Part("chords", ("analog pad", "warm pad"), "held", level=-1),
        Part("chords", ("synth pluck", "soft pluck"), "sixteenths", level=-7, octave=1, enters=0.3, pan=0.35),
        Part("melody", ("saw lead", "square lead"), "lyrical", enters=0.6),
        Part("counter", ("square lead", "glass bells"), "answers", level=-6, enters=0.85, pan=-0.35),
        Part("riser", ("riser",)),
    ),
    mix=Mix(room=2.2, wet=0.26, echo=0.3, pump=0.35, bass=-1.5, brightness=0.5), looseness=2.5, lift=2,
    shape="drive", thin=0.5,
)  # fmt: skip

HOUSE = Style(
    name="house",
    words=("house", "house music", "club", "dance", "dance music", "eurodance"),
    hints=("party", "dancefloor", "groovy", "upbeat electronic", "ibiza"),
    tempo=(120, 128), modes=("minor", "dorian", "minor"), progressions="dance", colour="seventh",
    groove="four on the floor", kit="909",
    parts=(
        Part("bass", ("pluck bass", "sub bass", "analog bass"), "offbeat"),
        Part("chords", ("piano", "synth stab", "organ"), "house piano", enters=0.4),
        Part("chords", ("warm pad", "analog pad"), "held", level=-5, leaves=0.9),
        Part("melody", ("soft pluck", "synth pluck", "vibraphone"), "syncopated", enters=0.6),
        Part("counter", ("solo voice", "soft choir"), "long", level=-6, enters=0.85),
        Part("riser", ("riser",)),
    ),
    mix=Mix(room=1.4, wet=0.18, echo=0.25, pump=0.6, bass=-3.5, drums=1.0, chords=-2.5, melody=-2.0, brightness=0.5,
        swept=("bass", "chords", "melody", "drums")),
    swing=0.14, looseness=2.0, shape="filter",
    ending="hit",
)  # fmt: skip

EDM = Style(
    name="edm",
    words=("edm", "big room", "electro house", "festival music", "workout", "gym music", "mainstage"),
    hints=("festival", "workout", "gym", "running", "pumped", "pumping", "hands up", "bass drop", "fitness"),
    tempo=(126, 130), modes=("minor", "minor", "major"), progressions="pop", colour="open",
    groove="edm", kit="hard machine",
    parts=(
        Part("bass", ("sub bass", "analog bass"), "eighths", enters=0.45),
        Part("chords", ("supersaw",), "gated", level=0, enters=0.7),
        Part("chords", ("piano", "synth pluck"), "pulse", level=-4, leaves=0.8),
        Part("melody", ("supersaw", "saw lead", "square lead"), "busy", enters=0.7),
        Part("counter", ("soft choir", "analog pad"), "long", level=-5, enters=0.6),
        Part("riser", ("riser",)), Part("riser", ("drum roll",), level=-3),
    ),
    mix=Mix(room=1.7, wet=0.22, echo=0.2, pump=0.75, drums=1.0, bass=-0.5, chords=-2.5, drive=1.4, brightness=1.0,
        width=1.2), looseness=0.5, shape="festival", ending="hit",
    thin=0.45,
)  # fmt: skip

TECHNO = Style(
    name="techno",
    words=("techno", "industrial", "warehouse", "rave"),
    hints=("hypnotic", "machine", "underground", "mechanical", "berlin", "strobe"),
    tempo=(128, 138), modes=("minor", "phrygian"), progressions="loop", colour="open",
    groove="techno", kit="hard machine",
    parts=(
        Part("bass", ("acid bass", "sub bass", "analog bass"), "techno"),
        Part("bass", ("acid bass",), "acid", level=-6, octave=1, enters=0.6),
        Part("chords", ("synth stab",), "stabs", level=-2, enters=0.7),
        Part("chords", ("dark pad",), "held", level=-3, leaves=0.7),
        Part("counter", ("glass bells", "synth pluck"), "answers", level=-4, enters=0.7, pan=-0.3),
        Part("riser", ("riser",)),
    ),
    mix=Mix(room=1.8, wet=0.2, echo=0.3, pump=0.6, drums=1.0, bass=-2.0, chords=-2.0, drive=1.5, brightness=1.0,
        swept=("bass", "chords", "melody", "drums")),
    looseness=1.0,
    bars_a_chord=2, shape="club", ending="hit",
    thin=0.4,
)  # fmt: skip

TRANCE = Style(
    name="trance",
    words=("trance", "uplifting trance", "hands up trance", "progressive trance"),
    hints=("euphoric", "euphoria", "anthem", "sunrise"),
    tempo=(134, 142), modes=("minor", "minor", "major"), progressions="epic", colour="triad",
    groove="trance", kit="hard machine",
    parts=(
        Part("bass", ("analog bass", "pluck bass"), "rolling", enters=0.45),
        Part("chords", ("supersaw",), "gated", level=-1, enters=0.75),
        Part("chords", ("supersaw",), "held", level=1, sections=("break",)),
        Part("chords", ("analog pad", "choir"), "held", level=-3),
        Part("chords", ("synth pluck",), "sixteenths", level=-5, octave=1, enters=0.3, pan=-0.3),
        Part("melody", ("supersaw", "saw lead"), "lyrical", enters=0.8),
        Part("riser", ("riser",)), Part("riser", ("drum roll",), level=-4),
    ),
    mix=Mix(room=2.4, wet=0.28, echo=0.35, pump=0.65, bass=-1.5, brightness=0.5), looseness=1.0, shape="anthem",
    thin=0.5,
)  # fmt: skip

DRUM_AND_BASS = Style(
    name="drum and bass",
    words=("drum and bass", "dnb", "d and b", "drum n bass", "jungle", "breakbeat", "breakcore", "breaks"),
    hints=("frantic", "rolling", "amen"),
    tempo=(170, 176), modes=("minor", "dorian"), progressions="still", colour="ninth",
    groove="breakbeat", kit="breaks",
    parts=(
        Part("bass", ("reese bass", "sub bass"), "halftime", enters=0.45),
        Part("chords", ("warm pad", "soft choir", "analog pad"), "held", level=-1),
        Part("chords", ("electric piano", "soft pluck"), "sparse", level=-3),
        Part("melody", ("glass bells", "saw lead", "electric piano"), "sparse", enters=0.6),
        Part("counter", ("solo voice", "synth pluck"), "answers", level=-4, enters=0.8),
        Part("riser", ("riser",)),
    ),
    mix=Mix(room=2.0, wet=0.24, echo=0.35, pump=0.3, drums=1.5, bass=-0.5, brightness=0.5), looseness=2.0,
    bars_a_chord=2, shape="roller", ending="hit",
    thin=0.35,
)  # fmt: skip

DUBSTEP = Style(
    name="dubstep",
    words=("dubstep", "brostep", "riddim", "wobble bass", "bass music"),
    hints=("wobble", "filthy", "drop", "glitch", "bass drop"),
    tempo=(138, 144), modes=("minor", "phrygian"), progressions="loop", colour="triad",
    groove="dubstep", kit="hard machine",
    parts=(
        Part("bass", ("growl bass",), "wobble", octave=1, enters=0.6, level=-1),
        Part("bass", ("sub bass",), "halftime", leaves=0.6),
        Part("bass", ("sub bass",), "slow pulse", enters=0.6, level=-3),
        Part("chords", ("dark pad", "choir"), "held", level=-4),
        Part("melody", ("glass bells", "synth pluck"), "sparse", leaves=0.6),
        Part("riser", ("riser",)),
    ),
    mix=Mix(room=2.0, wet=0.22, echo=0.3, pump=0.5, drums=1.0, bass=0.5, drive=1.6), looseness=1.5, bars_a_chord=2,
    shape="half time", ending="hit",
    thin=0.35,
)  # fmt: skip

ELECTRONICA = Style(
    name="electronica",
    words=("electronica", "electronic", "downtempo", "idm", "trip hop", "chillout", "chill out", "electronic music",
        "chilltronica", "glitch hop"),
    hints=("futuristic", "technology", "digital", "robotic", "scientific", "sci fi", "data", "gadget"),
    tempo=(92, 112), modes=("minor", "dorian", "lydian"), progressions="still", colour="added ninth",
    groove="glitch", kit="808",
    parts=(
        Part("bass", ("sub bass", "analog bass"), "lazy"),
        Part("chords", ("soft pluck", "kalimba", "synth pluck"), "triplet-like", level=-1, octave=1, pan=0.3),
        Part("chords", ("glass pad", "warm pad", "soft choir"), "held", level=-2,
            sections=("intro", "break", "chorus")),
        Part("melody", ("square lead", "electric piano", "glass bells"), "sparse", enters=0.5),
        Part("counter", ("music box", "chip arpeggio"), "answers", level=-5, enters=0.65, pan=-0.4),
        Part("riser", ("swell",)),
    ),
    mix=Mix(room=2.2, wet=0.28, echo=0.45, pump=0.25, drums=0.0, bass=-1.0, chords=-3.0, brightness=1.0, width=1.2),
    swing=0.2, looseness=2.0,
    shape="mosaic", thin=0.45,
)  # fmt: skip

CHIPTUNE = Style(
    name="chiptune",
    words=("chiptune", "8 bit", "8bit", "chip tune", "16 bit", "nes", "game boy", "gameboy", "video game", "arcade",
        "retro game", "game music"),
    hints=("pixel", "platformer", "boss fight", "level up", "game", "boss battle", "retro gaming"),
    tempo=(132, 164), modes=("major", "minor", "major", "mixolydian"), progressions="pop", colour="triad",
    groove="chip", kit="chip",
    parts=(
        Part("bass", ("chip bass",), "pump", enters=0.45),
        Part("chords", ("chip arpeggio",), "chip", octave=1, pan=-0.25),
        Part("melody", ("chip lead",), "busy", pan=0.15, enters=0.45),
        Part("counter", ("chip arpeggio", "chip lead"), "thirds", level=-5, enters=0.85, pan=-0.2),
        Part("chords", ("chip chords",), "offbeat", level=-5, enters=0.7, pan=0.35),
    ),
    mix=Mix(room=0.5, wet=0.05, echo=0.18, chords=-5.0, melody=-2.0, drive=1.1), looseness=0.0, ending="hit", lift=1,
    rests=(Rest(("bass", "chords", "melody", "counter", "drums"), step=14),),
    shape="levels",
)  # fmt: skip
