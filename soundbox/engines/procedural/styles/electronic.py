"""Styles made of machines."""

from soundbox.engines.procedural.styles.style import Mix, Part, Style

SYNTHWAVE = Style(
    name="synthwave",
    words=("synthwave", "retrowave", "outrun", "synth wave", "80s", "eighties", "80s synth", "vaporwave", "synthpop",
        "synth pop"),
    hints=("retro", "neon", "analog", "arcade drive", "night drive", "synthesizer", "new wave"),
    tempo=(90, 116), modes=("minor", "minor", "dorian"), progressions="pop", colour="triad",
    groove="synthwave", kit="gated",
    parts=(
        Part("bass", ("analog bass", "pluck bass"), "octaves"),
        Part("chords", ("analog pad", "warm pad"), "held", level=-1),
        Part("chords", ("synth pluck", "soft pluck"), "sixteenths", level=-7, octave=1, enters=0.3, pan=0.35),
        Part("melody", ("saw lead", "square lead"), "lyrical", enters=0.6),
        Part("riser", ("riser",)),
    ),
    mix=Mix(room=2.2, wet=0.26, echo=0.3, pump=0.35, bass=-1.5, brightness=0.5), looseness=2.5,
)  # fmt: skip

HOUSE = Style(
    name="house",
    words=("house", "deep house", "disco house", "edm", "dance", "club", "disco", "dance music", "tech house",
        "eurodance"),
    hints=("party", "festival", "dancefloor", "electronic", "groovy", "upbeat electronic", "workout"),
    tempo=(120, 128), modes=("minor", "dorian", "minor"), progressions="loop", colour="seventh",
    groove="four on the floor", kit="machine",
    parts=(
        Part("bass", ("pluck bass", "sub bass", "analog bass"), "offbeat"),
        Part("chords", ("piano", "synth stab", "organ"), "house piano", enters=0.4),
        Part("chords", ("warm pad", "analog pad"), "held", level=-5),
        Part("melody", ("soft pluck", "synth pluck", "vibraphone"), "syncopated", enters=0.6),
        Part("riser", ("riser",)),
    ),
    mix=Mix(room=1.4, wet=0.18, echo=0.25, pump=0.6, bass=-1.5, drums=0.5), swing=0.14, looseness=2.0,
)  # fmt: skip

TECHNO = Style(
    name="techno",
    words=("techno", "acid", "acid house", "industrial", "minimal techno", "warehouse", "hard techno", "rave"),
    hints=("hypnotic", "machine", "underground", "mechanical", "driving"),
    tempo=(128, 138), modes=("minor", "phrygian"), progressions="loop", colour="open",
    groove="techno", kit="hard machine",
    parts=(
        Part("bass", ("acid bass", "sub bass", "analog bass"), "techno"),
        Part("bass", ("acid bass",), "acid", level=-6, octave=1, enters=0.6),
        Part("chords", ("synth stab",), "stabs", level=-2, enters=0.5),
        Part("chords", ("dark pad",), "held", level=-3),
        Part("riser", ("riser",)),
    ),
    mix=Mix(room=1.8, wet=0.2, echo=0.3, pump=0.6, drums=1.0, bass=-1.0, chords=-2.5, drive=1.4), looseness=1.0,
    bars_a_chord=2,
)  # fmt: skip

TRANCE = Style(
    name="trance",
    words=("trance", "uplifting trance", "psytrance", "hands up", "hardstyle", "progressive trance"),
    hints=("uplifting", "euphoric", "euphoria", "anthem"),
    tempo=(134, 142), modes=("minor", "minor", "major"), progressions="epic", colour="triad",
    groove="trance", kit="hard machine",
    parts=(
        Part("bass", ("analog bass", "pluck bass"), "rolling"),
        Part("chords", ("supersaw",), "gated", level=-1, enters=0.55),
        Part("chords", ("analog pad", "choir"), "held", level=-3),
        Part("chords", ("synth pluck",), "sixteenths", level=-5, octave=1, enters=0.3, pan=-0.3),
        Part("melody", ("supersaw", "saw lead"), "lyrical", enters=0.8),
        Part("riser", ("riser",)),
    ),
    mix=Mix(room=2.4, wet=0.28, echo=0.35, pump=0.65, bass=-1.5, brightness=0.5), looseness=1.0,
)  # fmt: skip

