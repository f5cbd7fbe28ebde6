"""A station as pages show it: with covers of what it plays, and what is on air."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for
from sqlalchemy.orm import Session

from soundbox.accounts.principal import Principal

from .covers import Cover, Covers
from .models import Station


@dataclass(frozen=True)
class OnAir:
    """What everybody hears on it right now."""

    words: str  # artist and title
    listeners: int


AirNow = Callable[[Session, Sequence[Station]], Mapping[int, OnAir]]
ON_AIR: list[AirNow] = []  # who knows what is on air, by the stations' ids; nobody, until there is a live programme


class StationCard:
    """What a template asks of a station; everything not named here is the station's own."""

    def __init__(self, station: Station, who: Principal, covers: Sequence[Cover] = (), on_air: OnAir | None = None):
        self._station = station
        self.covers = covers
        self.on_air = on_air
        self.mine = station.may_be_managed_by(who)
        self.is_own = station.user_id is not None and who.owns(station.user_id)
        self.creator = station.user.display_name if station.user else ""
        self.maker_url = url_for("makers.show", name=station.user.handle) if station.user else ""
        self.page_url = url_for("stations.show", slug=station.slug)
        self.tracks_url = url_for("stations.tracks", slug=station.slug)
        self.words = station.rule.words

    def __getattr__(self, name: str) -> Any:
        return getattr(self._station, name)

    @property
    def cover(self) -> Cover | None:
        return self.covers[0] if self.covers else None

    @property
    def live(self) -> dict[str, str] | None:
        """What a player needs to hear what everybody hears; None: nothing is on air."""
        if self.on_air is None:
            return None
        return {
            "name": self._station.name,
            "playlist": f"{self.page_url}/live.m3u8",
            "now": f"/api/stations/{self._station.slug}/now-playing",
            "page": self.page_url,
        }


def station_cards(session: Session, stations: Sequence[Station], who: Principal) -> list[StationCard]:
    """With covers, and what is on air: few queries, however many there are."""
    covers: Covers = current_app.extensions["soundbox_covers"]
    shown = covers.of(session, stations)
    on_air = {key: now for air_now in ON_AIR for key, now in air_now(session, stations).items()}
    return [StationCard(one, who, shown.get(one.id, ()), on_air.get(one.id)) for one in stations]
