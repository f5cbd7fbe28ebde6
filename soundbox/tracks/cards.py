"""A track as pages show it: names and words where a program gets keys and figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import floor
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from soundbox.accounts.principal import Principal
from soundbox.clock import age, iso_z
from soundbox.engines.protocol import ModelInfo, Relation

from .answers import addresses, plain_number
from .categories import display_name
from .instance import catalogue
from .models import Track
from .recipe import has_parts
from .relations import relations, seconds_left

FORMATS = {"wav": "WAV", "flac": "FLAC", "mp3": "MP3", "ogg": "Ogg"}
Marks = Callable[[Session, int, Sequence[int]], Mapping[int, Any]]
MARKS: dict[str, Marks] = {}  # what features know of a person and the tracks with these numbers, by a card's attribute
PARTS = {"drums.wav": "Drums", "bass.wav": "Bass", "chords.wav": "Chords", "melody.wav": "Melody", "mid": "MIDI"}


@dataclass(frozen=True)
class Category:
    key: str
    name: str


@dataclass(frozen=True)
class Format:
    name: str
    url: str


@dataclass(frozen=True)
class Parent:
    id: str
    name: str
    page_url: str
    relation: str


class TrackCard:
    """What a template asks of a track; everything not named here is the track's own."""

    my_vote = 0  # -1 | 0 | 1
    is_favorite = False

    def __init__(self, track: Track, who: Principal, parent: Track | None = None):
        self._track = track
        self._parent = parent
        self.mine = who.may_manage(track.user_id)
        self.is_own = who.owns(track.user_id)
        self.may_vote = who.may_vote_on(track.user_id)
        self.duration = plain_number(track.seconds)
        self.creator = track.user.display_name
        self.maker_url = url_for("makers.show", name=track.user.handle)
        self.created = iso_z(track.created_ms)
        self.age = age(track.created_ms)
        self.loudness = track.loudness_lufs
        self.categories = [Category(key, display_name(key)) for key in track.categories]
        self.formats = [
            Format(name, url_for("tracks.download", file=f"{track.id}.{suffix}")) for suffix, name in FORMATS.items()
        ]
        self.parts = [
            Format(name, url_for("tracks.download", file=f"{track.id}.{suffix}"))
            for suffix, name in (PARTS.items() if has_parts(track) else ())
        ]
        places = addresses(track.id)
        self.audio_url, self.page_url = places["audio_url"], places["page_url"]
        self.face_url, self.disc_url = places["spectrogram_url"], places["disc_url"]
        self.small_face_url = url_for("tracks.spectrogram", file=f"{track.id}.small.png")
        self.small_disc_url = url_for("tracks.spectrogram", file=f"{track.id}.disc.small.png")
        self.labelled_url = places["labelled_url"]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._track, name)

    @cached_property
    def relations(self) -> tuple[Relation, ...]:
        """What can be made of it by what now serves its model; none where nothing does."""
        return relations(self._maker, self._track) if self._maker else ()

    @property
    def seconds_to_vary(self) -> float:
        """As long as it is, or as the model can make it, down to a tenth."""
        longest = self._maker.max_seconds if self._maker else 0
        return floor(10 * min(self._track.seconds, longest)) / 10

    @property
    def seconds_to_add(self) -> int:
        """By an extension, unless somebody says otherwise: as much again, as far as there is room."""
        return int(min(self._track.seconds, seconds_left(self._maker, self._track))) if self._maker else 0

    @property
    def parameters_to_keep(self) -> dict[str, Any]:
        """Those it was made with that the model takes now."""
        taken = self._maker.parameters if self._maker else ()
        return {name: value for name, value in self._track.parameters.items() if name in taken}

    @cached_property
    def _maker(self) -> ModelInfo | None:
        return catalogue().info_for(self._track.model, self._track.parameters)

    @property
    def parent(self) -> Parent | None:
        if self._parent is None:
            return None
        parent = self._parent
        return Parent(parent.id, parent.name, addresses(parent.id)["page_url"], self._track.relation or "")


def cards_of(session: Session, tracks: Iterable[Track], who: Principal) -> list[TrackCard]:
    """The cards of a list, marked with what its visitor has said: one query for each kind of mark, however long."""
    cards = [TrackCard(track, who) for track in tracks]
    mark(session, cards, who)
    return cards


def mark(session: Session, cards: Sequence[TrackCard], who: Principal) -> None:
    if who.user_id is None or not cards:
        return
    for name, marks in MARKS.items():
        known = marks(session, who.user_id, [card.number for card in cards])
        for card in cards:
            if card.number in known:
                setattr(card, name, known[card.number])
