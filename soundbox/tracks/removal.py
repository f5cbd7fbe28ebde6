"""Deleting a track: its row with all that refers to it in one transaction, its files afterwards."""

from __future__ import annotations

from sqlalchemy.orm import Session

from soundbox.media.local import LocalMedia

from .models import Track


def remove(session: Session, track: Track) -> str | None:
    """Returns the stem of its files, for `remove_files` after the commit, unless other tracks share them."""
    stem = track.stem
    track.remove(session)
    session.flush()
    return None if Track.with_stem(session, stem) else stem


def remove_files(media: LocalMedia, stem: str | None) -> None:
    for key in list(media.keys(f"{stem}.")) if stem else ():
        media.delete(key)
