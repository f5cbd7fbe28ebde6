"""What people write for instruments, kits and sounds around the music. To teach a word, add it to a table."""

from __future__ import annotations

from soundbox.engines.procedural.instruments.names import BASSES, KEYS, LEADS, MALLETS, PADS, PLUCKED

_GUITARS = ("clean guitar", "acoustic guitar", "nylon guitar", "distorted guitar", "crunch guitar", "muted guitar",
    "palm-muted guitar", "lead guitar", "twang guitar")  # fmt: skip
_CHOIRS = ("choir", "soft choir", "solo voice")
_SYNTHS = ("saw lead", "analog pad", "synth pluck", "supersaw", "soft pluck", "square lead")
_PLAIN = {name: (name,) for family in (KEYS, MALLETS, PLUCKED, BASSES, PADS, LEADS) for name in family}

INSTRUMENT_WORDS: dict[str, tuple[str, ...]] = {  # what people write -> instruments that would do, best first
    **_PLAIN,
    "piano": ("piano", "felt piano"), "grand piano": ("piano",), "upright piano": ("felt piano", "piano"),
        "honky tonk piano": ("saloon piano",), "keys": ("electric piano", "piano"), "keyboard": ("electric piano",
        "piano"), "rhodes": ("electric piano",), "e piano": ("electric piano",), "wurlitzer": ("electric piano",),
        "hammond": ("organ",), "pipe organ": ("church organ",), "clav": ("clavinet",), "squeezebox": ("accordion",),
        "bandoneon": ("accordion",), "toy piano": ("music box", "celesta"),
    "guitar": _GUITARS, "electric guitar": ("lead guitar", "distorted guitar", "crunch guitar", "clean guitar",
        "palm-muted guitar"), "guitar riff": ("distorted guitar", "palm-muted guitar", "crunch guitar"),
        "guitar solo": ("lead guitar",), "acoustic guitar": ("acoustic guitar", "nylon guitar"),
        "spanish guitar": ("nylon guitar",), "classical guitar": ("nylon guitar",), "fingerpicked guitar":
        ("acoustic guitar", "nylon guitar"), "steel guitar": ("twang guitar",), "slide guitar": ("lead guitar",
        "twang guitar"), "surf guitar": ("twang guitar",), "lute": ("oud", "nylon guitar"), "uke": ("ukulele",),
        "bouzouki": ("mandolin",), "balalaika": ("mandolin",), "charango": ("ukulele",), "distortion":
        ("distorted guitar",), "distorted guitars": ("distorted guitar",), "power chords": ("distorted guitar",),
        "overdriven guitar": ("crunch guitar", "lead guitar"),
    "strings": ("string ensemble", "short strings", "low strings", "violin", "tremolo strings"), "violins":
        ("string ensemble", "violin"), "fiddle": ("violin",), "string section": ("string ensemble",),
        "string quartet": ("string ensemble", "violin"), "lush strings": ("string ensemble",), "pizzicato":
        ("pizzicato strings",), "staccato strings": ("short strings",), "viola": ("cello", "violin"),
        "double bass": ("upright bass",), "contrabass": ("upright bass",), "stand up bass": ("upright bass",),
    "brass": ("brass section", "brass stabs", "trumpet", "horns"), "horn section": ("brass stabs", "brass section"),
        "french horn": ("horns",), "french horns": ("horns",), "horn": ("horns", "brass section"), "sax":
        ("saxophone",), "cor anglais": ("oboe",), "duduk": ("oboe",), "ney": ("bamboo flute",),
        "woodwinds": ("clarinet", "flute", "oboe"), "winds": ("flute", "clarinet"), "panpipe": ("pan flute",),
        "panpipes": ("pan flute",), "recorder": ("flute",), "ocarina": ("pan flute",), "shakuhachi":
        ("bamboo flute",), "bansuri": ("bamboo flute",), "whistling": ("whistle",), "tin whistle": ("whistle",),
        "penny whistle": ("whistle",), "bagpipe": ("bagpipes",),
    "vocal": _CHOIRS, "vocals": _CHOIRS, "voices": ("choir", "soft choir"), "voice": ("solo voice", *_CHOIRS[:2]),
        "choral": ("choir",), "vocal pad": ("soft choir",), "choir": ("choir", "soft choir"), "humming":
        ("soft choir", "solo voice"), "chant": ("choir",), "monks": ("choir",),
    "bass": BASSES, "bassline": BASSES, "bass line": BASSES, "bass guitar": ("electric bass", "picked bass",
        "slap bass"), "fretless bass": ("electric bass",), "synth bass": ("analog bass", "pluck bass"),
        "wobble bass": ("growl bass",), "sub": ("sub bass",), "303": ("acid bass",), "808": ("808 bass",),
        "deep bass": ("sub bass", "808 bass", "electric bass"),
    "synth": _SYNTHS, "synthesizer": _SYNTHS, "synthesiser": _SYNTHS, "synths": _SYNTHS, "lead synth": ("saw lead",
        "square lead", "supersaw"), "synth lead": ("saw lead", "square lead", "supersaw"), "arpeggio":
        ("synth pluck", "chip arpeggio", "soft pluck"), "arpeggios": ("synth pluck", "soft pluck", "chip arpeggio"),
        "arp": ("synth pluck", "chip arpeggio", "soft pluck"), "pluck": ("soft pluck", "synth pluck"),
        "pad": ("warm pad", "analog pad", "glass pad"), "lush pads": ("warm pad", "analog pad"), "pads":
        ("warm pad", "analog pad", "glass pad"), "stabs": ("synth stab", "brass stabs"), "synth pad": ("analog pad",
        "warm pad"), "synth strings": ("string ensemble",), "drones": ("drone",),
    "bell": ("bells", "glass bells"), "bells": ("bells", "glass bells", "celesta", "tubular bells"), "church bells":
        ("tubular bells",), "chimes": ("glass bells", "tubular bells"), "vibes": ("vibraphone",), "mallets":
        ("marimba", "vibraphone"), "balafon": ("marimba",), "steelpan": ("steel drum",), "thumb piano":
        ("kalimba",), "mbira": ("kalimba",), "singing bowls": ("singing bowl",), "tibetan bowls": ("singing bowl",),
        "gong": ("gamelan", "singing bowl"), "handpan": ("steel drum",), "hang drum": ("steel drum",),
    "shamisen": ("koto", "banjo"), "guzheng": ("koto",), "pipa": ("koto", "mandolin"), "dulcimer": ("mandolin",),
        "zither": ("koto",), "tanpura": ("drone",), "didgeridoo": ("drone",), "saz": ("oud",), "qanun": ("koto",),
}  # fmt: skip
KIT_WORDS: dict[str, tuple[str, ...]] = {
    "gated": ("gated drums", "gated snare", "gated reverb drums", "linn drum"),
    "brushes": ("brushes", "brushed drums", "brush drums", "soft drums"),
    "acoustic": ("acoustic drums", "live drums", "drum kit", "drum set", "real drums"),
    "machine": ("drum machine", "electronic drums"),
    "909": ("909", "909 drums", "tr 909"),
    "808": ("808 drums", "tr 808", "808 kit"),
    "dusty": ("dusty drums", "vinyl drums", "lofi drums", "lo fi drums"),
    "heavy": ("heavy drums", "big drums", "pounding drums"),
    "chip": ("8 bit drums", "chip drums"),
    "cinematic": ("taiko", "taikos", "war drums", "epic drums", "cinematic percussion", "cinematic drums"),
    "orchestral": ("timpani", "orchestral percussion", "snare march"),
    "breaks": ("breakbeat drums", "amen break", "break beats"),
    "latin": ("congas", "bongos", "timbales", "latin percussion"),
    "hands": ("hand drums", "djembe", "world percussion", "hand percussion", "frame drum", "cajon"),
    "darbuka": ("darbuka", "doumbek", "arabic percussion"),
    "tabla": ("tabla", "tablas", "indian percussion"),
    "sleigh": ("sleigh bells", "jingle bells"),
}
KIT_NAMES: dict[str, str] = {  # as people read them; others are the name and "drums"
    "brushes": "brushes", "hands": "hand drums", "sleigh": "sleigh bells", "tabla": "tabla", "darbuka": "darbuka",
    "latin": "latin percussion", "orchestral": "orchestral percussion", "cinematic": "cinematic drums",
}  # fmt: skip
ROLE_WORDS: dict[str, tuple[str, ...]] = {  # what may be refused as a whole -> the roles of parts it means
    "melody": ("melody", "counter"), "tune": ("melody", "counter"), "topline": ("melody", "counter"),
    "chords": ("chords", "power"), "harmony": ("chords", "power"), "counter melody": ("counter",),
}  # fmt: skip
DRUM_WORDS = ("drums", "drum", "percussion", "drumming", "drum beat")  # a mere "beat" says little
BEAT_WORDS = ("beat", "beats", *DRUM_WORDS)  # ... but "no beat" is clear
BED_WORDS: dict[str, tuple[str, ...]] = {
    "vinyl crackle": ("vinyl", "crackle", "vinyl crackle", "record noise", "dusty vinyl", "old record"),
    "tape hiss": ("tape hiss", "cassette hiss"),
    "rain": ("rain", "rainy", "raindrops", "rainfall", "storm", "drizzle"),
    "wind": ("wind", "windy", "breeze"),
    "ocean": ("ocean", "waves", "sea", "surf", "seaside", "beach waves"),
    "forest": ("forest", "birds", "birdsong", "nature", "woods", "jungle birds", "nature music", "nature sounds"),
    "stream": ("stream", "river", "creek", "waterfall", "brook"),
    "night": ("crickets", "night sounds", "cicadas"),
    "fire": ("fireplace", "campfire", "crackling fire"),
    "cafe murmur": ("cafe noise", "coffee shop noise", "crowd murmur"),
}
SOLO_WORDS = ("solo", "only", "unaccompanied", "nothing but")
