"""The tables of the vocabulary as phrasebooks, ready to be looked up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from soundbox.engines.procedural.reading.phrases import Phrasebook
from soundbox.engines.procedural.reading.vocabulary import instruments, manner, moods


def _turned(table: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {phrase: meaning for meaning, phrases in table.items() for phrase in phrases}


MOODS, TEMPO_WORDS, ITALIAN = Phrasebook(moods.MOODS), Phrasebook(moods.TEMPO_WORDS), Phrasebook(moods.ITALIAN_TEMPI)
METRES, SWINGS, TEXTURES = Phrasebook(manner.METRES), Phrasebook(manner.SWINGS), Phrasebook(manner.TEXTURES)
ERAS, COURSES = Phrasebook(_turned(manner.ERA_WORDS)), Phrasebook(_turned(manner.COURSES))
INSTRUMENTS, SOLOS = Phrasebook(instruments.INSTRUMENT_WORDS), Phrasebook(dict.fromkeys(instruments.SOLO_WORDS, True))
KITS, BEDS = Phrasebook(_turned(instruments.KIT_WORDS)), Phrasebook(_turned(instruments.BED_WORDS))
ROLES = Phrasebook(instruments.ROLE_WORDS)
DRUMS = Phrasebook(dict.fromkeys(instruments.DRUM_WORDS, True))
BEATS = Phrasebook(dict.fromkeys(instruments.BEAT_WORDS, True))
