"""The tables behind random prompts. A new row is a new idea."""

from __future__ import annotations

Tempo = tuple[int, int]  # slowest, fastest in beats a minute

STYLES: tuple[tuple[str, Tempo, tuple[str, ...]], ...] = (
    ("lo-fi hip hop", (70, 88), ("dusty electric piano", "soft drums", "warm bass", "vinyl crackle", "mellow guitar")),
    ("chillhop", (78, 92), ("electric piano", "jazzy guitar", "soft drums", "upright bass")),
    ("ambient", (60, 76), ("slow pads", "distant bells", "soft piano", "deep drone", "airy choir")),
    ("dark ambient", (56, 70), ("deep drone", "low strings", "distant bells", "slow pads")),
    ("synthwave", (92, 112), ("analog bass", "bright arpeggio", "gated drums", "lead synth", "wide pads")),
    ("house", (120, 126), ("four on the floor drums", "piano stabs", "deep bass", "organ chords")),
    ("techno", (126, 136), ("hard kick", "acid bass", "metallic percussion", "dark pads")),
    ("trance", (132, 140), ("supersaw lead", "rolling bass", "bright arpeggio", "wide pads")),
    ("drum and bass", (170, 176), ("fast breakbeat", "reese bass", "airy pads", "electric piano")),
    ("trap", (136, 148), ("808 bass", "rattling hi-hats", "dark bells", "plucked strings")),
    ("jazz", (96, 140), ("upright bass", "brushed drums", "piano", "saxophone", "muted trumpet")),
    ("blues", (72, 100), ("electric guitar", "organ", "walking bass", "piano")),
    ("funk", (98, 116), ("slap bass", "wah guitar", "tight drums", "brass stabs", "clavinet")),
    ("rock", (108, 142), ("electric guitar", "driving drums", "bass guitar", "power chords")),
    ("acoustic folk", (84, 112), ("acoustic guitar", "fiddle", "soft percussion", "flute")),
    ("classical piano", (66, 100), ("solo piano", "gentle strings", "flowing arpeggios")),
    ("orchestral", (70, 104), ("sweeping strings", "french horns", "timpani", "harp", "woodwinds")),
    ("epic cinematic", (80, 110), ("big drums", "low brass", "choir", "driving strings")),
    ("chiptune", (128, 160), ("square lead", "fast arpeggio", "noise drums", "pulse bass")),
)

MOODS = (
    "peaceful", "happy", "sad", "dreamy", "warm", "hopeful", "mysterious", "melancholic", "dark", "bright", "relaxing",
    "playful", "romantic", "nostalgic", "energetic", "uplifting", "tense", "gentle", "heroic", "hypnotic",
)  # fmt: skip

MOMENTS = (
    "for a late night drive", "for a rainy afternoon", "for a quiet library", "at sunrise over the sea",
    "for the last level of a game", "for a walk through an empty city", "under northern lights", "for deep focus",
    "for a slow breakfast", "on a train through the mountains", "for a summer festival", "for a winter evening",
    "in a small café", "for a film about space", "at the end of a long day", "for dancing barefoot",
    "for a farewell at the station", "in a garden after rain", "for opening a treasure chest", "before the storm",
)  # fmt: skip

KEY_NOTES = ("C", "D", "E", "F", "G", "A", "B", "Bb", "Eb", "F#")
MODES = ("major", "minor", "minor", "dorian")

