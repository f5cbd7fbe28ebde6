"""What people collect: playlists, and the tracks on them in their order."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Connection,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    delete,
    event,
    false,
    func,
    insert,
    or_,
    select,
    text,
    true,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from soundbox.accounts.models import User
from soundbox.accounts.principal import Principal
from soundbox.clock import now_ms
from soundbox.extensions import Base
from soundbox.tracks.models import Track, Visibility
from soundbox.tracks.search import searchable

from .ordering import inserted

MOST_TRACKS = 1_000  # on one playlist
MOST_PLAYLISTS = 200  # of one person


class PlaylistFull(Exception):
    """There is no room for more; the message says why."""


def _public(name: str, *columns: str) -> Index:
    """An index over playlists that everybody is shown."""
    where = "visibility = 'public' AND track_count > 0"
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


class Playlist(Base):
    __tablename__ = "playlists"
    __table_args__ = (
        _public("ix_playlists_public_recent", "number"),
        _public("ix_playlists_public_tracks", "track_count", "number"),
        Index("ix_playlists_user_recent", "user_id", "number"),
    )

    # In the order of making. It never leaves the database.
    number: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    id: Mapped[str] = mapped_column(String(32), unique=True, default=lambda: secrets.token_hex(16))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(100))
    description: Mapped[str] = mapped_column(Text, default="")
    visibility: Mapped[str] = mapped_column(String(10), default=Visibility.private)
    collaborative: Mapped[bool] = mapped_column(Boolean, default=False)
    search_text: Mapped[str] = mapped_column(Text, default="")
    track_count: Mapped[int] = mapped_column(Integer, default=0)  # of all entries, whoever may see them
    created_ms: Mapped[int] = mapped_column(BigInteger, default=now_ms)
    changed_ms: Mapped[int] = mapped_column(BigInteger, default=now_ms)

    user: Mapped[User] = relationship(lazy="joined")

    @classmethod
    def make(cls, session: Session, user: User, name: str, **facts: Any) -> Playlist:
        """A new one of this person. Raises `PlaylistFull`."""
        session.execute(select(User.id).where(User.id == user.id).with_for_update())  # or two could be the last one
        if cls.count_of(session, user.id) >= MOST_PLAYLISTS:
            raise PlaylistFull(f"You have {MOST_PLAYLISTS} playlists, and more than that nobody may have")
        playlist = cls(user_id=user.id, user=user, **{"track_count": 0, **facts})
        playlist.edit(name=name)
        session.add(playlist)
        session.flush()
        return playlist

    @classmethod
    def count_of(cls, session: Session, user_id: int) -> int:
        return session.scalar(select(func.count()).select_from(cls).where(cls.user_id == user_id)) or 0

    @classmethod
    def readable_by(cls, session: Session, who: Principal, playlist_id: str) -> Playlist | None:
        """Anybody who holds the id of one that is not private; its owner and admins in any case."""
        return cls._seen_by(who, session.scalar(select(cls).where(cls.id == playlist_id)))

    @classmethod
    def held_by(cls, session: Session, who: Principal, playlist_id: str) -> Playlist | None:
        """The same, with its row locked until the end of this write: all that changes it comes one after the other."""
        query = select(cls).where(cls.id == playlist_id).with_for_update(of=cls)
        return cls._seen_by(who, session.scalar(query.execution_options(populate_existing=True)))

    @classmethod
    def _seen_by(cls, who: Principal, playlist: Playlist | None) -> Playlist | None:
        if playlist is None or playlist.visibility != Visibility.private:
            return playlist
        return playlist if who.may_manage(playlist.user_id) else None

    def may_be_filled_by(self, who: Principal) -> bool:
        """Whether they may add and put in order: any member who holds the link of a collaborative one."""
        return who.may_manage(self.user_id) or (self.collaborative and not who.is_guest)

    def edit(self, **facts: Any) -> None:
        for name, value in facts.items():
            setattr(self, name, value)
        self.search_text = searchable("", self.name, ())
        self.changed_ms = now_ms()

    def entry(self, session: Session, track_id: str) -> PlaylistEntry | None:
        query = select(PlaylistEntry).join(Track, Track.number == PlaylistEntry.track_number)
        return session.scalar(query.where(PlaylistEntry.playlist_number == self.number, Track.id == track_id))

    def numbers(self, session: Session) -> list[int]:
        """The tracks on it in their order, by number, whoever may see them."""
        query = select(PlaylistEntry.track_number).where(PlaylistEntry.playlist_number == self.number)
        return list(session.scalars(query.order_by(PlaylistEntry.position)))

    def add(self, session: Session, track_number: int, user_id: int, position: int | None = None) -> bool:
        """False: it is there already. The caller holds the locks of track and playlist. Raises `PlaylistFull`."""
        numbers = self.numbers(session)
        if track_number in numbers:
            return False
        if len(numbers) >= MOST_TRACKS:
            raise PlaylistFull(f"A playlist holds at most {MOST_TRACKS:,} tracks")
        last = PlaylistEntry(track_number=track_number, added_by=user_id, position=len(numbers) + 1)
        last.playlist_number = self.number
        session.add(last)
        session.flush()
        self.put_in_order(session, inserted(numbers, track_number, position))
        return True

    def take_out(self, session: Session, track_number: int) -> None:
        """The caller holds this row's lock."""
        mine = PlaylistEntry.playlist_number == self.number
        session.execute(delete(PlaylistEntry).where(mine, PlaylistEntry.track_number == track_number))
        self.put_in_order(session, self.numbers(session))

    def put_in_order(self, session: Session, numbers: Sequence[int]) -> None:
        """Positions are 1, 2, 3 ...: with at most a thousand on a list, writing those that differ costs less than
        fractions or gaps that run out. The caller holds this row's lock and names every track that is on it."""
        query = select(PlaylistEntry.track_number, PlaylistEntry.position)
        rows = session.execute(query.where(PlaylistEntry.playlist_number == self.number))
        now = {number: position for number, position in rows}  # noqa: C416 - a row is no tuple to mypy
        moves = [
            {"playlist_number": self.number, "track_number": number, "position": position}
            for position, number in enumerate(numbers, 1)
            if now[number] != position
        ]
        if moves:
            session.execute(update(PlaylistEntry), moves)
        self.track_count = len(numbers)
        self.changed_ms = now_ms()

    def fill_from(self, session: Session, numbers: Iterable[int], user_id: int) -> None:
        """All tracks of a new playlist at once."""
        rows = [
            {"playlist_number": self.number, "track_number": number, "position": position, "added_by": user_id}
            for position, number in enumerate(numbers, 1)
        ]
        if rows:
            session.execute(insert(PlaylistEntry), rows)
        self.track_count = len(rows)


