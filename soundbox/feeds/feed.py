"""A list of tracks as it leaves the house: what every format says in its own way."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import url_for

from soundbox.tracks.categories import display_name
from soundbox.tracks.licences import licence_url
from soundbox.tracks.models import Track

# XML 1.0 (fifth edition), production 2: all that may stand in a document.
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SOUND_TYPE = "audio/mpeg"  # what every reader and player takes


@dataclass(frozen=True)
class Item:
    id: str
    name: str  # one line
    prompt: str
    creator: str
    maker_url: str
    page_url: str
    audio_url: str
    picture_url: str
    cover_url: str  # square and opaque, as podcast programs demand
    seconds: float
    categories: list[str]
    licence: str
    licence_url: str
    published_ms: int
    audio_bytes: int = 0  # 0: not known
    is_endless: bool = False  # a live stream

    @classmethod
    def of(cls, track: Track, audio_bytes: int = 0) -> Item:
        def file(endpoint: str, suffix: str) -> str:
            return url_for(endpoint, file=f"{track.id}.{suffix}", _external=True)

        return cls(
            id=track.id,
            name=one_line(track.name),
            prompt=one_line(track.prompt),
            creator=one_line(track.user.display_name),
            maker_url=url_for("makers.show", name=track.user.handle, _external=True),
            page_url=url_for("library.show", track_id=track.id, _external=True),
            audio_url=file("tracks.audio", "mp3"),
            picture_url=file("tracks.spectrogram", "disc.png"),
            cover_url=file("tracks.spectrogram", "cover.png"),
            seconds=track.seconds,
            categories=[display_name(key) for key in track.categories],
            licence=track.licence,
            licence_url=licence_url(track.licence),
            published_ms=track.created_ms,
            audio_bytes=audio_bytes,
        )


@dataclass(frozen=True)
class Feed:
    title: str
    page_url: str
    own_url: str
    items: list[Item]
    about: str = ""
    author: str = ""
    picture_url: str = ""  # square, at least 1400 pixels; empty where there is nothing to show

    @property
    def updated_ms(self) -> int:
        """When the newest of it came; an empty feed is as old as time."""
        return max((item.published_ms for item in self.items), default=0)


def one_line(text: str) -> str:
    """Without line breaks, which end an entry in some formats, and without what XML cannot hold."""
    return " ".join(NOT_IN_XML.sub(" ", text).split())