# Every part of these is a word the sound designer knows: (how, what, where, what else may happen there).
BEDS: tuple[tuple[tuple[str, ...], str, tuple[str, ...], tuple[str, ...]], ...] = (
    (
        ("heavy", "light", "soft", "pouring"),
        "rain",
        (" on a tin roof", " on a window", " on leaves", " on a tent", " on a lake", ""),
        ("distant thunder", "slow footsteps", "wind chimes", "a distant church bell", "strong wind", "a dog barking"),
    ),
    (
        ("howling", "gentle", "strong"),
        "wind",
        (" in a canyon", " in the mountains", ""),
        ("wind chimes", "a distant wolf howl", "creaking doors", "footsteps on snow", "a crow", "rustling leaves"),
    ),
    (
        ("calm", "strong", "distant"),
        "ocean waves",
        ("",),
        ("seagulls", "a distant ship horn", "footsteps on sand", "gentle wind", "children laughing", "thunder"),
    ),
    (("small", "fast", "gentle"), "stream", ("", " in a cave"), ("birds", "frogs", "rustling leaves", "crickets")),
    (
        ("big", "distant"),
        "waterfall",
        ("",),
        ("birds", "slow footsteps on stone", "frogs", "wind"),
    ),
    (("quiet", "crackling"), "campfire", ("",), ("crickets", "an owl", "quiet wind", "a distant wolf howl", "rain")),
    (("calm", "quiet"), "forest", ("",), ("a small stream", "an owl", "footsteps on leaves", "distant thunder")),
    (("quiet", "calm"), "night crickets", ("",), ("an owl", "frogs", "a distant train", "a campfire", "a dog barking")),
    (
        ("busy", "quiet"),
        "cafe crowd",
        ("",),
        ("typing", "rain on a window", "a doorbell", "glass breaking", "laughter"),
    ),
    (("old", "small", "big"), "engine", ("", " in a tunnel"), ("rain", "gears", "a horn", "steam", "strong wind")),
    (("fast", "distant"), "train", ("", " in a tunnel"), ("a train horn", "rain on a window", "typing", "a crowd")),
    (("low", "old"), "spaceship hum", ("",), ("computer beeps", "a red alert", "robot beeps", "steam", "a portal")),
    (("low", "deep"), "horror drone", ("",), ("a distant scream", "creaking doors", "whispers", "a slow heartbeat")),
    (("heavy", "light"), "hail", (" on a tin roof", " on a car window", ""), ("thunder", "strong wind", "footsteps")),
    (("loud", "soft"), "applause", ("", " in a large hall"), ("cheering", "a drum roll", "a fanfare", "laughter")),
    (("calm", "low"), "drone", ("", " in a church"), ("a gong", "a choir", "wind chimes", "water drops", "rain")),
)

# (how, what, where)
EVENTS: tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...] = (
    (("slow", "fast", "heavy"), "footsteps", (" on gravel", " on snow", " on wood", " on metal", " on dry leaves")),
    (("three", "two loud", "four quick", "soft"), "knocks", (" on a wooden door", " on a metal door", " on a window")),
    (("slow", "old"), "door creak", ()),
    (("loud", "heavy"), "door slam", ()),
    (("loud", "small"), "glass breaking", ()),
    (("huge", "distant"), "explosion", ()),
    (("distant", "violent", "close"), "thunder", ()),
    (("big", "small", "two"), "dog barks", ()),
    (("small", "three"), "cat meows", ()),
    (("distant", "old"), "church bell", ()),
    (("distant", "loud"), "siren", ()),
    (("fast", "slow"), "typing", ()),
    (("slow", "old"), "clock ticking", ()),
    (("slow", "fast"), "heartbeat", ()),
    (("loud", "small"), "applause", ()),
    (("quick", "big"), "whoosh", ()),
    (("fast", "deep", "three"), "laser shots", ()),
    (("small", "quick"), "robot beeps", ()),
    (("soft", "bright"), "notification", ()),
    (("happy", "quick"), "success chime", ()),
    (("low", "short"), "error sound", ()),
    (("small", "three"), "coin pickups", ()),
    (("bright", "quick"), "power up", ()),
    (("bright", "soft"), "magic sparkle", ()),
    (("dark", "deep"), "magic portal", ()),
    (("two", "quick"), "sword clashes", ()),
    (("big", "angry"), "monster growl", ()),
    (("distant", "sad"), "wolf howl", ()),
    (("slow", "big"), "water drops", ()),
    (("big", "small"), "splash", ()),
)