class PlaylistEntry(Base):
    """One track on one playlist: there once or not at all."""

    __tablename__ = "playlist_entries"
    __table_args__ = (
        Index("ix_playlist_entries_track_number", "track_number"),
        Index("ix_playlist_entries_added_by", "added_by"),
        {"sqlite_with_rowid": False},
    )

    playlist_number: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("playlists.number", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    track_number: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("tracks.number", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    position: Mapped[int] = mapped_column(Integer)  # 1 is the first
    added_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    added_ms: Mapped[int] = mapped_column(BigInteger, default=now_ms)


def shown_to(who: Principal) -> ColumnElement[bool]:
    """Which tracks on a playlist this person sees, in a query that joins both.

    On a public playlist those that are public; on any other, and on their own, also unlisted ones, as everybody does
    who holds a track's address. Their own tracks in any case.
    """
    if who.is_admin:
        return true()
    opens = (Track.visibility != Visibility.private) & Track.withheld.is_(None)
    by_link = opens & (Playlist.visibility != Visibility.public)
    own = who.user_id is not None
    mine = (Track.user_id == who.user_id) | (opens & (Playlist.user_id == who.user_id)) if own else false()
    return or_(Track.listed.is_(True), by_link, mine)


@event.listens_for(Track, "before_delete")
def _leave_playlists(_mapper: Any, connection: Connection, track: Track) -> None:
    """A track that is deleted leaves every playlist, and they count one less. The gap closes at their next change."""
    on_it = select(PlaylistEntry.playlist_number).where(PlaylistEntry.track_number == track.number)
    held = select(Playlist.number).where(Playlist.number.in_(on_it)).order_by(Playlist.number).with_for_update()
    playlists = list(connection.scalars(held))
    connection.execute(delete(PlaylistEntry).where(PlaylistEntry.track_number == track.number))
    left = select(func.count()).where(PlaylistEntry.playlist_number == Playlist.number).scalar_subquery()
    connection.execute(update(Playlist).where(Playlist.number.in_(playlists)).values(track_count=left))
