"""From a prompt to layers, by whole words and phrases: "carrot" holds no car."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from zlib import crc32

from soundbox.engines.procedural.effects import words
from soundbox.engines.procedural.effects.manner import Manner
from soundbox.engines.procedural.effects.parts import Effect, Layer
from soundbox.engines.procedural.effects.table import CHOSEN_WHEN_NOTHING_IS_KNOWN, EFFECTS, MATERIAL_SOUNDS

MOST_LAYERS = 5
_LONGEST_PHRASE = 4  # words
_MOST_EVENTS = 24
_TOKEN = re.compile(r"[a-z]+|[0-9]+|[,;.&+]")


@dataclass(frozen=True)
class Reading:
    layers: tuple[Layer, ...]
    understood: tuple[str, ...]
    knows_something: bool = True  # False: not a word was known, and a sound was chosen


@dataclass(frozen=True)
class _Term:
    """What one phrase may mean."""

    effect: Effect | None = None
    scale: tuple[str, float] | None = None
    material: str | None = None
    room: str | None = None
    number: int | None = None


@dataclass
class _Clause:
    """What stands between two commas, withs or ands."""

    effects: list[Effect] = field(default_factory=list)
    adjectives: list[str] = field(default_factory=list)
    manner: Manner = field(default_factory=Manner)
    surface: str | None = None  # as it was said: "tin roof"
    afterwards: bool = False

    @property
    def says_something(self) -> bool:
        return bool(self.adjectives or self.surface or self.manner != Manner())


def read(prompt: str, seed: int) -> Reading:
    """Layers in the order they were said; a prompt without a known word gets one chosen by its seed."""
    clauses = _joined(list(_clauses(prompt)))
    said_room = next((clause.manner.room for clause in clauses if clause.manner.room), None)
    layers: list[Layer] = []
    understood: list[str] = []
    steps = 1 + sum(clause.afterwards for clause in clauses)
    step = 0
    for clause in clauses:
        step += clause.afterwards
        manner = replace(clause.manner, room=clause.manner.room or said_room)
        for effect in clause.effects:
            if len(layers) < MOST_LAYERS and not any(
                layer.effect is effect and layer.manner == manner for layer in layers
            ):
                layers.append(_layer(effect, manner, clause, seed, len(layers), step / steps))
                understood.append(layers[-1].label)
        if clause.surface and clause.effects:
            understood.append(clause.surface)
    if said_room and layers:
        understood.append(f"in a {said_room}" if said_room not in ("underwater", "dry") else said_room)
    return Reading(tuple(layers), tuple(understood)) if layers else _chosen(prompt, seed)


def _layer(effect: Effect, manner: Manner, clause: _Clause, seed: int, number: int, starts_at: float) -> Layer:
    label = " ".join([*clause.adjectives, effect.name])
    if manner.count is not None:
        label += f" ×{manner.count}"
    return Layer(effect, manner, label, _mixed(seed, effect.name, number), starts_at)


def _chosen(prompt: str, seed: int) -> Reading:
    name = CHOSEN_WHEN_NOTHING_IS_KNOWN[_mixed(seed, prompt, 0) % len(CHOSEN_WHEN_NOTHING_IS_KNOWN)]
    effect = next(effect for effect in EFFECTS if effect.name == name)
    layer = Layer(effect, Manner(), effect.name, _mixed(seed, effect.name, 0))
    return Reading((layer,), (f"nothing I know: chose {effect.name}",), knows_something=False)


def _mixed(seed: int, text: str, number: int) -> int:
    return (seed * 2654435761 + crc32(text.encode()) + number * 40503) % 2**32


def _clauses(prompt: str) -> Iterator[_Clause]:
    clause, negated, on_surface = _Clause(), False, False
    for phrase in _phrases(prompt):
        if phrase in words.NEXT_CLAUSE:
            yield _with_material_sound(clause)
            clause, negated, on_surface = _Clause(afterwards=phrase in words.AFTERWARDS), False, False
        elif phrase in words.NEGATIONS:
            negated = True
        elif phrase in words.ON_A_SURFACE:
            on_surface = True
        elif not negated:
            _note(clause, phrase, on_surface)
    yield _with_material_sound(clause)


def _note(clause: _Clause, phrase: str, on_surface: bool) -> None:
    term = _vocabulary().get(phrase)
    if term is None:
        return
    surface_of_a_sound = on_surface and term.material is not None and clause.effects
    if term.effect is not None and not surface_of_a_sound:
        if term.effect not in clause.effects:
            clause.effects.append(term.effect)
    elif term.material is not None:
        clause.surface = phrase
        clause.manner = replace(clause.manner, material=term.material)
    if term.room is not None:
        clause.manner = replace(clause.manner, room=term.room)
    if term.scale is not None:
        clause.adjectives.append(phrase)
        clause.manner = _scaled(clause.manner, *term.scale)
    if term.number is not None:
        clause.manner = replace(clause.manner, count=term.number)


def _scaled(manner: Manner, what: str, value: float) -> Manner:
    if what == "strength":
        return replace(manner, strength=value)
    if what == "size":
        return replace(manner, size=value)
    if what == "speed":
        return replace(manner, speed=value)
    if what == "pitch":
        return replace(manner, pitch=value)
    return replace(manner, distance=value)


def _with_material_sound(clause: _Clause) -> _Clause:
    """ "metal" alone is a metal thing being hit; beside a sound it only says what it is made of."""
    if not clause.effects and clause.surface and clause.manner.material in MATERIAL_SOUNDS:
        sound = _vocabulary()[MATERIAL_SOUNDS[clause.manner.material]].effect
        if sound is not None:
            clause.effects.append(sound)
    return clause


def _joined(clauses: list[_Clause]) -> list[_Clause]:
    """ "slow, heavy rain": a clause without a sound speaks of the next one, or of the last if none follows."""
    joined: list[_Clause] = []
    waiting: _Clause | None = None
    for clause in clauses:
        if waiting is not None:
            clause = _both(waiting, clause)
            waiting = None
        if clause.effects:
            joined.append(clause)
        elif clause.says_something or clause.afterwards:
            waiting = clause
    if waiting is not None and joined:
        joined[-1] = _both(joined[-1], waiting)
    return joined


def _both(first: _Clause, second: _Clause) -> _Clause:
    one, two, plain = first.manner, second.manner, Manner()
    merged = {name: getattr(two if getattr(two, name) != getattr(plain, name) else one, name) for name in vars(plain)}
    return _Clause(
        first.effects + second.effects,
        first.adjectives + second.adjectives,
        Manner(**merged),
        second.surface or first.surface,
        first.afterwards or second.afterwards,
    )


def _phrases(prompt: str) -> Iterator[str]:
    """The longest known phrases from left to right; unknown words stand alone."""
    tokens = _TOKEN.findall(prompt.lower().replace("'", ""))
    place = 0
    while place < len(tokens):
        if tokens[place].isdigit() and _is_unit(tokens, place + 1):
            place += 2
            continue
        for length in range(min(_LONGEST_PHRASE, len(tokens) - place), 0, -1):
            phrase = _known(tokens[place : place + length])
            if phrase is not None or length == 1:
                yield phrase or tokens[place]
                place += length
                break


def _is_unit(tokens: list[str], place: int) -> bool:
    return place < len(tokens) and tokens[place] in words.UNITS_OF_TIME


def _known(tokens: list[str]) -> str | None:
    phrase = " ".join(tokens)
    if phrase in _vocabulary():
        return phrase
    singular = " ".join(_singular(token) for token in tokens)
    return singular if singular in _vocabulary() else None


def _singular(word: str) -> str:
    endings = (("s", ""), ("es", ""), ("ies", "y"))
    candidates = [word, *(word.removesuffix(ending) + instead for ending, instead in endings if word.endswith(ending))]
    return next((candidate for candidate in candidates if candidate in _known_words()), word)


@lru_cache(maxsize=1)
def _known_words() -> frozenset[str]:
    return frozenset(word for phrase in _vocabulary() for word in phrase.split())


@lru_cache(maxsize=1)
def _vocabulary() -> dict[str, _Term]:
    terms: dict[str, _Term] = {}

    def learn(phrase: str, **meaning: object) -> None:
        terms[phrase] = replace(terms.get(phrase, _Term()), **meaning)  # type: ignore[arg-type]

    for effect in EFFECTS:
        for phrase in effect.phrases:
            learn(phrase, effect=effect)
    for what, value, line in words.SCALES:
        for word in line.split():
            learn(word.replace("_", " "), scale=(what, value))
    for material, line in words.MATERIALS.items():
        for word in line.split():
            learn(word.replace("_", " "), material=material)
    for room, line in words.ROOMS.items():
        for word in line.split():
            learn(word.replace("_", " "), room=room)
    for word, number in words.NUMBERS.items():
        learn(word, number=number)
    for number in range(1, _MOST_EVENTS + 1):
        learn(str(number), number=number)
    return terms
