"""A deleted station can be had back, at its place on the wall if it had one."""

from __future__ import annotations

from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from soundbox.accounts.models import User
from soundbox.undo.models import CannotBeUndone, Deleted, brings_back, columns_of

from .models import Station, TooManyStations
from .rules import StationRule

KIND = "station"


def keep(session: Session, station: Station) -> Deleted | None:
    """None: it is of the house, which has no one to give it back to."""
    if station.user_id is None:
        return None
    return Deleted.keep(session, station.user_id, KIND, columns_of(station, "id", "user_id"))


@brings_back(KIND)
def bring_back(session: Session, user: User, facts: dict[str, Any]) -> str:
    if Station.with_slug(session, facts["slug"]):
        raise CannotBeUndone("Another station has this address by now")
    name, rule = facts.pop("name"), StationRule.model_validate(facts.pop("rule_json"))
    try:
        station = Station.make(session, name, rule, user, **facts)
    except TooManyStations as many:
        raise CannotBeUndone(str(many)) from None
    return url_for("stations.show", slug=station.slug)