ROOMS = ("", "", "", "", "", " in a cave", " in a church", " in a small room", " in a large hall", " in a tunnel")

SENTENCES = (
    "Welcome to {place}. {invitation}",
    "Attention, please. The {vehicle} to {town} leaves in {number} minutes from platform {number}.",
    "Attention, please. The {vehicle} from {town} is {number} minutes late. {advice}",
    "Good {time}. You are listening to {place}. {invitation}",
    "Good {time}, {person}. {news} {advice}",
    "{warning} {news} {advice}",
    "Chapter {number}. {opening} {closing}",
    "{opening} {closing}",
    "Dear {person}, {message} {closing}",
    "Today in {town}: {weather}, and {number} degrees. {advice}",
    "Tomorrow in {town}: {weather}; then {weather}.",
    "Well done, {person}! You have found {treasure}. {closing}",
    "Level {number}. Find {treasure} before {person} does.",
    "Turn left after {number} hundred metres. Then you will see {landmark}.",
    "Thank you for calling {place}. {advice} {closing}",
    "In {town}, they say that {saying}",
    "Ready, {person}? {number}, two, one. {invitation}",
    "My name is {person}. I have {number} stories from {town}. {opening}",
)

SENTENCE_WORDS: dict[str, tuple[str, ...]] = {
    "place": (
        "Sound Box", "the night radio", "the museum of small sounds", "the harbour station", "the open studio",
        "the garden theatre", "the last bookshop",
    ),
    "invitation": (
        "Lean back and listen.", "Type a few words, and hear what happens.", "The next sound is yours.",
        "Stay with us until the morning.", "Close your eyes for a moment.", "Let us begin.",
    ),
    "vehicle": ("train", "night bus", "ferry", "airship", "last tram", "mountain railway"),
    "town": ("Lisbon", "Trondheim", "Kyoto", "Port Hope", "the old town", "Silver Bay", "Marrakesh", "Valparaiso"),
    "number": ("three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "fourteen"),
    "time": ("morning", "evening", "afternoon"),
    "person": ("Ada", "Captain", "Professor", "my friend", "Matilda", "stranger", "Doctor Bell", "Oskar"),
    "warning": ("Warning.", "Caution.", "Please be careful.", "System alert."),
    "news": (
        "The northern gate is open.", "The lights on deck two are out.", "Somebody left a message for you.",
        "The water is rising.", "The signal is back.", "Your tea is ready.",
    ),
    "advice": (
        "Please keep the doors clear.", "Take an umbrella with you.", "Hold on to your hat.", "Mind the step.",
        "Drink some water, and rest.", "Save your work now.",
    ),
    "message": (
        "the house is quiet since you left.", "I have planted the apple tree.", "your parcel sings at night.",
        "please bring the blue lantern.", "the boat is ready when you are.",
    ),
    "opening": (
        "The rain had stopped, but the street still sang.", "Nobody had opened that door for a hundred years.",
        "On the first day of winter, the lighthouse went dark.", "She found the letter inside the piano.",
        "There was a sound behind the wall, soft and regular.", "The fox waited until the music was over.",
    ),
    "closing": (
        "Have a pleasant journey.", "Nobody knew what it meant.", "See you on the other side.", "That was all.",
        "And then it was quiet.", "We will be right back.",
    ),
    "weather": ("light rain", "clear skies", "strong wind from the west", "fog until noon", "a little snow"),
    "treasure": ("the golden key", "a hidden room", "the last crystal", "the map of the islands", "the silver flute"),
    "landmark": ("the clock tower", "a red door", "the old bridge", "a shop full of lamps", "the frozen fountain"),
    "saying": (
        "a quiet river hears everything.", "the wind remembers every song.", "good bread needs no hurry.",
        "those who listen are never lost.", "an open window is half a journey.",
    ),
}  # fmt: skip
