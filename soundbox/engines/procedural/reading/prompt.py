"""From a prompt to a brief."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

import numpy as np

from soundbox.engines.procedural.chance import stream
from soundbox.engines.procedural.composition.scales import DARK_MODES, Scale
from soundbox.engines.procedural.reading.brief import Brief
from soundbox.engines.procedural.reading.phrases import Found, Phrasebook, words_of
from soundbox.engines.procedural.reading.pitch_names import FASTEST, SLOWEST, NamedKey, named_key, named_tempo
from soundbox.engines.procedural.reading.vocabulary import (
    BEAT_WORDS,
    BED_WORDS,
    DRUM_WORDS,
    INSTRUMENT_WORDS,
    ITALIAN_TEMPI,
    KIT_WORDS,
    METRES,
    MOODS,
    SOLO_WORDS,
    SWINGS,
    TEMPO_WORDS,
)
from soundbox.engines.procedural.styles.catalogue import STYLES
from soundbox.engines.procedural.styles.style import Style
from soundbox.engines.protocol import EngineError

_NAMED, _HINTED = 10, 3  # weight of a style's own name against a word that leans towards it


def _turned(table: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {phrase: meaning for meaning, phrases in table.items() for phrase in phrases}


_STYLE_NAMES = Phrasebook({phrase: style for style in STYLES for phrase in style.words})
_STYLE_HINTS = Phrasebook(
    {phrase: tuple(style for style in STYLES if phrase in style.hints) for style in STYLES for phrase in style.hints}
)
_MOODS, _METRES, _SWINGS = Phrasebook(MOODS), Phrasebook(METRES), Phrasebook(SWINGS)
_TEMPO_WORDS, _ITALIAN = Phrasebook(TEMPO_WORDS), Phrasebook(ITALIAN_TEMPI)
_INSTRUMENTS, _KITS, _BEDS = (
    Phrasebook(INSTRUMENT_WORDS),
    Phrasebook(_turned(KIT_WORDS)),
    Phrasebook(_turned(BED_WORDS)),
)
_DRUMS, _BEATS = Phrasebook(dict.fromkeys(DRUM_WORDS, True)), Phrasebook(dict.fromkeys(BEAT_WORDS, True))
_SOLOS = Phrasebook(dict.fromkeys(SOLO_WORDS, True))


def read(prompt: str, seed: int, parameters: Mapping[str, Any] | None = None) -> Brief:
    """Read a prompt. `parameters` may hold "tempo" (beats a minute) and "key" ("A minor"), which outrank it.

    Raises `EngineError` for a tempo or a key that nobody can play.
    """
    return _Reader(prompt, seed, parameters or {}).brief()


@dataclass
class _Reader:
    prompt: str
    seed: int
    parameters: Mapping[str, Any]

    def __post_init__(self) -> None:
        self.words = words_of(self.prompt)
        self.chance = stream(self.seed, self.prompt, "reading")
        self.moods = [found.meaning for found in _MOODS.find(self.words) if not found.refused]

    def brief(self) -> Brief:
        style, style_spans = self._style()
        tempo, fixed = self._tempo(style)
        scale = self._scale(style)
        instruments = [found for found in _INSTRUMENTS.find(self.words) if not _inside(found, style_spans)]
        beds = _wanted(_BEDS.find(self.words))
        kits = _wanted(_KITS.find(self.words))
        drums = self._drums(style_spans)
        swings, metres = _wanted(_SWINGS.find(self.words)), _wanted(_METRES.find(self.words))
        return Brief(
            style=style,
            tempo=tempo,
            tempo_is_fixed=fixed,
            scale=scale,
            beats_per_bar=metres[0] if metres else 4,
            energy=float(np.clip(0.5 + sum(mood.energy for mood in self.moods), 0, 1)),
            brightness=float(np.clip(sum(mood.brightness for mood in self.moods), -5, 4)),
            space=float(np.clip(np.prod([mood.space for mood in self.moods] or [1.0]), 0.3, 2.2)),
            swing=swings[0] if swings else style.swing,
            kit=kits[0] if kits else style.kit,
            drums=drums,
            asked=tuple(found.meaning for found in instruments if not found.refused),
            refused=frozenset(name for found in instruments if found.refused for name in found.meaning),
            solo=bool(instruments or drums or beds) and bool(_wanted(_SOLOS.find(self.words))),
            beds=tuple(dict.fromkeys(beds)),
            details=self._details(style, drums, instruments, kits, beds),
        )

    def _style(self) -> tuple[Style, list[Found[Style]]]:
        """The style most words speak for; an unread prompt falls on one by the seed."""
        instruments = _INSTRUMENTS.find(self.words)
        spans = [
            found for found in _STYLE_NAMES.find(self.words) if not found.refused and not _inside(found, instruments)
        ]
        votes: Counter[str] = Counter()
        for found in spans:
            votes[found.meaning.name] += _NAMED * found.words
        for hint in _STYLE_HINTS.find(self.words):
            for style in () if hint.refused else hint.meaning:
                votes[style.name] += _HINTED
        if not votes:
            return STYLES[int(self.chance.integers(len(STYLES)))], []
        best = votes.most_common(1)[0][0]
        return next(style for style in STYLES if style.name == best), spans

    def _drums(self, style_spans: list[Found[Style]]) -> bool | None:
        if any(found.refused for found in _BEATS.find(self.words)):
            return False
        asked = [found for found in _DRUMS.find(self.words) if not _inside(found, style_spans)]
        return True if asked else None

    def _tempo(self, style: Style) -> tuple[float, bool]:
        named = (
            _number(self.parameters["tempo"]) if self.parameters.get("tempo") is not None else named_tempo(self.prompt)
        )
        if named is not None:
            return named, True
        italian = _wanted(_ITALIAN.find(self.words))
        if italian:
            return italian[0], False
        slow, fast = style.tempo
        places = _wanted(_TEMPO_WORDS.find(self.words))
        place = places[0] if places else float(self.chance.uniform(0, 1))
        tempo = slow + place * max(fast - slow, 0.18 * slow) if places else slow + place * (fast - slow)
        pace = 1.0 if places else float(np.clip(np.prod([mood.pace for mood in self.moods] or [1.0]), 0.85, 1.15))
        return float(np.clip(round(tempo * pace), SLOWEST, FASTEST)), False

    def _scale(self, style: Style) -> Scale:
        key = self._key()
        tonic = int(self.chance.integers(12))
        mode = str(self.chance.choice(self._likely_modes(style)))
        return Scale(tonic if key.tonic is None else key.tonic, key.mode or mode)

    def _key(self) -> NamedKey:
        asked = self.parameters.get("key")
        if asked in (None, ""):
            return named_key(self.prompt)
        key = named_key(f"in {asked}") if named_key(str(asked)).tonic is None else named_key(str(asked))
        if key.tonic is None and key.mode is None:
            raise EngineError(f"There is no key called {asked!r}; write it like “A minor” or “D dorian”.")
        return key

    def _likely_modes(self, style: Style) -> tuple[str, ...]:
        leanings = [mood.dark for mood in self.moods if mood.dark is not None]
        if not leanings:
            return style.modes
        dark = leanings[0]
        fitting = tuple(mode for mode in style.modes if (mode in DARK_MODES) == dark)
        return fitting or (("minor",) if dark else ("major",))

    def _details(
        self,
        style: Style,
        drums: bool | None,
        instruments: list[Found[tuple[str, ...]]],
        kits: list[str],
        beds: list[str],
    ) -> tuple[str, ...]:
        said = [("no " if found.refused else "") + found.phrase for found in instruments]
        said += [f"{kit} drums" if kit != "brushes" else kit for kit in kits]
        said += {None: [], True: [] if kits else ["drums"], False: ["no drums"]}[drums]
        said += beds
        for book in (_MOODS, _METRES, _SWINGS, _TEMPO_WORDS, _ITALIAN):
            said += [found.phrase for found in book.find(self.words) if not found.refused]
        return tuple(word for word in dict.fromkeys(said) if word != style.name)


def _inside(found: Found[Any], spans: Sequence[Found[Any]]) -> bool:
    """Is it a part of a longer phrase that means something else ("bass" in "drum and bass")?"""
    return any(
        span.words > found.words and span.start <= found.start and found.start + found.words <= span.start + span.words
        for span in spans
    )


def _wanted(found: list[Found[Any]]) -> list[Any]:
    return [one.meaning for one in found if not one.refused]


def _number(value: object) -> float:
    try:
        tempo = float(str(value))
    except ValueError:
        tempo = float("nan")
    if not (isfinite(tempo) and SLOWEST <= tempo <= FASTEST):
        raise EngineError(f"The tempo must be a number from {SLOWEST:g} to {FASTEST:g} beats a minute.")
    return tempo
