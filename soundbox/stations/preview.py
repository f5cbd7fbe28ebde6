"""What other sites are told of a station (ogp.me): property and content, in the order they are written."""

from __future__ import annotations

from flask import url_for

from .cards import StationCard

COVER_PIXELS = "1400"


def open_graph(station: StationCard) -> dict[str, str]:
    told = {
        "og:site_name": "Sound Box",
        "og:type": "music.radio_station",
        "og:title": station.name,
        "og:description": station.description or station.words,
        "og:url": url_for("stations.show", slug=station.slug, _external=True),
    }
    if station.cover:
        told |= {
            "og:image": url_for("tracks.spectrogram", file=f"{station.cover.id}.cover.png", _external=True),
            "og:image:type": "image/png",
            "og:image:width": COVER_PIXELS,
            "og:image:height": COVER_PIXELS,
            "og:image:alt": f"The spectrogram of {station.cover.name}, bent into a disc",
        }
    return told
