"""What an idle worker could make: a sound for the station that has the fewest, in words that people voted for.

Only words that everybody can see are used: those of listed tracks that the station plays, or its own.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from soundbox.engines.protocol import ModelInfo
from soundbox.jobs.room import Idea
from soundbox.tracks.blocklist import is_blocked
from soundbox.tracks.categories import categories_of
from soundbox.tracks.models import Track
from soundbox.tracks.ranking import wilson
from soundbox.tracks.search import joined
from soundbox.tracks.sorts import LISTED

from .models import Station
from .picking import POOL, Candidate
from .rules import StationRule

WELL_VOTED = wilson(1, 0)  # as good as one vote for it and none against
KINDS = ("music", "audio")  # speech said again with another seed is nothing new
USUAL_SECONDS = 30.0
OF_OTHERS = (  # what a new sound of nobody's cannot have: a rule that asks for it plays none
    *("maker", "playlist", "like", "parent", "is_remix", "has_remixes", "voted", "key", "preset", "licence"),
    *("min_tempo", "max_tempo"),
)


class StationIdeas:
    """`instance`: the folder with the operator's list of words."""

    def __init__(self, instance: Path) -> None:
        self._instance = instance

    def __call__(self, session: Session, models: Mapping[str, ModelInfo]) -> Idea | None:
        playing = [one for one in Station.all_shown(session) if one.plays_for_the_room and takes_new(one.rule)]
        thinnest_first = sorted(playing, key=lambda one: (one.rule.count(session).total, one.position))
        for station in thinnest_first:
            idea = _heard(session, station, models) or _own(station, models)
            if idea is not None and not is_blocked(self._instance, idea.prompt):
                return idea
        return None


def takes_new(rule: StationRule) -> bool:
    """Does it play a sound because of what it is, and not because of its votes or its maker?"""
    if rule.favorites_of_all or rule.sort in ("top", "trending"):
        return False
    return all(getattr(rule, name) in (None, "") for name in OF_OTHERS)


def _heard(session: Session, station: Station, models: Mapping[str, ModelInfo]) -> Idea | None:
    best = station.rule.model_copy(update={"sort": "top"}).candidates(session, POOL)
    good = [one for one in best if one.rating >= WELL_VOTED and one.kind in KINDS]
    random.shuffle(good)
    return next((idea for one in good if (idea := _again(session, station, one, models))), None)


def _again(session: Session, station: Station, heard: Candidate, models: Mapping[str, ModelInfo]) -> Idea | None:
    """None: its model is not here, or its words alone do not make it one of the station's."""
    track = session.scalar(select(Track).where(LISTED, Track.number == heard.number))
    if track is None or track.model not in models or not _fits(station.rule, track.prompt, track.kind):
        return None
    seconds = _within(track.seconds, models[track.model])
    return Idea(station.name, track.model, track.prompt, seconds, track.loop, track.parameters, track.id)


def _own(station: Station, models: Mapping[str, ModelInfo]) -> Idea | None:
    """While nobody has voted for anything that it plays."""
    rule = station.rule
    model = rule.model or "music"
    if not station.prompt or model not in models or not _fits(rule, station.prompt, models[model].kind):
        return None
    seconds = min(max(USUAL_SECONDS, rule.min_duration or 0.0), rule.max_duration or USUAL_SECONDS)
    return Idea(station.name, model, station.prompt, _within(seconds, models[model]), bool(rule.loop))


def _fits(rule: StationRule, prompt: str, kind: str) -> bool:
    if kind not in KINDS or not {*joined(rule.search).split()} <= {*joined(prompt).split()}:
        return False
    return not rule.categories or bool({*categories_of(prompt, kind)} & {*rule.categories})


def _within(seconds: float, model: ModelInfo) -> float:
    return min(max(seconds, model.min_seconds), model.max_seconds)
