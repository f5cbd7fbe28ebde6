"""Reading playlists: the public shelf, one's own, and what is on one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import Session, aliased, lazyload, load_only

from soundbox.accounts.models import User
from soundbox.accounts.principal import Principal
from soundbox.tracks.models import Track, Visibility
from soundbox.tracks.search import Terms

from .models import MOST_PLAYLISTS, MOST_TRACKS, Playlist, PlaylistEntry, shown_to

COVER_DISCS = 4
MOST_OFFERED = 2 * MOST_PLAYLISTS
OUTLINE = (
    Track.number,
    Track.id,
    Track.seconds,
    Track.sample_rate,
    Track.channels,
    Track.licence,
    Track.commercial_use,
)
SORTS = {
    "recent": (Playlist.number.desc(),),
    "tracks": (Playlist.track_count.desc(), Playlist.number.desc()),
}


@dataclass(frozen=True)
class Shelf:
    """One page of playlists."""

    playlists: list[Playlist]
    total: int
    page: int
    per_page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.per_page))


@dataclass(frozen=True)
class Contents:
    """What somebody sees of a playlist from outside: how many tracks, how long, and which make its cover."""

    track_count: int = 0
    seconds: float = 0.0
    discs: tuple[str, ...] = ()  # the first tracks, by id

    @classmethod
    def seen(cls, tracks: Sequence[Track]) -> Contents:
        first = tuple(track.id for track in tracks[:COVER_DISCS])
        return cls(len(tracks), sum((track.seconds for track in tracks), 0.0), first)


@dataclass(frozen=True)
class Entry:
    track: Track
    added_by: User | None
    added_ms: int


def public_shelf(session: Session, search: str, sort: str, page: int, per_page: int) -> Shelf:
    """What is public and not empty; a search of only punctuation finds nothing."""
    listed = [Playlist.visibility == Visibility.public, Playlist.track_count > 0]
    return _shelf(session, listed, search, sort, page, per_page)


def own_shelf(session: Session, user_id: int, search: str, sort: str, page: int, per_page: int) -> Shelf:
    return _shelf(session, [Playlist.user_id == user_id], search, sort, page, per_page)


def fillable_by(session: Session, who: Principal) -> list[Playlist]:
    """Their own, and those of others that they have added to and still may; what changed last comes first."""
    if who.user_id is None:
        return []
    joined_in = select(PlaylistEntry.playlist_number).where(PlaylistEntry.added_by == who.user_id)
    open_to_them = Playlist.collaborative & (Playlist.visibility != Visibility.private)
    of_others = open_to_them & Playlist.number.in_(joined_in) if not who.is_guest else false()
    query = select(Playlist).where(or_(Playlist.user_id == who.user_id, of_others))
    return list(session.scalars(query.order_by(Playlist.changed_ms.desc(), Playlist.number.desc()).limit(MOST_OFFERED)))


def _shelf(
    session: Session, which: list[ColumnElement[bool]], search: str, sort: str, page: int, per_page: int
) -> Shelf:
    if search:
        terms = Terms.of(search)
        if terms is None:
            return Shelf([], 0, page, per_page)
        which = [*which, *(Playlist.search_text.contains(part, autoescape=True) for part in terms.parts)]
    total = session.scalar(select(func.count()).select_from(Playlist).where(*which)) or 0
    rows = select(Playlist).where(*which).order_by(*SORTS[sort]).limit(per_page).offset((page - 1) * per_page)
    return Shelf(list(session.scalars(rows)), total, page, per_page)


def contents_of(session: Session, who: Principal, playlists: Sequence[Playlist]) -> dict[int, Contents]:
    """By the playlists' numbers; one query for all of them."""
    place = func.row_number().over(partition_by=PlaylistEntry.playlist_number, order_by=PlaylistEntry.position)
    seen = (
        select(
            PlaylistEntry.playlist_number,
            Track.id,
            place.label("place"),
            func.count().over(partition_by=PlaylistEntry.playlist_number).label("tracks"),
            func.sum(Track.seconds).over(partition_by=PlaylistEntry.playlist_number).label("seconds"),
        )
        .join(Track, Track.number == PlaylistEntry.track_number)
        .join(Playlist, Playlist.number == PlaylistEntry.playlist_number)
        .where(PlaylistEntry.playlist_number.in_([playlist.number for playlist in playlists]), shown_to(who))
        .subquery()
    )
    first = select(seen).where(seen.c.place <= COVER_DISCS).order_by(seen.c.playlist_number, seen.c.place)
    found: dict[int, Contents] = {}
    for number, track_id, _, count, seconds in session.execute(first):
        discs = (*found.get(number, Contents()).discs, track_id)
        found[number] = Contents(count, seconds, discs)
    return {playlist.number: found.get(playlist.number, Contents()) for playlist in playlists}


def entries_of(
    session: Session, who: Principal, playlist: Playlist, skip: int = 0, most: int = MOST_TRACKS
) -> list[Entry]:
    """The tracks on it that this person sees, in order, with their makers and who added them."""
    adder = aliased(User)
    rows = (
        select(Track, adder, PlaylistEntry.added_ms)
        .join(PlaylistEntry, PlaylistEntry.track_number == Track.number)
        .join(Playlist, Playlist.number == PlaylistEntry.playlist_number)
        .outerjoin(adder, adder.id == PlaylistEntry.added_by)
        .where(PlaylistEntry.playlist_number == playlist.number, shown_to(who))
        .order_by(PlaylistEntry.position)
        .limit(most)
        .offset(skip)
    )
    return [Entry(track, person, added_ms) for track, person, added_ms in session.execute(rows)]


def outline_of(session: Session, who: Principal, playlist: Playlist) -> list[Track]:
    """The same tracks, with no more of each than tells how long, how large and how free all of it is."""
    rows = (
        select(Track)
        .join(PlaylistEntry, PlaylistEntry.track_number == Track.number)
        .join(Playlist, Playlist.number == PlaylistEntry.playlist_number)
        .where(PlaylistEntry.playlist_number == playlist.number, shown_to(who))
        .order_by(PlaylistEntry.position)
        .options(load_only(*OUTLINE, raiseload=True), lazyload(Track.user))
    )
    return list(session.scalars(rows))


def numbers_by_id(session: Session, who: Principal, playlist: Playlist) -> dict[str, int]:
    """The same, only as ids and numbers."""
    rows = (
        select(Track.id, Track.number)
        .join(PlaylistEntry, PlaylistEntry.track_number == Track.number)
        .join(Playlist, Playlist.number == PlaylistEntry.playlist_number)
        .where(PlaylistEntry.playlist_number == playlist.number, shown_to(who))
        .order_by(PlaylistEntry.position)
    )
    return {track_id: number for track_id, number in session.execute(rows)}  # noqa: C416 - a row is no tuple to mypy


def holding(session: Session, playlists: Sequence[Playlist], track: Track) -> set[int]:
    """Which of these playlists have the track on them, by number."""
    numbers = [playlist.number for playlist in playlists]
    query = select(PlaylistEntry.playlist_number).where(
        PlaylistEntry.track_number == track.number, PlaylistEntry.playlist_number.in_(numbers)
    )
    return set(session.scalars(query))
