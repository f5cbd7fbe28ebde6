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

# (how, what, where) of sounds that go on, then of sounds that happen; each part is a word the sound designer knows
BEDS: tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...] = (
    (("heavy", "light", "soft", "pouring"), "rain", (" on a tin roof", " on a window", " on leaves", " on a tent")),
    (("howling", "gentle", "strong"), "wind", ()),
    (("calm", "strong", "distant"), "ocean waves", ()),
    (("small", "fast", "gentle"), "stream", ()),
    (("big", "distant"), "waterfall", ()),
    (("quiet", "crackling"), "campfire", ()),
    (("calm", "soft"), "forest birds", ()),
    (("quiet", "calm"), "crickets at night", ()),
    (("busy", "quiet"), "cafe crowd", ()),
    (("old", "small", "big"), "engine", ()),
    (("distant", "fast"), "train", ()),
    (("low", "dark"), "spaceship hum", ()),
    (("dark", "deep"), "horror drone", ()),
    (("heavy", "light"), "hail", ()),
)

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

ROOMS = ("", "", "", "", " in a cave", " in a church", " in a small room", " in a large hall", " in a tunnel")

SENTENCES = (
    "Welcome to {place}. {invitation}",
    "Attention, please. The {vehicle} to {town} leaves in {number} minutes from platform {number}.",
    "Good {time}. You are listening to {place}. {invitation}",
    "{warning} {advice}",
    "Chapter {number}. {opening}",
    "{opening} {closing}",
    "Today in {town}: {weather}, and {number} degrees. {advice}",
    "Well done! You have found {treasure}. {closing}",
    "Turn left after {number} hundred metres. Then you will see {landmark}.",
    "Thank you for calling {place}. {advice} {closing}",
    "In {town}, they say that {saying}",
    "Ready? {number}, two, one. {invitation}",
)

SENTENCE_WORDS: dict[str, tuple[str, ...]] = {
    "place": ("Sound Box", "the night radio", "the museum of small sounds", "the harbour station", "the open studio"),
    "invitation": (
        "Lean back and listen.", "Type a few words, and hear what happens.", "The next sound is yours.",
        "Stay with us until the morning.", "Close your eyes for a moment.", "Let us begin.",
    ),
    "vehicle": ("train", "night bus", "ferry", "airship", "last tram"),
    "town": ("Lisbon", "Trondheim", "Kyoto", "Port Hope", "the old town", "Silver Bay", "Marrakesh"),
    "number": ("three", "four", "five", "seven", "eight", "nine", "twelve", "fourteen"),
    "time": ("morning", "evening", "afternoon"),
    "warning": ("Warning.", "Caution.", "Please be careful.", "System alert."),
    "advice": (
        "Please keep the doors clear.", "Take an umbrella with you.", "Hold on to your hat.", "Mind the step.",
        "Drink some water, and rest.", "Save your work now.",
    ),
    "opening": (
        "The rain had stopped, but the street still sang.", "Nobody had opened that door for a hundred years.",
        "On the first day of winter, the lighthouse went dark.", "She found the letter inside the piano.",
        "There was a sound behind the wall, soft and regular.",
    ),
    "closing": (
        "Have a pleasant journey.", "Nobody knew what it meant.", "See you on the other side.", "That was all.",
        "And then it was quiet.", "We will be right back.",
    ),
    "weather": ("light rain", "clear skies", "strong wind from the west", "fog until noon", "a little snow"),
    "treasure": ("the golden key", "a hidden room", "the last crystal", "the map of the islands"),
    "landmark": ("the clock tower", "a red door", "the old bridge", "a shop full of lamps"),
    "saying": (
        "a quiet river hears everything.", "the wind remembers every song.", "good bread needs no hurry.",
        "those who listen are never lost.",
    ),
}  # fmt: skip
