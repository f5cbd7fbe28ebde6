"""How speech may be asked for: a voice, its rate and its pitch, known from the library's files without loading it."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from soundbox.engines.protocol import EngineError

PACKAGE = "espeakng_loader"
RATES, PITCHES = range(80, 451), range(100)
_DEFAULT_RATE, _DEFAULT_PITCH, _DEFAULT_VOICE = 165, 50, "en-us"
_VOICE = re.compile(r"([A-Za-z0-9-]{2,40})(?:\+([A-Za-z0-9]{1,20}))?")
_OTHER_NAMES = {"en-gb": "en", "fr-fr": "fr", "zh": "cmn"}  # of voices the library keeps under one that few expect
_NAME = re.compile(r"^name (.+)$", re.MULTILINE)  # in the file of a language
_SHOWN = 40  # characters of a voice that is none


@dataclass(frozen=True)
class Voice:
    name: str  # "en-us", "de", "en-gb+f3"
    words_a_minute: int
    pitch: int  # 0..99

    @property
    def file(self) -> str:
        """What the library calls it."""
        language, plus, variant = self.name.partition("+")
        return file_of(language) + plus + variant


def file_of(language: str) -> str:
    """What the library calls a language."""
    return _OTHER_NAMES.get(language.lower(), language)


def is_installed() -> bool:
    return importlib.util.find_spec(PACKAGE) is not None


def voice_of(parameters: Mapping[str, Any]) -> Voice:
    """Raises `EngineError` for what cannot be said."""
    return Voice(
        voice_name(parameters.get("voice", _DEFAULT_VOICE)),
        rate_of(parameters),
        pitch(parameters.get("pitch", _DEFAULT_PITCH)),
    )


def asked(parameters: Mapping[str, Any], recorded: Sequence[str]) -> str:
    """The voice that is asked for; if none is, the first recorded one before espeak's own."""
    return str(parameters.get("voice") or next(iter(recorded), _DEFAULT_VOICE))


def chosen(parameters: Mapping[str, Any], recorded: Sequence[str]) -> str:
    """The same. Raises `EngineError` for a recorded one whose pitch is asked to be another."""
    name = asked(parameters, recorded)
    if name in recorded and "pitch" in parameters:
        raise EngineError("A recorded voice has its own pitch; choose one of espeak's, such as en-us, to set it.")
    return name


def rate_of(parameters: Mapping[str, Any]) -> int:
    """Words a minute. Raises `EngineError`."""
    return rate(parameters.get("rate", _DEFAULT_RATE))


def voice_name(value: object) -> str:
    """Raises `EngineError` when the library has no such voice."""
    name = str(value)
    match = _VOICE.fullmatch(name)
    if match:
        language, variant = match.groups()
        known = _OTHER_NAMES.get(language.lower(), language.lower()) in _languages()
        if known and (variant is None or variant in _variants()):
            return name
    raise EngineError(f'There is no voice "{name[:_SHOWN]}". Try en-us, en-gb, de, fr, es, it or ja.')


@lru_cache(maxsize=1)
def languages() -> dict[str, str]:
    """What espeak-ng's own voices speak, by their names, in the order of the alphabet; {} where it is absent."""
    if not is_installed():
        return {}
    files = {path.name.lower(): path for path in (_data() / "lang").rglob("*") if path.is_file()}
    named = {name: _NAME.search(path.read_text(encoding="utf-8", errors="replace")) for name, path in files.items()}
    spoken = {name: found[1].strip() if found else name for name, found in named.items()}
    return dict(sorted(spoken.items(), key=lambda pair: pair[1]))


def rate(value: object) -> int:
    """Words a minute. Raises `EngineError`."""
    return _whole_number(value, "rate", RATES)


def pitch(value: object) -> int:
    """Raises `EngineError`."""
    return _whole_number(value, "pitch", PITCHES)


def _whole_number(value: object, name: str, allowed: range) -> int:
    try:
        number = int(str(value))
    except ValueError:
        number = -1
    if number not in allowed:
        raise EngineError(f"{name} must be a whole number from {allowed.start} to {allowed.stop - 1}.")
    return number


@lru_cache(maxsize=1)
def _languages() -> frozenset[str]:
    return frozenset(languages())


@lru_cache(maxsize=1)
def _variants() -> frozenset[str]:
    return frozenset(path.name for path in (_data() / "voices" / "!v").iterdir())


def _data() -> Path:
    spec = importlib.util.find_spec(PACKAGE)
    folders = spec.submodule_search_locations if spec else None
    if not folders:
        raise EngineError("Speech is not installed here.")
    return Path(folders[0]) / "espeak-ng-data"
