"""Why people like a sound or not: one vocabulary, offered by kind. Every word is accepted on every kind."""

from __future__ import annotations

from dataclasses import dataclass

WORDS = {
    "catchy": "Catchy",
    "clear": "Clear",
    "natural": "Natural",
    "expressive": "Expressive",
    "quality": "Great quality",
    "creative": "Creative",
    "matches": "Matches the words",
    "mood": "Right mood",
    "relaxing": "Relaxing",
    "loops_well": "Loops well",
    "satisfying": "Satisfying",
    "cute": "Cute",
    "useful": "Useful",
    "wrong_mood": "Wrong mood",
    "wrong_type": "Not what the words say",
    "too_repetitive": "Too repetitive",
    "bad_loop": "The loop can be heard",
    "too_busy": "Too busy",
    "too_simple": "Too simple",
    "too_long": "Too long",
    "too_short": "Too short",
    "jarring": "Jarring",
    "distorted": "Distorted",
    "bad_volume": "Too loud or too quiet",
    "annoying": "Annoying",
    "robotic": "Robotic",
    "pronunciation": "Wrong pronunciation",
    "pacing": "Wrong pace",
    "low_quality": "Low quality",
    "inappropriate": "Inappropriate",
}
GOOD = {
    "music": ("catchy", "quality", "creative", "matches", "mood", "relaxing", "loops_well", "useful"),
    "audio": ("clear", "quality", "creative", "matches", "satisfying", "cute", "useful"),
    "tts": ("clear", "natural", "expressive", "quality", "creative", "matches", "useful"),
}
BAD = {
    "music": (
        *("wrong_mood", "too_repetitive", "bad_loop", "too_busy", "too_simple", "too_long", "too_short", "jarring"),
        *("low_quality", "inappropriate"),
    ),
    "audio": (
        *("wrong_type", "too_long", "too_short", "distorted", "bad_volume", "annoying", "low_quality"),
        "inappropriate",
    ),
    "tts": ("robotic", "pronunciation", "pacing", "distorted", "low_quality", "inappropriate"),
}
ALIASES = {
    "great_quality": "quality",
    "creative_prompt": "creative",
    "matches_prompt": "matches",
    "noise": "distorted",
    "clipping": "distorted",
}
DOESNT_MATCH = "doesnt_match"  # means another word on each kind
POSITIVE = frozenset(key for keys in GOOD.values() for key in keys)
ACCEPTED = (*WORDS, *ALIASES, DOESNT_MATCH)


@dataclass(frozen=True)
class Reason:
    key: str
    words: str
    positive: bool

    @classmethod
    def named(cls, key: str) -> Reason:
        return cls(key, WORDS[key], key in POSITIVE)


def canonical(word: str, kind: str) -> str:
    """The word that is stored. `word` is one of `ACCEPTED`."""
    if word == DOESNT_MATCH:
        return "wrong_mood" if kind == "music" else "wrong_type"
    return ALIASES.get(word, word)


def offered(kind: str, vote: int) -> list[Reason]:
    """What a voter of this kind of sound may choose from: good words for an upvote, bad ones for a downvote."""
    return [Reason.named(key) for key in (GOOD if vote > 0 else BAD)[kind]]
