"""Which style a prompt speaks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from soundbox.engines.procedural.reading import books
from soundbox.engines.procedural.reading.phrases import Found, Phrasebook, within
from soundbox.engines.procedural.reading.vocabulary.manner import Era
from soundbox.engines.procedural.styles.catalogue import ALL_KINDS, STYLES
from soundbox.engines.procedural.styles.style import Style

# What a style's own name weighs, by words; one that is also an instrument's or a metre's; an era; a word that leans.
_NAMED, _NAMED_BY_THE_WAY, _ERA, _HINTED = 10, 7, 6, 3

_BY_NAME = {style.name: style for style in ALL_KINDS}
_NAMES = Phrasebook({phrase: style for style in ALL_KINDS for phrase in style.words})
_HINTS = Phrasebook(
    {phrase: tuple(style for style in STYLES if phrase in style.hints) for style in STYLES for phrase in style.hints}
)


@dataclass(frozen=True)
class StyleChoice:
    style: Style
    spans: tuple[Found[Style], ...]  # where styles are named
    is_read: bool  # False: nothing in the words spoke for any, so chance chose


def choose_style(words: list[str], eras: Sequence[Era], chance: np.random.Generator) -> StyleChoice:
    """The style most words speak for; an unread prompt falls on one by chance."""
    instruments = books.INSTRUMENTS.find(words)
    spans = tuple(found for found in _NAMES.find(words) if not found.refused and not within(found, instruments))
    others: list[Found[Any]] = [*instruments, *books.METRES.find(words)]
    votes: Counter[str] = Counter()
    for found in spans:
        says_more = any((found.start, found.words) == (other.start, other.words) for other in others)
        votes[found.meaning.name] += _NAMED_BY_THE_WAY if says_more else _NAMED * found.words
    for era in eras:
        for place, name in enumerate(era.styles):
            votes[name] += _ERA - place
    for hint in _HINTS.find(words):
        for style in () if hint.refused else hint.meaning:
            votes[style.name] += _HINTED
    if not votes:
        return StyleChoice(STYLES[int(chance.integers(len(STYLES)))], (), False)
    _add_to_kinds(votes)
    return StyleChoice(_BY_NAME[votes.most_common(1)[0][0]], spans, True)


def _add_to_kinds(votes: Counter[str]) -> None:
    """What speaks for a family speaks for the finer kind that is named too."""
    for name in [name for name in votes if _BY_NAME[name].family]:
        votes[name] += votes.get(_BY_NAME[name].family, 0) + 1
