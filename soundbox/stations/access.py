"""Permission and fetch in one step: who may hear a station, and who may change it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from soundbox.accounts.principal import Principal, demand_community
from soundbox.web.errors import Refusal

from .models import Station


def readable(session: Session, who: Principal, slug: str) -> Station:
    """Raises `Refusal` 404: what one may not hear does not exist."""
    return _found(Station.readable_by(session, who, slug))


def managed(session: Session, who: Principal, slug: str) -> Station:
    """One that this person may change, locked. Raises `Refusal` 404, and 403 for what one may only hear."""
    return _demanded(who, _found(Station.held_by(session, who, slug)))


def changeable(session: Session, who: Principal, slug: str) -> Station:
    """The same, only to be looked at."""
    return _demanded(who, readable(session, who, slug))


def member() -> Principal:
    """Whoever asks, who may have stations. Raises `Refusal` 401 for guests."""
    who = demand_community()
    if who.is_guest:
        raise Refusal(401, "Authentication required", advice="Sign in first: stations belong to members.")
    return who


def _found(station: Station | None) -> Station:
    if station is None:
        raise Refusal(404, "Station not found", advice="It may have been taken off the air.")
    return station


def _demanded(who: Principal, station: Station) -> Station:
    if not station.may_be_managed_by(who):
        raise Refusal(403, "Not authorized to change this station", advice="Make one of your own: any search can be.")
    return station
