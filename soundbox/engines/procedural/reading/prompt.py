"""From a prompt to a brief."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from typing import Any

from soundbox.engines.procedural.chance import stream
from soundbox.engines.procedural.composition.scales import DARK_MODES, MODES, Scale
from soundbox.engines.procedural.reading import books
from soundbox.engines.procedural.reading.brief import Brief
from soundbox.engines.procedural.reading.phrases import Found, wanted, within, words_of
from soundbox.engines.procedural.reading.pitch_names import (
    FASTEST,
    SLOWEST,
    NamedKey,
    asked_key,
    asked_tempo,
    named_key,
    named_tempo,
)
from soundbox.engines.procedural.reading.style_choice import StyleChoice, choose_style
from soundbox.engines.procedural.reading.vocabulary.instruments import KIT_NAMES
from soundbox.engines.procedural.reading.vocabulary.manner import ERAS, TEXTURES, Texture
from soundbox.engines.procedural.reading.vocabulary.moods import Mood
from soundbox.engines.procedural.styles.style import Style


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
        self.courses = books.COURSES.find(self.words)
        self.mood_words = [found for found in books.MOODS.find(self.words) if not within(found, self.courses)]
        self.moods: list[Mood] = wanted(self.mood_words)
        self.eras = [ERAS[name] for name in wanted(books.ERAS.find(self.words))]

    def brief(self) -> Brief:
        choice = choose_style(self.words, self.eras, self.chance)
        style = choice.style
        tempo, fixed = self._tempo(style)
        scale, key = self._scale(style)
        kits: list[str] = wanted(books.KITS.find(self.words))
        beds: list[str] = wanted(books.BEDS.find(self.words))
        drums = self._drums(choice)
        instruments = self._instruments(choice)
        metres, swings = wanted(books.METRES.find(self.words)), wanted(books.SWINGS.find(self.words))
        textures = self._textures(style)
        return Brief(
            style=style,
            tempo=tempo,
            tempo_is_fixed=fixed,
            scale=scale,
            metre=metres[0] if metres else style.metre,
            energy=_within(0.5 + sum(mood.energy for mood in self.moods), 0.0, 1.0),
            brightness=_within(sum(mood.brightness for mood in self.moods), -5.0, 4.0),
            space=_within(prod(mood.space for mood in self.moods), 0.3, 2.2),
            swing=swings[0] if swings else style.swing,
            kit=self._kit(style, kits),
            drums=drums,
            asked=tuple(found.meaning for found in instruments if not found.refused),
            refused=frozenset(name for found in instruments if found.refused for name in found.meaning),
            refused_roles=frozenset(
                role for found in books.ROLES.find(self.words) if found.refused for role in found.meaning
            ),
            solo=bool(instruments or drums or beds) and bool(wanted(books.SOLOS.find(self.words))),
            beds=tuple(dict.fromkeys([*beds, *(texture.bed for texture in textures if texture.bed)])),
            textures=textures,
            course=frozenset(wanted(self.courses)),
            read=self._read(choice, fixed, key),
            details=self._details(choice, drums, instruments, kits, beds),
        )

    def _read(self, choice: StyleChoice, tempo: bool, key: NamedKey) -> frozenset[str]:
        mode = key.tonic is None and key.mode is not None
        facts = {"style": choice.is_read, "tempo": tempo, "key": key.tonic is not None, "mode": mode}
        return frozenset(name for name, known in facts.items() if known)

    def _instruments(self, choice: StyleChoice) -> list[Found[tuple[str, ...]]]:
        longer: list[Found[Any]] = [*choice.spans, *books.KITS.find(self.words), *books.BEDS.find(self.words)]
        return [found for found in books.INSTRUMENTS.find(self.words) if not within(found, longer)]

    def _drums(self, choice: StyleChoice) -> bool | None:
        if any(found.refused for found in books.BEATS.find(self.words)):
            return False
        asked = [found for found in books.DRUMS.find(self.words) if not within(found, choice.spans)]
        return True if asked or any(not found.refused for found in books.KITS.find(self.words)) else None

    def _kit(self, style: Style, kits: list[str]) -> str:
        eras = [era.kit for era in self.eras if era.kit and style.kit in ("acoustic", "machine", "heavy")]
        return next(iter((*kits, *eras, style.kit)))

    def _textures(self, style: Style) -> tuple[Texture, ...]:
        """A style that is worn already is not worn again by its own name."""
        named = [TEXTURES[found.phrase] for found in books.TEXTURES.find(self.words)
                 if not found.refused and found.phrase not in style.words]  # fmt: skip
        return (*named, *(era.texture for era in self.eras if not style.mix.wow))

    def _tempo(self, style: Style) -> tuple[float, bool]:
        asked = asked_tempo(self.parameters.get("tempo"))
        named = named_tempo(self.prompt) if asked is None else asked
        if named is not None:
            return named, True
        italian = wanted(books.ITALIAN.find(self.words))
        if italian:
            return italian[0], False
        slow, fast = style.tempo
        places = wanted(books.TEMPO_WORDS.find(self.words))
        place = places[0] if places else float(self.chance.uniform(0, 1))
        tempo = slow + place * (max(fast - slow, 0.18 * slow) if places else fast - slow)
        pace = 1.0 if places else _within(prod(mood.pace for mood in self.moods), 0.85, 1.15)
        return _within(float(round(tempo * pace)), SLOWEST, FASTEST), False

    def _scale(self, style: Style) -> tuple[Scale, NamedKey]:
        key = asked_key(self.parameters.get("key")) or named_key(self.prompt)
        tonic = int(self.chance.integers(12))
        mode = str(self.chance.choice(self._likely_modes(style)))
        scale = Scale(tonic if key.tonic is None else key.tonic, key.mode or mode)
        return scale, key

    def _likely_modes(self, style: Style) -> tuple[str, ...]:
        leanings = [mood.dark for mood in self.moods if mood.dark is not None]
        if not leanings:
            return style.modes
        fitting = tuple(mode for mode in style.modes if (mode in DARK_MODES) == leanings[0])
        return fitting or (("minor",) if leanings[0] else ("major",))

    def _details(
        self,
        choice: StyleChoice,
        drums: bool | None,
        instruments: list[Found[tuple[str, ...]]],
        kits: list[str],
        beds: list[str],
    ) -> tuple[str, ...]:
        said = [("no " if found.refused else "") + found.phrase for found in instruments]
        said += [KIT_NAMES.get(kit, f"{kit} drums") for kit in kits]
        said += [f"no {found.phrase}" for found in books.ROLES.find(self.words) if found.refused]
        said += {None: [], True: [] if kits else ["drums"], False: ["no drums"]}[drums]
        said += [*wanted(books.ERAS.find(self.words)), *beds]
        said += [found.phrase for found in self.mood_words if not found.refused]
        for book in (books.TEXTURES, books.SWINGS, books.TEMPO_WORDS, books.ITALIAN):
            said += [found.phrase for found in book.find(self.words) if not found.refused]
        said += [metre.name for metre in wanted(books.METRES.find(self.words))]
        said += wanted(self.courses)
        told = (choice.style.name, *choice.style.words)
        return tuple(word for word in dict.fromkeys(said) if word not in told and word not in MODES)


def _within(value: float, low: float, high: float) -> float:
    return min(high, max(low, value))
