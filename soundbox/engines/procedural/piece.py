"""From a recipe to a piece on paper: what is played, when, by whom; nothing sounds yet."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from soundbox.engines.procedural.chance import stream
from soundbox.engines.procedural.composition.casting import cast
from soundbox.engines.procedural.composition.changes import Harmoniser
from soundbox.engines.procedural.composition.drums import Drummer
from soundbox.engines.procedural.composition.extent import Extent, circle, line, open_ended, swung
from soundbox.engines.procedural.composition.form import Section, following, sections
from soundbox.engines.procedural.composition.metre import STEPS_A_BEAT
from soundbox.engines.procedural.composition.motifs import Ideas
from soundbox.engines.procedural.composition.score import Bar, Sheet
from soundbox.engines.procedural.composition.song import Band, Player, bars_of, player
from soundbox.engines.procedural.reading.brief import Brief
from soundbox.engines.procedural.reading.prompt import read
from soundbox.engines.procedural.timeline import SAMPLE_RATE
from soundbox.engines.protocol import EngineError, Recipe

_BORROWED_GROOVE = "soul"  # where drums are asked of a style that has none
_SHORTEST_FADE = 2.5  # seconds
_LONGEST_CHAIN, _LONGEST_SECONDS = 24, 900.0


@dataclass
class Piece:
    brief: Brief
    extent: Extent
    form: list[Section]
    bars: list[Bar]
    band: Band
    loop: bool
    seed: int  # of the touch of its players
    prompt: str
    fade_seconds: float = 0.0  # a slow fade at the end, where one was asked for
    joint: int = 0  # steps that belong to the piece this one extends

    @property
    def frames(self) -> int:
        return round(self.extent.seconds * SAMPLE_RATE)

    def sheets(self) -> list[Sheet]:
        """Every bar as it is played; to be asked for once, for players remember what they have played."""
        return [self.band.sheet(bar) for bar in self.bars]

    def frame(self, bar: Bar, beat: float) -> int:
        """When a beat of a bar falls, with the swing of the piece."""
        first = min(bar.index * self.extent.metre.steps, self.extent.steps)
        return round(self.extent.second(first + self.swung(beat) * STEPS_A_BEAT) * SAMPLE_RATE)

    def swung(self, beat: float) -> float:
        """Where in its bar a written beat is played. Compound time swings by itself."""
        swing = self.brief.swing if self.extent.metre.pulse == STEPS_A_BEAT else 0.0
        return swung(beat, swing, self.brief.style.swings_eighths)


def planned(recipe: Recipe) -> Piece:
    """Raises `EngineError` for what cannot be played."""
    if _chain(recipe) > _LONGEST_CHAIN:
        raise EngineError("This piece has too many ancestors; start a new one.")
    if recipe.parent is not None and recipe.relation == "extend":
        return _extended(recipe, planned(recipe.parent))
    brief = _brief(recipe)
    extent = _extent(recipe, brief)
    style = brief.style
    form = sections(extent.bars, recipe.loop, brief.energy, style.shape, brief.course, style.lift, style.away)
    return _written(recipe, brief, extent, form)


def _chain(recipe: Recipe) -> int:
    return 1 + (_chain(recipe.parent) if recipe.parent else 0)


def _brief(recipe: Recipe) -> Brief:
    """A variation keeps the whole reading of its parent, a new piece after a reference its tempo and key."""
    if recipe.parent is None or recipe.relation is None:
        return read(recipe.prompt, recipe.seed, recipe.parameters)
    parent = planned(recipe.parent)
    kept = replace(parent.brief, tempo=parent.extent.tempo, tempo_is_fixed=True)
    if recipe.relation == "vary":
        return kept
    own = read(recipe.prompt, recipe.seed, recipe.parameters)
    if recipe.parameters.get("tempo") is None:
        own = replace(own, tempo=kept.tempo, tempo_is_fixed=True)
    return own if recipe.parameters.get("key") else replace(own, scale=kept.scale)


def _extent(recipe: Recipe, brief: Brief) -> Extent:
    if recipe.loop:
        return circle(recipe.seconds, brief.tempo, brief.metre, brief.tempo_is_fixed)
    if "fades out" in brief.course:
        return open_ended(recipe.seconds, brief.tempo, brief.metre)
    return line(recipe.seconds, brief.tempo, brief.metre, _ending(brief))


def _ending(brief: Brief) -> str:
    return "hit" if "sudden end" in brief.course else brief.style.ending


def _extended(recipe: Recipe, parent: Piece) -> Piece:
    """The parent up to the last bar line before its close, and new bars behind."""
    metre = parent.extent.metre
    kept = _kept_bars(parent)
    if kept < 1:
        raise EngineError("This piece is too short to be extended; vary it instead.")
    added = line(recipe.seconds, parent.extent.tempo, metre, _ending(parent.brief))
    before = Extent(parent.extent.tempo, metre, kept * metre.steps, 0.0, ends=False)
    seconds = before.second(before.steps) + recipe.seconds
    if seconds > _LONGEST_SECONDS:
        raise EngineError("This piece is as long as it can become.")
    extent = Extent(added.tempo, metre, before.steps + added.steps, seconds, added.ends, added.ritard)
    form = following(_cut(parent.form, kept), added.bars, parent.brief.energy)
    source = recipe
    while source.relation == "extend" and source.parent is not None:
        source = source.parent
    return replace(_written(source, parent.brief, extent, form), joint=before.steps, loop=False)


def _kept_bars(parent: Piece) -> int:
    extent = parent.extent
    if parent.loop:
        return extent.bars
    whole = extent.steps // extent.metre.steps - (1 if extent.ritard else 0)
    if extent.ends:
        return whole
    quiet = max(parent.fade_seconds, min(_SHORTEST_FADE, 0.25 * extent.seconds))
    return int((extent.seconds - quiet) / extent.metre.step_seconds(extent.tempo) // extent.metre.steps)


def _cut(form: list[Section], bars: int) -> list[Section]:
    return [
        replace(section, bars=min(section.bars, bars - section.first_bar))
        for section in form
        if section.first_bar < bars
    ]


def _written(recipe: Recipe, brief: Brief, extent: Extent, form: list[Section]) -> Piece:
    def chance(purpose: str) -> np.random.Generator:
        return stream(recipe.seed, recipe.prompt, purpose)

    ideas = Ideas(_motif_chance(recipe))
    harmony = Harmoniser(brief.style, brief.scale, extent.metre, chance("harmony")).harmony(form, extent.ends)
    bars = bars_of(extent, form, harmony, _ending(brief) == "hit")
    players: list[Player] = []
    for place, part in enumerate(cast(brief)):
        taken = [other.instrument for other in players]
        players.append(player(part, brief, ideas, taken, chance(f"part {place}")))
    drummer = Drummer(_groove(brief), brief.kit, brief.style.looseness, extent.metre, chance("drums"))
    fade = min(12.0, 0.25 * extent.seconds) if "fades out" in brief.course and not recipe.loop else 0.0
    return Piece(
        brief,
        extent,
        form,
        bars,
        Band(players, drummer, brief.style.rests),
        recipe.loop,
        recipe.seed,
        recipe.prompt,
        fade,
    )


def _motif_chance(recipe: Recipe) -> np.random.Generator:
    """Relatives share the motifs of their eldest."""
    while recipe.parent is not None and recipe.relation is not None:
        recipe = recipe.parent
    return stream(recipe.seed, recipe.prompt, "motifs")


def _groove(brief: Brief) -> str:
    if brief.drums is False or (brief.solo and not brief.drums):
        return "none"
    return _BORROWED_GROOVE if brief.drums and brief.style.groove == "none" else brief.style.groove
