"""Reading a key and a tempo as musicians write them: "in C# minor", "D dorian", "key of Bb", "Am", "104 bpm"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import isfinite

from soundbox.engines.procedural.composition.scales import GAMUTS, MODES
from soundbox.engines.protocol import EngineError

_LETTERS = {"c": 0, "d": 2, "e": 4, "f": 5, "g": 7, "a": 9, "b": 11}
_ACCIDENTALS = {"#": 1, "♯": 1, "sharp": 1, "b": -1, "♭": -1, "flat": -1}
_MODE_WORDS = {
    **{mode: mode for mode in MODES},
    "maj": "major", "min": "minor", "ionian": "major", "aeolian": "minor", "natural minor": "minor",
}  # fmt: skip
_MODE = "|".join(sorted(_MODE_WORDS, key=len, reverse=True))
_NOTE = r"([a-g])(#|♯|♭|b|[ -]?sharp|[ -]?flat)?"
_FULL = re.compile(rf"(?<![a-z0-9#]){_NOTE}[ -]*({_MODE})(?![a-z])", re.IGNORECASE)
_SHORT = re.compile(rf"\b(?:in|key of|key:|key) +(?:the key of +)?{_NOTE}(m|min|maj)?(?![a-z#♯♭])", re.IGNORECASE)
_MODE_ALONE = re.compile(rf"(?<![a-z])({_MODE})(?![a-z])", re.IGNORECASE)
_TURN_OF_PHRASE = re.compile(r"\s+(?:key|mood|feel|feeling|mode|scale|chord|vibe|tone|harmony)", re.IGNORECASE)
_NOTHING_BUT_A_KEY = re.compile(
    rf"(?:in +|key +|key: *|of +|the +)*(?:{_NOTE}[ -]*(?:{_MODE})|{_NOTE}(?:m|min|maj)?|(?:{_MODE}))"
    rf"(?: +(?:{'|'.join(GAMUTS)}|key|mode|scale))*",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(\d{2,3})\s*(?:-|–|to)\s*(\d{2,3})\s*(?:bpm|beats per minute)", re.IGNORECASE)
_TEMPO = re.compile(
    r"(?<![\d.])(\d{2,3}(?:\.\d+)?)[\s-]*(?:bpm|beats (?:per|a) minute)"
    r"|(?:bpm|tempo)\s*(?:of|:|=|at)?\s*(\d{2,3}(?:\.\d+)?)(?!\d)",
    re.IGNORECASE,
)
SLOWEST, FASTEST = 40.0, 220.0  # beats a minute
_SHOWN = 40  # characters of a key that is none


@dataclass(frozen=True)
class NamedKey:
    tonic: int | None  # None: only the mode was named
    mode: str | None


def named_key(text: str) -> NamedKey:
    """The key that a text names, as far as it names one."""
    for match in _FULL.finditer(text):
        letter, accidental, mode = match.groups()
        if letter == "a" and not accidental and _TURN_OF_PHRASE.match(text, match.end()):
            return NamedKey(None, _MODE_WORDS[mode.lower()])
        return NamedKey(_tonic(letter, accidental), _MODE_WORDS[mode.lower()])
    for match in _SHORT.finditer(text):
        letter, accidental, suffix = match.groups()
        if letter.lower() == "a" and not accidental and not suffix and re.match(r"\s*\w", text[match.end() :]):
            continue
        return NamedKey(
            _tonic(letter, accidental), {"m": "minor", "min": "minor", "maj": "major"}.get((suffix or "").lower())
        )
    alone = _MODE_ALONE.search(text)
    return NamedKey(None, _MODE_WORDS[alone.group(1).lower()] if alone else None)


def asked_key(value: object) -> NamedKey | None:
    """The key that a parameter names, which must be nothing else; None where it is left empty. Raises `EngineError`."""
    if value in (None, ""):
        return None
    text = str(value).strip()
    if not _NOTHING_BUT_A_KEY.fullmatch(text):
        raise EngineError(f"There is no key called {text[:_SHOWN]!r}; write it like “A minor” or “D dorian”.")
    named = named_key(text)
    return named_key(f"in {text}") if named.tonic is None else named


def asked_tempo(value: object) -> float | None:
    """Beats a minute that a parameter names, None where it is not there. Raises `EngineError`."""
    if value is None:
        return None
    try:
        tempo = float(str(value))
    except ValueError:
        tempo = float("nan")
    if not (isfinite(tempo) and SLOWEST <= tempo <= FASTEST):
        raise EngineError(f"The tempo must be a number from {SLOWEST:g} to {FASTEST:g} beats a minute.")
    return tempo


def _tonic(letter: str, accidental: str | None) -> int:
    return (_LETTERS[letter.lower()] + _ACCIDENTALS.get((accidental or "").strip(" -").lower(), 0)) % 12


def named_tempo(text: str) -> float | None:
    """Beats a minute that a text names, kept within what can be played."""
    between = _RANGE.search(text)
    if between:
        return _playable((float(between.group(1)) + float(between.group(2))) / 2)
    match = _TEMPO.search(text)
    return _playable(float(match.group(1) or match.group(2))) if match else None


def _playable(tempo: float) -> float:
    return min(FASTEST, max(SLOWEST, tempo))
