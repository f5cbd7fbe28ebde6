"""What programs send and get."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Annotated, Any

from flask import url_for
from pydantic import BaseModel, BeforeValidator, Field, field_validator
from sqlalchemy.orm import Session

from soundbox.accounts.principal import Principal, principal
from soundbox.clock import sql_time
from soundbox.tracks.answers import TrackAnswer, plain_number
from soundbox.tracks.asking import FilterQuery
from soundbox.tracks.models import Visibility
from soundbox.web.bodies import Body, Text, WholeNumber

from .models import MOST_TRACKS, Playlist
from .packs import MOST_CHOSEN, Pack, PackFormat
from .shelf import Contents, Entry, contents_of

PER_PAGE = 24
TRACKS_PER_PAGE = 100
TRACK_ID = re.compile(r"[0-9a-f]{32}")


def _ids(value: Any) -> Any:
    """A form has one field for many ids: they stand between commas."""
    return [part for part in value.split(",") if part] if isinstance(value, str) else value


def _checkbox(value: Any) -> Any:
    return value == "on" or value


Name = Annotated[Text, Field(min_length=1, max_length=100)]
Ids = Annotated[list[Annotated[Text, Field(max_length=64)]], BeforeValidator(_ids)]


class PlaylistsQuery(Body):
    mine: bool = Field(False, description="One's own, private ones too; otherwise public ones that are not empty")
    search: Annotated[Text, Field(max_length=500)] = Field("", description="Words of the name")
    sort: str = Field("recent", description="recent or tracks")
    page: int = Field(1, ge=1, le=2**31)
    per_page: int = Field(PER_PAGE, ge=1, description="At most 100 are given")
    track: str | None = Field(None, description="With `mine`: tell of each whether this track is on it")
    user_id: Text | None = Field(None, description="Open mode: whose are mine")


class TracksQuery(Body):
    page: int = Field(1, ge=1, le=2**31)
    per_page: int = Field(TRACKS_PER_PAGE, ge=1, le=MOST_TRACKS)


class CreateBody(Body):
    name: Name
    description: Annotated[Text, Field(max_length=1000)] = ""
    visibility: Visibility = Field(Visibility.private, description="public, unlisted or private")
    collaborative: Annotated[bool, BeforeValidator(_checkbox)] = Field(
        False, description="Members who have the link may add and put in order"
    )
    track: str | None = Field(None, description="A first track, by id")
    user_id: Text | None = Field(None, description="Open mode: whose it is")


class EditBody(Body):
    name: Name | None = None
    description: Annotated[Text, Field(max_length=1000)] | None = None
    visibility: Visibility | None = None
    collaborative: Annotated[bool, BeforeValidator(_checkbox)] | None = None


class AddBody(Body):
    position: WholeNumber | None = Field(None, ge=1, description="1 is the first; otherwise it comes last")
    user_id: Text | None = Field(None, description="Open mode: who adds it")


class AddByAddressBody(Body):
    track: Annotated[Text, Field(max_length=300)] = Field(description="A track's address or id")

    @property
    def track_id(self) -> str:
        found = TRACK_ID.search(self.track)
        return found[0] if found else ""


class OrderBody(Body):
    order: Ids | None = Field(None, description="Track ids in their new order; others keep their places")
    up: str | None = Field(None, description="Instead: one track, one place up")
    down: str | None = Field(None, description="Instead: one track, one place down")

    @field_validator("order")
    @classmethod
    def once_each(cls, order: list[str] | None) -> list[str] | None:
        if order is not None and len(order) > MOST_TRACKS:
            raise ValueError(f"must have at most {MOST_TRACKS} entries")
        if order is not None and len(set(order)) != len(order):
            raise ValueError("must name each track once")
        return order


class DuplicateBody(Body):
    name: Name | None = None
    user_id: Text | None = Field(None, description="Open mode: whose the copy is")


class PlaylistAnswer(BaseModel):
    id: str
    name: str
    description: str
    visibility: str
    collaborative: bool
    track_count: int = Field(description="Of the tracks you may see")
    seconds: float | int
    cover: list[str] = Field(description="Discs of the first four tracks")
    creator: str
    user_id: str = Field(description="Its owner's public id")
    created_at: str = Field(description="YYYY-MM-DD HH:MM:SS, UTC")
    updated_at: str
    mine: bool = Field(description="You may change and delete it")
    may_add: bool = Field(description="You may add tracks and put them in order")
    has_track: bool | None = Field(None, description="Whether the track you named is on it")
    page_url: str
    pack_url: str

    @classmethod
    def of(
        cls, playlist: Playlist, contents: Contents, who: Principal, has_track: bool | None = None
    ) -> PlaylistAnswer:
        return cls(**facts_of(playlist, contents, who), has_track=has_track)


def facts_of(playlist: Playlist, contents: Contents, who: Principal) -> dict[str, Any]:
    return {
        "id": playlist.id,
        "name": playlist.name,
        "description": playlist.description,
        "visibility": playlist.visibility,
        "collaborative": playlist.collaborative,
        "track_count": contents.track_count,
        "seconds": plain_number(contents.seconds),
        "cover": [url_for("tracks.spectrogram", file=f"{track_id}.disc.png") for track_id in contents.discs],
        "creator": playlist.user.display_name,
        "user_id": playlist.user.public_id,
        "created_at": sql_time(playlist.created_ms),
        "updated_at": sql_time(playlist.changed_ms),
        "mine": who.may_manage(playlist.user_id),
        "may_add": playlist.may_be_filled_by(who),
        "page_url": url_for("playlists.show", playlist_id=playlist.id),
        "pack_url": url_for("packs.playlist", playlist_id=playlist.id),
    }


class EntryAnswer(TrackAnswer):
    position: int = Field(description="1 is the first")
    added_by: str | None = Field(description="Public id")
    added_at: str

    @classmethod
    def at(cls, position: int, entry: Entry) -> EntryAnswer:
        return cls(
            **TrackAnswer.of(entry.track).__dict__,
            position=position,
            added_by=entry.added_by.public_id if entry.added_by else None,
            added_at=sql_time(entry.added_ms),
        )


class PlaylistDetail(PlaylistAnswer):
    tracks: list[EntryAnswer]
    page: int
    pages: int


class PlaylistsAnswer(BaseModel):
    items: list[PlaylistAnswer]
    total: int
    page: int
    pages: int
    per_page: int


class AddedAnswer(BaseModel):
    success: bool = True
    added: bool = Field(description="False: it was there already")
    playlist: PlaylistAnswer


class RemovedAnswer(BaseModel):
    success: bool = True
    removed: bool
    position: int | None = Field(description="Where it was")


class OrderAnswer(BaseModel):
    success: bool = True
    order: list[str] = Field(description="Track ids, as they stand now")


class FormatQuery(Body):
    format: PackFormat = Field(PackFormat.wav, description="wav, flac, ogg or mp3")


class SearchQuery(FilterQuery, FormatQuery):
    """The library's filters: a pack takes what they find first."""


