"""A search, a playlist or a track turned into a station."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

from sqlalchemy import select
from sqlalchemy.orm import Session

from soundbox.accounts.models import User
from soundbox.accounts.principal import Principal
from soundbox.playlists.access import readable as readable_playlist
from soundbox.tracks.access import readable as readable_track
from soundbox.tracks.asking import FilterQuery, filters_of, model_of
from soundbox.tracks.categories import display_name
from soundbox.tracks.filters import Filters, maker_id
from soundbox.web.bodies import checked
from soundbox.web.errors import Refusal

from .answers import StationBody
from .rules import Sort, StationRule
from .wanting import SAME_NAMES

SORTS: dict[str, Sort] = {"rating": "top", "popular": "top", "trending": "trending"}
LONGEST_NAME = 60


@dataclass(frozen=True)
class Draft:
    """What a station would be called, play, and have made for it."""

    name: str
    rule: StationRule
    prompt: str = ""


def drafted(session: Session, who: Principal, body: StationBody) -> Draft:
    """Raises `Refusal` 400 for what means nothing, 404 for what one may not read."""
    if body.query is not None:
        draft = _of_search(session, body.query)
    elif body.playlist:
        playlist = readable_playlist(session, who, body.playlist)
        draft = Draft(playlist.name, StationRule(playlist=playlist.id))
    elif body.track:
        track = readable_track(session, who, body.track)
        draft = Draft(f"Like {track.name}", StationRule(like=track.id), track.prompt)
    elif body.name:
        draft = Draft(body.name, body.rule or StationRule())
    else:
        raise Refusal(400, "Name is required", fields={"name": "is required"})
    return Draft((body.name or draft.name)[:LONGEST_NAME].strip(), draft.rule, body.prompt or draft.prompt)


def demand_sense(session: Session, who: Principal, rule: StationRule) -> None:
    """What a rule names must be there, and open to whoever makes the rule. Raises `Refusal` 400 and 404."""
    model_of(rule.model)
    if rule.playlist:
        readable_playlist(session, who, rule.playlist)
    if rule.like:
        readable_track(session, who, rule.like)


def _of_search(session: Session, words: str) -> Draft:
    query = checked(FilterQuery, {name: value for name, value in _pairs(words) if value})
    filters = filters_of(query)
    rule = {name: getattr(filters, name) for name in SAME_NAMES if name != "maker"}
    if filters.maker or filters.maker_name:
        rule["maker"] = _public_id(session, filters)
    categories = (query.category,) if query.category else ()
    name = query.search or display_name(query.category or "") or query.maker or query.model or "Everything"
    sort = SORTS.get(query.sort, "random")
    return Draft(name, checked(StationRule, {**rule, "categories": categories, "sort": sort}), query.search)


def _pairs(words: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(words.removeprefix("?"), max_num_fields=30)
    except ValueError:
        raise Refusal(400, "Query has too many fields") from None


def _public_id(session: Session, filters: Filters) -> str:
    found = session.scalar(select(User.public_id).where(User.id == (maker_id(session, filters) or 0)))
    if found is None:
        raise Refusal(400, "There is nobody of this name here")
    return found
