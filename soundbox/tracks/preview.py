"""What other sites and search engines are told of a track: a card to show, a licence, and that a machine made it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import url_for

from soundbox.audio.sizes import FACE
from soundbox.clock import iso_z
from soundbox.engines.models import BY_RULES

from .licences import licence_url
from .models import Track

# IPTC's words for how a digital work came about (cv.iptc.org/newscodes/digitalsourcetype).
SOURCES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
FOLLOWED_RULES, WAS_TRAINED = "algorithmicMedia", "trainedAlgorithmicMedia"


@dataclass(frozen=True)
class Preview:
    properties: dict[str, str]
    linked_data: dict[str, Any]

    @classmethod
    def of(cls, track: Track) -> Preview | None:
        """None for what is not listed: nobody is sent to it."""
        return cls(open_graph(track), linked_data(track)) if track.listed else None


def open_graph(track: Track) -> dict[str, str]:
    """Open Graph (ogp.me): property and content, in the order they are written."""
    width, height = FACE
    return {
        "og:site_name": "Sound Box",
        "og:type": "music.song" if track.kind == "music" else "website",
        "og:title": track.name,
        "og:description": track.prompt,
        "og:url": _page(track),
        "og:image": _file("tracks.spectrogram", track, "png"),
        "og:image:type": "image/png",
        "og:image:width": str(width),
        "og:image:height": str(height),
        "og:image:alt": f"Spectrogram of {track.name}",
        "og:audio": _file("tracks.audio", track, "mp3"),
        "og:audio:type": "audio/mpeg",
    }


def linked_data(track: Track) -> dict[str, Any]:
    """An AudioObject of schema.org."""
    return {
        "@context": "https://schema.org",
        "@type": "AudioObject",
        "name": track.name,
        "description": track.prompt,
        "url": _page(track),
        "contentUrl": _file("tracks.audio", track, "wav"),
        "encodingFormat": "audio/wav",
        "embedUrl": url_for("feeds.embed", track_id=track.id, _external=True),
        "thumbnailUrl": _file("tracks.spectrogram", track, "png"),
        "duration": f"PT{track.seconds:.2f}S",
        "uploadDate": iso_z(track.created_ms),
        "creator": {"@type": "Person", "name": track.user.display_name},
        "license": licence_url(track.licence),
        "isAccessibleForFree": True,
        "keywords": list(track.categories),
        "digitalSourceType": SOURCES + source_of(track),
        "creditText": f"Made by AI from words on Sound Box ({track.engine})",
    }


def source_of(track: Track) -> str:
    """What is composed here follows written rules; everything else is a model that was trained."""
    return FOLLOWED_RULES if track.engine in BY_RULES else WAS_TRAINED


def _page(track: Track) -> str:
    return url_for("library.show", track_id=track.id, _external=True)


def _file(endpoint: str, track: Track, suffix: str) -> str:
    return url_for(endpoint, file=f"{track.id}.{suffix}", _external=True)
