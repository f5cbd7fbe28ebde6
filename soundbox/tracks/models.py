"""A track: a finished, stored sound. Its id is its job's id."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Computed,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    bindparam,
    func,
    select,
    text,
    update,
)
from sqlalchemy.orm import (
    Mapped,
    Session,
    aliased,
    column_property,
    lazyload,
    load_only,
    mapped_column,
    relationship,
)
from sqlalchemy.orm.attributes import set_committed_value

from soundbox.accounts.models import User
from soundbox.accounts.principal import Principal
from soundbox.clock import now_ms
from soundbox.extensions import Base

from .listing import enter, leave, relisted
from .ranking import trend, wilson
from .search import searchable
from .tallies import Tally, taken_by


class Visibility(StrEnum):
    public = "public"
    unlisted = "unlisted"
    private = "private"


class Withheld(StrEnum):
    """Why a public track is not listed, and opens for nobody but its maker and admins."""

    review = "review"  # a guest's, until an operator has looked at it
    reports = "reports"  # enough people reported it
    operator = "operator"
    suspended = "suspended"  # its maker is


# What a walk along any sorted index can be narrowed by without looking at the rows. None of it changes with votes.
CARRIED = (*("kind", "model", "user_id", "loop", "licence", "commercial_use", "key", "tempo", "seconds", "relation"),)


def _listed(name: str, *columns: str, only: str = "") -> Index:
    """An index over listed tracks only: no list ever shows another."""
    where = {name: f"listed IS {yes}{only}" for name, yes in (("sqlite", "1"), ("postgresql", "true"))}
    return Index(name, *columns, sqlite_where=text(where["sqlite"]), postgresql_where=text(where["postgresql"]))


def _sorted(name: str, *columns: str, only: str = "") -> Index:
    return _listed(name, *columns, *(column for column in CARRIED if column not in columns), only=only)


class Track(Base):
    __tablename__ = "tracks"
    __table_args__ = (
        _sorted("ix_tracks_recent", "number"),
        _sorted("ix_tracks_popular", "votes", "number"),
        _sorted("ix_tracks_rating", "rating", "number"),
        _sorted("ix_tracks_trending", "trend", "number"),
        _sorted("ix_tracks_duration", "seconds", "number"),
        _sorted("ix_tracks_random", "random_key", "number"),
        _sorted("ix_tracks_kept", "favorites", "number", only=" AND favorites > 0"),
        _listed("ix_tracks_tempo", "tempo", "number"),
        _listed("ix_tracks_remixed", "number", only=" AND remixes > 0"),
        Index("ix_tracks_user_recent", "user_id", "number", "listed"),
        Index("ix_tracks_stem", "stem"),
        Index(
            "ix_tracks_withheld",
            *("withheld", "number"),
            sqlite_where=text("withheld IS NOT NULL"),
            postgresql_where=text("withheld IS NOT NULL"),
        ),
    )

    # In the order of publishing: what is newest is what has the highest number. It never leaves the database.
    number: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    id: Mapped[str] = mapped_column(String(32), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    prompt: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(String(120), default="")
    visibility: Mapped[str] = mapped_column(String(10), default=Visibility.public)
    withheld: Mapped[str | None] = mapped_column(String(10))
    listed: Mapped[bool] = mapped_column(Boolean, default=False)  # kept by listing.py

    model: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(8))  # music | audio | tts
    engine: Mapped[str] = mapped_column(String(64))
    engine_version: Mapped[str] = mapped_column(String(32))
    seed: Mapped[int] = mapped_column(BigInteger)
    preset: Mapped[str | None] = mapped_column(String(40))  # by its slug
    parameters: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    recipe: Mapped[dict[str, Any] | None] = mapped_column(JSON)  # all that decides how it sounds, ancestors included
    licence: Mapped[str] = mapped_column(String(40))
    commercial_use: Mapped[bool] = mapped_column(Boolean)
    retakes: Mapped[int] = mapped_column(Integer, default=0)

    seconds: Mapped[float] = mapped_column(Float)
    sample_rate: Mapped[int] = mapped_column(Integer)
    channels: Mapped[int] = mapped_column(Integer)
    loop: Mapped[bool] = mapped_column(Boolean, default=False)
    understood: Mapped[list[str]] = mapped_column(JSON, default=list)
    tempo: Mapped[float | None] = mapped_column(Float)
    key: Mapped[str | None] = mapped_column(String(24))
    loudness_lufs: Mapped[float | None] = mapped_column(Float)
    quality: Mapped[int] = mapped_column(Integer)
    quality_issues: Mapped[list[str]] = mapped_column(JSON, default=list)
    flagged: Mapped[bool] = mapped_column(Boolean, default=False)  # the best take, and still not good
    peaks: Mapped[list[int]] = mapped_column(JSON, default=list)

    stem: Mapped[str] = mapped_column(String(48))  # of its stored files: {id}.{lease}
    size_bytes: Mapped[int] = mapped_column(BigInteger, default=0)  # of what it was published with
    derived_bytes: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")  # of copies in other formats
    categories: Mapped[list[str]] = mapped_column(JSON, default=list)
    search_text: Mapped[str] = mapped_column(Text, default="")
    parent_id: Mapped[str | None] = mapped_column(String(32), index=True)
    relation: Mapped[str | None] = mapped_column(String(12))
    take: Mapped[int] = mapped_column(Integer, default=0, server_default="0")  # which of several, from 1
    made_for: Mapped[str | None] = mapped_column(String(60))  # a station, by its name: nobody asked for it
    remixes: Mapped[int] = mapped_column(
        Integer, default=0, server_default="0"
    )  # listed tracks that name it as their parent
    upvotes: Mapped[int] = mapped_column(Integer, default=0)
    downvotes: Mapped[int] = mapped_column(Integer, default=0)
    votes: Mapped[int] = mapped_column(Integer, Computed("upvotes + downvotes", persisted=True))
    favorites: Mapped[int] = mapped_column(Integer, default=0)
    plays: Mapped[int] = mapped_column(Integer, default=0)
    rating: Mapped[float] = mapped_column(Float, default=0.0)  # Wilson lower bound of the votes
    trend: Mapped[float] = mapped_column(Float, default=0.0)
    random_key: Mapped[int] = mapped_column(BigInteger, default=lambda: secrets.randbits(62))
    created_ms: Mapped[int] = mapped_column(BigInteger, default=now_ms)

    user: Mapped[User] = relationship(lazy="joined")
    if TYPE_CHECKING:
        parent_is_listed: Mapped[bool | None]  # needs the finished class: below

    @classmethod
    def publish(cls, session: Session, **facts: Any) -> Track:
        """Store a finished sound; the caller commits it together with its job."""
        track = cls(**{"title": "", "categories": [], "visibility": Visibility.public, **facts})
        track.created_ms = track.created_ms or now_ms()
        track.search_text = searchable(track.prompt, track.title, track.categories)
        track.rank()
        session.add(track)
        session.flush()
        enter(session, track)
        Tally.change(session, {taken_by(track.user_id): track.taken_bytes}, spread_by=track.number)
        return track

    @classmethod
    def readable_by(cls, session: Session, who: Principal, track_id: str) -> Track | None:
        """Anybody who holds the id of a track neither private nor withheld; its owner and admins in any case."""
        return cls._seen_by(who, session.scalar(select(cls).where(cls.id == track_id)))

    @classmethod
    def held_by(cls, session: Session, who: Principal, track_id: str) -> Track | None:
        """The same, with its row locked until the end of this write: for what reads it and then changes it."""
        query = select(cls).where(cls.id == track_id).with_for_update(of=cls).execution_options(populate_existing=True)
        return cls._seen_by(who, session.scalar(query))

    @classmethod
    def held_to_count(cls, session: Session, who: Principal, track_id: str) -> Track | None:
        """The same with no more of it than votes need: a row has much, and this is done hundreds of times a second."""
        return cls._seen_by(who, session.scalar(_TO_COUNT, {"track_id": track_id}))

    @classmethod
    def all_readable_by(cls, session: Session, who: Principal, track_ids: Sequence[str]) -> list[Track]:
        """Those of these tracks that this person may read, each once, in the order of the ids."""
        found = {track.id: track for track in session.scalars(select(cls).where(cls.id.in_(track_ids)))}
        return [track for track_id in dict.fromkeys(track_ids) if (track := cls._seen_by(who, found.get(track_id)))]

    @classmethod
    def _seen_by(cls, who: Principal, track: Track | None) -> Track | None:
        if track is None:
            return None
        is_open = track.visibility != Visibility.private and track.withheld is None
        return track if is_open or who.may_manage(track.user_id) else None

    @classmethod
    def all_of(cls, session: Session, user_id: int) -> list[Track]:
        return list(session.scalars(select(cls).where(cls.user_id == user_id).order_by(cls.number)))

    @classmethod
    def with_stem(cls, session: Session, stem: str) -> int:
        """How many tracks share these files."""
        return session.scalar(select(func.count()).select_from(cls).where(cls.stem == stem)) or 0

    def edit(self, session: Session, title: str | None, visibility: Visibility | None) -> None:
        with relisted(session, self):
            self.title = self.title if title is None else title
            self.visibility = visibility or self.visibility
            self.search_text = searchable(self.prompt, self.title, self.categories)

    def categorise(self, session: Session, categories: list[str]) -> None:
        with relisted(session, self):
            self.categories = categories
            self.search_text = searchable(self.prompt, self.title, categories)

    def withhold(self, session: Session, why: Withheld | None) -> None:
        """Take it out of every list, or with None put it back."""
        with relisted(session, self):
            self.withheld = why

    def remove(self, session: Session) -> None:
        leave(session, self)
        taken = {taken_by(self.user_id): -self.taken_bytes}
        Tally.change(session, {"votes": -self.votes, "favorites": -self.favorites, **taken}, spread_by=self.number)
        session.delete(self)

    def count(self, session: Session, *, upvotes: int = 0, downvotes: int = 0, favorites: int = 0) -> None:
        """Add to its counts and rank it anew; the caller holds its row. Written now, past the unit of work, which
        would cost as much as all the rest of a vote: nothing here may look like a change still to be written."""
        up, down, kept = self.upvotes + upvotes, self.downvotes + downvotes, self.favorites + favorites
        now: dict[str, float] = {"upvotes": up, "downvotes": down, "favorites": kept}
        now |= {"rating": wilson(up, down), "trend": trend(up, down, kept, self.created_ms)}
        session.connection().execute(_COUNTED, {"of_number": self.number, **now})
        for name, value in {**now, "votes": up + down}.items():
            set_committed_value(self, name, value)

    def rank(self) -> None:
        """After every change of its votes and favorites."""
        up, down = self.upvotes or 0, self.downvotes or 0
        self.rating = wilson(up, down)
        self.trend = trend(up, down, self.favorites or 0, self.created_ms)

    @property
    def is_for_everybody(self) -> bool:
        return self.visibility == Visibility.public and self.withheld is None

    @property
    def taken_bytes(self) -> int:
        return (self.size_bytes or 0) + (self.derived_bytes or 0)

    @property
    def name(self) -> str:
        """Its title, or its prompt; takes of one prompt are told apart."""
        if self.title or not self.take:
            return self.title or self.prompt
        return f"{self.prompt} (take {self.take})"

    def file(self, suffix: str) -> str:
        """The stored file behind /audio/{id}.wav and its kin: `suffix` is wav, disc.png ..."""
        return f"{self.stem}.{suffix}"


_parent = aliased(Track)
Track.parent_is_listed = column_property(
    select(_parent.listed).where(_parent.id == Track.parent_id).correlate_except(_parent).scalar_subquery()
)

COUNTED = ("upvotes", "downvotes", "favorites", "rating", "trend")
_COUNTED = update(Track.__table__).where(Track.__table__.c.number == bindparam("of_number"))  # type: ignore[arg-type]
_COUNTED = _COUNTED.values({name: bindparam(name) for name in COUNTED})
_TO_COUNT = (
    select(Track)
    .where(Track.id == bindparam("track_id"))
    .options(
        load_only(
            *(Track.number, Track.id, Track.user_id, Track.visibility, Track.withheld, Track.kind, Track.model),
            *(Track.prompt, Track.title, Track.take, Track.upvotes, Track.downvotes, Track.favorites, Track.created_ms),
            raiseload=True,
        ),
        lazyload(Track.user),
    )
    .with_for_update(of=Track)
    .execution_options(populate_existing=True)
)
