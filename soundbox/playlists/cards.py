"""A playlist as pages show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from soundbox.accounts.principal import Principal
from soundbox.clock import age
from soundbox.tracks.cards import TrackCard, cards_of

from .answers import facts_of
from .models import Playlist
from .shelf import Contents, Entry


@dataclass(frozen=True)
class EntryCard:
    track: TrackCard
    added_by: str  # empty where it goes without saying
    may_remove: bool


class PlaylistCard:
    """What a template asks of a playlist: what programs get, and its entries."""

    def __init__(self, playlist: Playlist, contents: Contents, who: Principal, has_track: bool = False):
        self._facts = facts_of(playlist, contents, who)
        self.age = age(playlist.changed_ms)
        self.maker_url = url_for("makers.show", name=playlist.user.handle)
        self.is_own = who.user_id is not None and who.owns(playlist.user_id)
        self.has_track = has_track
        self.discs = [url_for("tracks.spectrogram", file=f"{track_id}.disc.small.png") for track_id in contents.discs]

    def __getattr__(self, name: str) -> Any:
        try:
            return self._facts[name]
        except KeyError:
            raise AttributeError(name) from None


def entry_cards(session: Session, playlist: Playlist, entries: Sequence[Entry], who: Principal) -> list[EntryCard]:
    """Others remove what they added, the owner everything."""
    everything = who.may_manage(playlist.user_id)
    cards = cards_of(session, [entry.track for entry in entries], who)
    return [
        EntryCard(
            card,
            entry.added_by.display_name if entry.added_by and entry.added_by.id != playlist.user_id else "",
            everything or (entry.added_by is not None and who.user_id == entry.added_by.id),
        )
        for entry, card in zip(entries, cards, strict=True)
    ]