class PackBody(SearchQuery):
    ids: Ids | None = Field(None, description=f"At most {MOST_CHOSEN} track ids; otherwise what the search finds first")


class PackAnswer(BaseModel):
    name: str
    format: str
    files: int
    bytes: int = Field(description="About; exact for WAV but for the texts")
    seconds: float | int
    licences: dict[str, int] = Field(description="How many files under each SPDX id")
    not_commercial: int = Field(description="Files whose licence forbids commercial use")
    found: int = Field(description="How many were found or named; a pack of a search takes the first")

    @classmethod
    def of(cls, pack: Pack) -> PackAnswer:
        return cls(
            name=pack.file_name,
            format=pack.format,
            files=len(pack.tracks),
            bytes=pack.bytes_about,
            seconds=plain_number(pack.seconds),
            licences=pack.licences,
            not_commercial=pack.not_commercial,
            found=pack.found,
        )


def answer_of(session: Session, playlist: Playlist, has_track: bool | None = None) -> PlaylistAnswer:
    """As whoever asks sees it, after a write."""
    session.flush()
    who = replace(principal(), user_id=principal().user_id or playlist.user_id)  # at a first write the row is new
    return PlaylistAnswer.of(playlist, contents_of(session, who, [playlist])[playlist.number], who, has_track)
