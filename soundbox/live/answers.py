"""What programs are told of a station on air, in the field names that AzuraCast made common."""

from __future__ import annotations

from typing import Any

from flask import url_for
from pydantic import BaseModel, Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from soundbox.clock import iso_z
from soundbox.stations.models import Station
from soundbox.tracks.answers import TrackAnswer
from soundbox.tracks.models import Track
from soundbox.tracks.sorts import LISTED
from soundbox.web.bodies import Body, Text

from . import timeline
from .airing import OnAir
from .programme import Airing, Why

HISTORY = 10
FILLED = "Something else"  # what is told of a sound that was taken away


class NowQuery(Body):
    seen: Text = Field("", description="What a page shows already: then there is nothing to answer")


class SongAnswer(BaseModel):
    id: str
    text: str = Field(description="artist - title")
    artist: str
    title: str
    album: str
    genre: str
    art: str = Field(description="Address of the cover")
    track: TrackAnswer | None = Field(description="Ours; null while a sound that was taken away is filled")


class AiringAnswer(BaseModel):
    played_at: int = Field(description="Unix time in seconds")
    duration: float = Field(description="Seconds")
    is_request: bool
    is_new: bool = Field(description="Ours: it came fresh off the queue")
    song: SongAnswer


class PlayingAnswer(AiringAnswer):
    elapsed: float
    remaining: float


class StationTold(BaseModel):
    id: int
    name: str
    shortcode: str
    description: str
    is_public: bool
    listen_url: str
    hls_url: str
    url: str
    playlist_m3u_url: str
    playlist_pls_url: str


class ListenersAnswer(BaseModel):
    total: int
    unique: int
    current: int


class LiveAnswer(BaseModel):
    is_live: bool = False
    streamer_name: str = ""


class NowPlayingAnswer(BaseModel):
    station: StationTold
    listeners: ListenersAnswer
    live: LiveAnswer = LiveAnswer()
    now_playing: PlayingAnswer | None
    playing_next: AiringAnswer | None
    song_history: list[AiringAnswer]
    is_online: bool = Field(description="false: the station has nothing to play")
    now: str = Field(description="Ours: the moment that this is about, UTC")


def now_playing(session: Session, station: Station, on_air: OnAir, listeners: int) -> NowPlayingAnswer:
    current, following, history = on_air.current(), on_air.next(), on_air.history(HISTORY)
    airings = [airing for airing in (current, following, *history) if airing]
    tracks = listed(session, airings)
    return NowPlayingAnswer(
        station=_station(station),
        listeners=ListenersAnswer(total=listeners, unique=listeners, current=listeners),
        now_playing=_playing(current, tracks, on_air.now_frame) if current else None,
        playing_next=_airing(following, tracks) if following else None,
        song_history=[_airing(airing, tracks) for airing in history],
        is_online=current is not None,
        now=iso_z(timeline.moment_of(on_air.now_frame)),
    )


def listed(session: Session, airings: list[Airing]) -> dict[str, Track]:
    """Those of their tracks that everybody may hear now, by id."""
    ids = {airing.entry.track_id for airing in airings}
    return {track.id: track for track in session.scalars(select(Track).where(LISTED, Track.id.in_(ids)))}


def _playing(airing: Airing, tracks: dict[str, Track], now_frame: int) -> PlayingAnswer:
    elapsed = timeline.seconds_of(now_frame - airing.start_frame)
    remaining = timeline.seconds_of(airing.end_frame - now_frame)
    return PlayingAnswer(**_told(airing, tracks), elapsed=round(elapsed, 2), remaining=round(remaining, 2))


def _airing(airing: Airing, tracks: dict[str, Track]) -> AiringAnswer:
    return AiringAnswer(**_told(airing, tracks))


def _told(airing: Airing, tracks: dict[str, Track]) -> dict[str, Any]:
    return {
        "played_at": timeline.moment_of(airing.start_frame) // 1000,
        "duration": round(timeline.seconds_of(airing.entry.frames), 2),
        "is_request": airing.entry.why is Why.requested,
        "is_new": airing.entry.why is Why.new,
        "song": _song(tracks.get(airing.entry.track_id)),
    }


def _song(track: Track | None) -> SongAnswer:
    if track is None:
        return SongAnswer(id="", text=FILLED, artist="", title=FILLED, album="", genre="", art="", track=None)
    artist, answer = track.user.display_name, TrackAnswer.of(track)
    return SongAnswer(
        id=track.id,
        text=f"{artist} - {track.name}",
        artist=artist,
        title=track.name,
        album="",
        genre=", ".join(track.categories),
        art=url_for("tracks.spectrogram", file=f"{track.id}.disc.png", _external=True),
        track=answer,
    )


def _station(station: Station) -> StationTold:
    live = url_for("live.playlist", slug=station.slug, _external=True)
    page = live.removesuffix("/live.m3u8")
    return StationTold(
        id=station.id,
        name=station.name,
        shortcode=station.slug,
        description=station.description,
        is_public=not station.is_hidden,
        listen_url=live,
        hls_url=live,
        url=page,
        playlist_m3u_url=f"{page}.m3u",
        playlist_pls_url=f"{page}.pls",
    )
