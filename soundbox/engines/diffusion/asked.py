"""What ACE-Step may be asked for besides its prompt. Imports no torch: the web process checks requests by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from soundbox.engines.procedural.reading.pitch_names import asked_key, asked_tempo
from soundbox.engines.protocol import EngineError

PARAMETERS = ("lyrics", "language", "tempo", "key")
LONGEST_LYRICS = 2000  # characters
# As ACE-Step 1.5 names them, by the words people know them by.
LANGUAGES = {
    "ar": "Arabic",
    "az": "Azerbaijani",
    "bg": "Bulgarian",
    "bn": "Bengali",
    "ca": "Catalan",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "ht": "Haitian Creole",
    "hu": "Hungarian",
    "id": "Indonesian",
    "is": "Icelandic",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "la": "Latin",
    "lt": "Lithuanian",
    "ms": "Malay",
    "ne": "Nepali",
    "nl": "Dutch",
    "no": "Norwegian",
    "pa": "Punjabi",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sa": "Sanskrit",
    "sk": "Slovak",
    "sr": "Serbian",
    "sv": "Swedish",
    "sw": "Swahili",
    "ta": "Tamil",
    "te": "Telugu",
    "th": "Thai",
    "tl": "Tagalog",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "vi": "Vietnamese",
    "yue": "Cantonese",
    "zh": "Chinese",
}
_NO_SINGING = "[Instrumental]"  # the word that ACE-Step was trained to leave voices out by
_DEFAULT_LANGUAGE = "en"
_SHOWN = 20  # characters of a language that is none


@dataclass(frozen=True)
class Song:
    lyrics: str = _NO_SINGING
    language: str = _DEFAULT_LANGUAGE
    tempo: int | None = None  # beats a minute; None: as the model likes
    key: str | None = None  # "A minor"; None: as the model likes


def song_of(parameters: Mapping[str, Any]) -> Song:
    """Raises `EngineError` for a value that cannot be."""
    tempo = asked_tempo(parameters.get("tempo"))
    key = str(parameters.get("key") or "").strip()
    asked_key(key)
    return Song(
        lyrics=lyrics(parameters.get("lyrics")) or _NO_SINGING,
        language=language(parameters.get("language")),
        tempo=None if tempo is None else round(tempo),
        key=key or None,
    )


def lyrics(value: object) -> str:
    """Sections may be marked by [verse], [chorus] and so on. Raises `EngineError`."""
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > LONGEST_LYRICS:
        raise EngineError(f"The lyrics must be text of at most {LONGEST_LYRICS} characters.")
    return value.strip()


def language(value: object) -> str:
    """Raises `EngineError` for one that the model does not sing in."""
    code = str(value or _DEFAULT_LANGUAGE).lower()
    if code not in LANGUAGES:
        raise EngineError(f'There is no language "{code[:_SHOWN]}" to sing in; write it like en, de, fr, ja or zh.')
    return code
