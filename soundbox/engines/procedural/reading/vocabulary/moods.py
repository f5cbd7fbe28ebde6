"""Words for moods, energy and pace. To teach a word, add it to a table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Mood:
    dark: bool | None = None  # minor or major, None: as the style likes
    energy: float = 0.0  # added to 0.5
    brightness: float = 0.0  # decibels
    space: float = 1.0
    pace: float = 1.0  # factor on the tempo


_HAPPY, _SUNNY = Mood(False, 0.15, 0.5, pace=1.04), Mood(False, 0.1, 1.0)
_SAD, _LONELY = Mood(True, -0.2, -1.0, 1.15, 0.91), Mood(True, -0.25, -1.0, 1.3, 0.92)
_CALM, _SOFT = Mood(None, -0.3, -1.0, 1.2, 0.93), Mood(None, -0.3, -1.5)
_FIERCE, _STRONG = Mood(None, 0.35, 0.5, pace=1.06), Mood(None, 0.35)
_SPOOKY, _DREAMY = Mood(True, -0.1, -1.0, 1.4, 0.94), Mood(None, -0.15, 0.0, 1.5, 0.95)

MOODS: dict[str, Mood] = {
    **dict.fromkeys(("happy", "joyful", "cheerful", "fun", "positive", "feel good", "silly", "bubbly"), _HAPPY),
    **dict.fromkeys(("sunny", "summery", "carefree", "innocent", "cute", "festive", "merry"), _SUNNY),
    **dict.fromkeys(("sad", "melancholic", "melancholy", "sorrowful", "wistful", "heartbroken", "bittersweet",
        "mournful", "somber", "tragic"), _SAD),
    **dict.fromkeys(("lonely", "haunting", "desolate", "bleak"), _LONELY),
    **dict.fromkeys(("calm", "relaxing", "soothing", "serene", "tranquil", "meditative", "zen", "restful"), _CALM),
    **dict.fromkeys(("soft", "gentle", "quiet", "tender", "delicate", "intimate", "low energy"), _SOFT),
    **dict.fromkeys(("aggressive", "intense", "energetic", "furious", "frantic", "brutal", "high energy", "wild",
        "hyper", "relentless"), _FIERCE),
    **dict.fromkeys(("powerful", "epic", "massive", "huge", "anthemic", "pumping"), _STRONG),
    **dict.fromkeys(("creepy", "eerie", "spooky", "sinister", "unsettling", "haunted"), _SPOOKY),
    **dict.fromkeys(("dreamy", "ethereal", "floating", "hazy", "surreal"), _DREAMY),
    "uplifting": Mood(False, 0.2, 0.5), "upbeat": Mood(False, 0.25, 0.5, pace=1.08), "hopeful": Mood(False, 0.05),
    "inspirational": Mood(False, 0.15), "inspiring": Mood(False, 0.15), "motivational": Mood(False, 0.2),
    "triumphant": Mood(False, 0.35), "heroic": Mood(False, 0.35), "victorious": Mood(False, 0.35),
    "playful": Mood(False, 0.1, 0.5, pace=1.06), "whimsical": Mood(False, 0.0, 0.5), "romantic": Mood(None, -0.1,
        -0.5, 1.1, 0.94), "nostalgic": Mood(None, -0.1, -1.0, 1.1), "magical": Mood(False, 0.0, 1.0, 1.3),
    "emotional": Mood(None, -0.05, 0.0, 1.15), "dark": Mood(True, 0.0, -2.0, 1.1), "gloomy": Mood(True, -0.2, -2.0,
        1.2, 0.94), "moody": Mood(True, -0.1, -1.0, 1.1), "scary": Mood(True, 0.1, -1.0, 1.4), "horror": Mood(True,
        0.1, -1.0, 1.4), "mysterious": Mood(True, -0.1, -1.0, 1.3), "tense": Mood(True, 0.15), "suspense": Mood(True,
        0.05), "suspenseful": Mood(True, 0.05), "ominous": Mood(True, 0.05, -1.5, 1.3), "evil": Mood(True, 0.2, -1.0),
    "angry": Mood(True, 0.35, 0.5, 0.9, 1.06), "menacing": Mood(True, 0.15, -1.0), "dramatic": Mood(True, 0.25, 0.0,
        1.2), "driving": Mood(None, 0.25, pace=1.03), "drive": Mood(None, 0.15), "heavy": Mood(None, 0.3, -0.5),
    "hard": Mood(None, 0.3), "peaceful": Mood(False, -0.3, -1.0, 1.25, 0.92), "relaxed": Mood(None, -0.25, -0.5, 1.1,
        0.95), "chill": Mood(None, -0.2, -1.0, 1.1, 0.96), "mellow": Mood(None, -0.2, -1.5), "cozy": Mood(False,
        -0.2, -1.5), "sleepy": Mood(None, -0.35, -2.0, 1.2, 0.9), "sleep": Mood(None, -0.35, -2.0, 1.2, 0.9),
    "minimal": Mood(None, -0.25), "sparse": Mood(None, -0.3), "funky": Mood(None, 0.1), "groovy": Mood(None, 0.1),
    "cool": Mood(None, -0.05), "quirky": Mood(None, 0.05, 0.5), "majestic": Mood(False, 0.25, 0.0, 1.3),
    "noble": Mood(False, 0.1, 0.0, 1.2), "adventurous": Mood(False, 0.2), "confident": Mood(None, 0.1),
}  # fmt: skip

TEMPO_WORDS: dict[str, float] = {  # where in the style's range, 0 its slow end .. 1 its fast end; beyond is outside
    "slow": -0.6, "very slow": -1.2, "slowly": -0.6, "downtempo": -0.4, "laid back": -0.2, "mid tempo": 0.5,
        "midtempo": 0.5, "medium tempo": 0.5, "unhurried": -0.3,
    "fast": 1.6, "very fast": 2.2, "quick": 1.4, "uptempo": 1.3, "up tempo": 1.3, "fast paced": 1.6, "frenetic": 2.0,
        "speedy": 1.7, "brisk": 1.2, "double time": 2.0,
}  # fmt: skip
ITALIAN_TEMPI: dict[str, float] = {  # beats a minute
    "largo": 50, "lento": 54, "adagio": 68, "andante": 86, "moderato": 108, "allegretto": 116, "allegro": 132,
        "vivace": 152, "presto": 172,
}  # fmt: skip
