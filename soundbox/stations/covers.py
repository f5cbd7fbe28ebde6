"""Some tracks of each station, for its picture: chosen anew every minute, read anew each time."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Flask, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from soundbox.tracks.models import Track
from soundbox.tracks.totals import among

from .models import Station

KEPT_SECONDS = 60.0
COVERS = 4  # of each
MOST_KEPT = 1_000  # stations


@dataclass(frozen=True)
class Cover:
    id: str
    name: str
    creator: str
    face_url: str
    disc_url: str
    page_url: str

    @classmethod
    def of(cls, track: Track) -> Cover:
        return cls(
            id=track.id,
            name=track.name,
            creator=track.user.display_name,
            face_url=url_for("tracks.spectrogram", file=f"{track.id}.small.png"),
            disc_url=url_for("tracks.spectrogram", file=f"{track.id}.disc.small.png"),
            page_url=url_for("library.show", track_id=track.id),
        )


class Covers:
    """What was chosen is only numbers: a track that is hidden meanwhile is a cover no more."""

    def __init__(self) -> None:
        self._chosen: dict[tuple[int, int], tuple[float, list[int]]] = {}

    def of(self, session: Session, stations: Sequence[Station]) -> dict[int, list[Cover]]:
        """By the stations' ids; none for a station that plays nothing."""
        chosen = {station.id: self._numbers(session, station) for station in stations}
        wanted = {number for numbers in chosen.values() for number in numbers}
        query = select(Track).where(Track.listed.is_(True), among(session, list(wanted)))
        covers = {track.number: Cover.of(track) for track in session.scalars(query)} if wanted else {}
        return {key: [covers[number] for number in numbers if number in covers] for key, numbers in chosen.items()}

    def _numbers(self, session: Session, station: Station) -> list[int]:
        key, now = (station.id, station.changed_ms), time.monotonic()
        until, numbers = self._chosen.get(key, (0.0, []))
        if now < until:
            return numbers
        numbers = [track.number for track in station.rule.pick(session, COVERS)]
        if numbers:  # an empty station is looked at each time: its first sound shows at once
            if len(self._chosen) >= MOST_KEPT:
                self._chosen.clear()
            self._chosen[key] = (now + KEPT_SECONDS, numbers)
        return numbers


def init_app(app: Flask) -> None:
    app.extensions["soundbox_covers"] = Covers()