DRUM_AND_BASS = Style(
    name="drum and bass",
    words=("drum and bass", "dnb", "d and b", "jungle", "breakbeat", "breakcore", "liquid", "neurofunk",
        "liquid drum and bass", "breaks"),
    hints=("frantic", "rolling", "amen"),
    tempo=(170, 176), modes=("minor", "dorian"), progressions="still", colour="ninth",
    groove="breakbeat", kit="breaks",
    parts=(
        Part("bass", ("reese bass", "sub bass"), "halftime"),
        Part("chords", ("warm pad", "soft choir", "analog pad"), "held", level=-1),
        Part("chords", ("electric piano", "soft pluck"), "sparse", level=-3, enters=0.4),
        Part("melody", ("glass bells", "saw lead", "electric piano"), "sparse", enters=0.6),
        Part("riser", ("riser",)),
    ),
    mix=Mix(room=2.0, wet=0.24, echo=0.35, pump=0.3, drums=1.5, bass=-0.5, brightness=0.5), looseness=2.0,
    bars_a_chord=2,
)  # fmt: skip

DUBSTEP = Style(
    name="dubstep",
    words=("dubstep", "brostep", "riddim", "bass drop", "wobble bass", "bass music", "future bass"),
    hints=("wobble", "filthy", "drop", "glitch"),
    tempo=(138, 144), modes=("minor", "phrygian"), progressions="loop", colour="triad",
    groove="dubstep", kit="hard machine",
    parts=(
        Part("bass", ("growl bass",), "acid", octave=1, enters=0.6, level=-1),
        Part("bass", ("sub bass",), "halftime", leaves=0.6),
        Part("bass", ("sub bass",), "slow pulse", enters=0.6, level=-3),
        Part("chords", ("dark pad", "choir"), "held", level=-1),
        Part("melody", ("glass bells", "synth pluck"), "sparse", enters=0.3),
        Part("riser", ("riser",)),
    ),
    mix=Mix(room=2.0, wet=0.22, echo=0.3, pump=0.5, drums=1.0, bass=0.5, drive=1.6), looseness=1.5, bars_a_chord=2,
)  # fmt: skip

CHIPTUNE = Style(
    name="chiptune",
    words=("chiptune", "8 bit", "8bit", "chip tune", "16 bit", "nes", "game boy", "gameboy", "video game", "arcade",
        "retro game"),
    hints=("pixel", "platformer", "boss fight", "level up", "game", "boss battle"),
    tempo=(132, 164), modes=("major", "minor", "major", "mixolydian"), progressions="pop", colour="triad",
    groove="chip", kit="chip",
    parts=(
        Part("bass", ("chip bass",), "pump"),
        Part("chords", ("chip arpeggio",), "chip", octave=1, pan=-0.25),
        Part("melody", ("chip lead",), "busy", pan=0.15),
        Part("chords", ("chip chords",), "offbeat", level=-5, enters=0.7, pan=0.35),
    ),
    mix=Mix(room=0.5, wet=0.05, echo=0.18, chords=-5.0, melody=-2.0, drive=1.1), looseness=0.0,
)  # fmt: skip

AMBIENT = Style(
    name="ambient",
    words=("ambient", "drone", "meditation", "soundscape", "atmosphere", "atmospheric", "space", "dark ambient",
        "new age", "spa", "ethereal"),
    hints=("calm", "sleep", "peaceful", "floating", "dreamy", "cosmic", "serene", "underwater", "yoga", "relaxing",
        "nebula"),
    tempo=(58, 74), modes=("lydian", "major", "dorian", "minor"), progressions="still", colour="added ninth",
    groove="none", kit="machine",
    parts=(
        Part("chords", ("warm pad", "glass pad", "soft choir"), "held"),
        Part("chords", ("dark pad", "string ensemble"), "held", level=-5, octave=-1, enters=0.4),
        Part("bass", ("sub bass",), "drone", enters=0.3),
        Part("chords", ("glass bells", "celesta", "harp"), "triplet-like", level=-8, octave=1, enters=0.5, pan=0.3),
        Part("melody", ("bells", "felt piano", "flute"), "slow", enters=0.5),
    ),
    mix=Mix(room=4.2, wet=0.55, echo=0.5, bass=-5.0, chords=0.0, melody=-4.0, brightness=2.5),
    looseness=12.0, bars_a_chord=2,
)  # fmt: skip
