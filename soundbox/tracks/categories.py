"""The vocabulary of categories, and the categories a prompt speaks of: whole words and phrases only."""

from __future__ import annotations

import re
from functools import cache
from string import capwords

from .search import joined

MOST_FROM_PROMPT = 5


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


VOCABULARY: dict[str, tuple[str, ...]] = {
    "music": _words(
        """
        electronic edm house techno trance dubstep drum_and_bass synthwave ambient drone meditation
        nature_music space dark_ambient cinematic epic orchestral trailer dramatic suspense heroic romantic
        classical piano guitar strings orchestra_section acoustic lofi chillhop chill study cafe hiphop trap
        boom_bap instrumental_hiphop rock indie metal punk grunge jazz blues soul funk world asian latin
        african celtic middle_eastern happy sad angry peaceful mysterious scary inspirational upbeat
        relaxing intense gentle retro chiptune arcade 80s 70s 60s corporate advertising youtube podcast
        game_music holiday workout kids
        """
    ),
    "audio": _words(
        """
        notification button menu success error typing whoosh impact explosion crash jump footstep rain wind
        thunder water ocean fire forest bird dog cat insect monster voice laugh scream breath eating crowd
        door glass metal wood paper cloth bell engine mechanical electronic robot gun laser sword magic
        sparkle portal power_up heal scifi computer alarm drone horror tension ghost cartoon funny drum
        stinger transition
        """
    ),
    "tts": _words(
        """
        male female child neutral natural professional dramatic whisper robotic announcer narration dialogue
        monologue audiobook numbers greeting farewell confirmation question directions tutorial warning
        prompt commercial podcast game_voice character news weather
        """
    ),
}

# What people write for a category besides its own name. Plurals of single words are understood without being listed.
ALSO: dict[str, dict[str, tuple[str, ...]]] = {
    "music": {
        "drum_and_bass": ("dnb", "drum n bass", "jungle"),
        "edm": ("dance music", "club"),
        "synthwave": ("retrowave", "outrun"),
        "hiphop": ("rap",),
        "boom_bap": ("boom bap",),
        "cafe": ("coffee shop", "coffeehouse"),
        "ambient": ("atmospheric", "soundscape"),
        "meditation": ("meditative", "yoga", "sleep"),
        "chill": ("chilled", "laid back"),
        "study": ("studying", "focus"),
        "cinematic": ("film score", "movie", "soundtrack"),
        "orchestral": ("orchestra", "symphonic", "symphony"),
        "strings": ("violin", "violins", "cello"),
        "guitar": ("guitars", "acoustic guitar", "electric guitar"),
        "metal": ("heavy metal",),
        "happy": ("cheerful", "joyful", "joy"),
        "sad": ("melancholy", "melancholic", "somber"),
        "peaceful": ("calm", "serene", "tranquil"),
        "relaxing": ("relax", "relaxed", "soothing"),
        "mysterious": ("mystery", "enigmatic"),
        "scary": ("spooky", "creepy", "eerie"),
        "upbeat": ("energetic", "lively"),
        "gentle": ("soft", "tender"),
        "intense": ("aggressive", "driving"),
        "chiptune": ("8 bit", "8bit", "chip tune"),
        "game_music": ("video game", "game"),
        "80s": ("eighties", "1980s"),
        "70s": ("seventies", "1970s", "disco"),
        "60s": ("sixties", "1960s"),
        "latin": ("bossa nova", "salsa", "samba"),
        "kids": ("children", "nursery"),
        "holiday": ("christmas", "xmas"),
        "suspense": ("suspenseful", "tension"),
        "space": ("cosmic", "galaxy"),
        "classical": ("baroque", "sonata"),
        "inspirational": ("inspiring", "uplifting", "hopeful"),
    },
    "audio": {
        "rain": ("rainfall", "rainstorm", "raining", "drizzle", "downpour"),
        "wind": ("windy", "breeze", "gust", "howling wind"),
        "thunder": ("thunderstorm", "lightning"),
        "water": ("stream", "river", "drip", "dripping", "splash"),
        "ocean": ("sea", "waves", "beach", "surf"),
        "fire": ("campfire", "fireplace", "flames"),
        "forest": ("woods", "woodland"),
        "bird": ("birdsong", "chirping"),
        "dog": ("bark", "barking"),
        "cat": ("meow", "purr"),
        "insect": ("crickets", "cricket", "bee", "cicada"),
        "footstep": ("footsteps", "walking", "steps"),
        "button": ("click", "tap"),
        "notification": ("ping", "ding", "chime"),
        "typing": ("keyboard", "typewriter"),
        "explosion": ("explode", "blast", "boom", "bomb"),
        "impact": ("hit", "thud", "slam", "knock", "knocks"),
        "whoosh": ("swoosh", "swish"),
        "laser": ("blaster", "zap"),
        "gun": ("gunshot", "pistol", "rifle"),
        "sword": ("blade",),
        "engine": ("car", "motor", "truck"),
        "crowd": ("audience", "applause", "chatter"),
        "wood": ("wooden",),
        "metal": ("metallic", "tin"),
        "scifi": ("spaceship",),
        "alarm": ("siren",),
        "power_up": ("powerup", "level up"),
        "success": ("win", "victory"),
        "error": ("fail", "buzzer"),
        "magic": ("spell", "magical"),
        "robot": ("robotic", "android"),
        "horror": ("scary", "creepy"),
        "laugh": ("laughter", "giggle"),
        "computer": ("terminal",),
    },
    "tts": {
        "greeting": ("hello", "welcome", "good morning"),
        "farewell": ("goodbye", "see you"),
        "warning": ("caution", "attention", "danger"),
        "news": ("breaking news",),
        "directions": ("turn left", "turn right"),
        "weather": ("forecast", "sunny", "rain"),
        "confirmation": ("confirmed", "thank you"),
    },
}


def display_name(key: str) -> str:
    return capwords(key.replace("_", " "))  # str.title would make "80S" of "80s"


def categories_of(prompt: str, kind: str) -> list[str]:
    """Up to five categories of this kind, in the order in which the prompt speaks of them."""
    text = f" {joined(prompt)} "
    found = [(match.start(), key) for key, pattern in _patterns(kind) if (match := pattern.search(text))]
    return [key for _, key in sorted(found)][:MOST_FROM_PROMPT]


@cache
def _patterns(kind: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    also = ALSO.get(kind, {})
    return tuple((key, _pattern((key, *also.get(key, ())))) for key in VOCABULARY.get(kind, ()))


def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(sorted({re.escape(joined(p.replace("_", " "))) for p in phrases}, key=len, reverse=True))
    return re.compile(rf"(?<= )(?:{words})s?(?= )")
