"""Somebody takes their tracks along, or leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import BinaryIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from soundbox.accounts.archive import Archive, facts_of
from soundbox.accounts.models import User
from soundbox.accounts.signals import deleting, exporting

from .bundle import masters_of
from .instance import media
from .models import Track, Visibility
from .removal import remove, remove_files

INTERNAL = ("number", "user_id", "listed", "search_text", "stem", "random_key", "parent_is_listed")


@exporting.connect
def take_along(session: Session, user: User, archive: Archive) -> None:
    tracks = Track.all_of(session, user.id)
    archive.add("tracks", (facts_of(track, *INTERNAL) for track in tracks))
    if archive.with_masters:
        archive.add_files(_in_folder(masters_of(tracks, media())))


@deleting.connect
def leave(session: Session, user: User, keep_tracks: bool, afterwards: list[Callable[[], None]]) -> None:
    """What is kept is what others can find: private takes go in any case."""
    mine = select(Track).where(Track.user_id == user.id).order_by(Track.number).with_for_update(of=Track)
    for track in session.scalars(mine.execution_options(populate_existing=True)).all():
        if keep_tracks and track.visibility != Visibility.private:
            continue
        afterwards.append(partial(remove_files, media(), remove(session, track)))


def _in_folder(files: Iterator[tuple[str, BinaryIO]]) -> Iterator[tuple[str, BinaryIO]]:
    for name, file in files:
        yield f"masters/{name}", file
