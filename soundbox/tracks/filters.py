"""What a list can be narrowed by, and what each filter asks of a track."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session, aliased

from soundbox.accounts.models import User

from .categories import VOCABULARY
from .listing import TrackCategory, yes_no
from .models import Track
from .search import Terms
from .sorts import DURATION, LISTED, Order, recent_in_category, recent_of_maker

FAMILIES = ("music", "audio", "tts")  # as a filter, a family's name matches every model of its kind


@dataclass(frozen=True)
class Filters:
    search: str = ""
    model: str | None = None  # a family or one model
    category: str | None = None
    maker: str | None = None  # public id
    maker_name: str | None = None
    loop: bool | None = None
    min_duration: float | None = None  # seconds
    max_duration: float | None = None
    min_tempo: float | None = None  # beats a minute
    max_tempo: float | None = None
    key: str | None = None  # such as "A minor"
    licence: str | None = None
    commercial_use: bool | None = None
    voted: bool | None = None
    is_remix: bool | None = None
    has_remixes: bool | None = None
    preset: str | None = None  # by its slug
    parent: str | None = None  # id of the track that they were made from
    owned_by: int | None = None  # this person's own, private ones too; otherwise listed ones only
    visibility: str | None = None  # only among one's own


@dataclass(frozen=True)
class Condition:
    """What one filter asks of a track.

    `holds` is given columns by name: `number` and those in `reads`, which every sorted index carries.
    `facet` is the word of the text index that says the same, `counted` the tallies that add up to how many there are,
    `numbers` their numbers through an index of their own; `recent` and `walked` are orders in which only they stand.
    """

    holds: Callable[[Any], ColumnElement[bool]]
    reads: tuple[str, ...] = ()
    facet: tuple[str, object] | None = None
    counted: tuple[str, ...] = ()
    numbers: Select[Any] | None = None
    recent: Order | None = None
    walked: Order | None = None


@dataclass(frozen=True)
class Wanted:
    conditions: tuple[Condition, ...]
    terms: Terms | None = None


EVERYTHING = Wanted(())


def wanted(session: Session, filters: Filters) -> Wanted | None:
    """None: nothing can match, as with a search of only punctuation or a maker nobody knows."""
    terms = Terms.of(filters.search)
    if filters.search and terms is None:
        return None
    conditions = [*_facets(filters), *_ranges(filters), *_relatives(filters)]
    if filters.maker or filters.maker_name:
        maker = maker_id(session, filters)
        if maker is None:
            return None
        conditions.append(_maker(maker))
    return Wanted(tuple(conditions), terms)


def maker_id(session: Session, filters: Filters) -> int | None:
    query = select(User.id)
    if filters.maker:
        query = query.where(User.public_id == filters.maker)
    if filters.maker_name:
        query = query.where(User.name == filters.maker_name)
    return session.scalar(query)


def tidy_key(key: str) -> str:
    """ "Ab major", however it was typed."""
    return " ".join(key.split()).capitalize()


def _facets(filters: Filters) -> list[Condition]:
    found = []
    if filters.model in FAMILIES:
        found.append(_equal("kind", "kind", filters.model))
    elif filters.model:
        found.append(_equal("model", "model", filters.model))
    if filters.category:
        found.append(_category(filters.category))
    if filters.loop is not None:
        found.append(_is("loop", "loop", filters.loop))
    if filters.commercial_use is not None:
        found.append(_is("commercial_use", "commercial", filters.commercial_use))
    if filters.licence:
        found.append(_equal("licence", "licence", filters.licence))
    if filters.key:
        found.append(_equal("key", "key", tidy_key(filters.key)))
    if filters.preset:
        found.append(_preset(filters.preset))
    if filters.is_remix is not None:
        found.append(_is_remix(filters.is_remix))
    return found


def _equal(column: str, facet: str, value: str) -> Condition:
    return Condition(lambda row: row[column] == value, (column,), (facet, value), (f"{facet}/{value}",))


def _is(column: str, facet: str, fact: bool) -> Condition:
    word = yes_no(fact)
    return Condition(lambda row: row[column].is_(fact), (column,), (facet, word), (f"{facet}/{word}",))


def _is_remix(fact: bool) -> Condition:
    word = yes_no(fact)

    def holds(row: Any) -> ColumnElement[bool]:
        return row["relation"].is_not(None) if fact else row["relation"].is_(None)

    return Condition(holds, ("relation",), ("remix", word), (f"remix/{word}",))


def _preset(slug: str) -> Condition:
    """In no sorted index, since few lists are narrowed by it: what is common is asked of the row itself."""

    def holds(row: Any) -> ColumnElement[bool]:
        track = aliased(Track)
        return select(track.number).where(track.number == row["number"], track.preset == slug).exists()

    return Condition(holds, (), ("preset", slug), (f"preset/{slug}",))


def _category(category: str) -> Condition:
    def holds(row: Any) -> ColumnElement[bool]:
        tags = aliased(TrackCategory)
        return select(tags.category).where(tags.category == category, tags.track_number == row["number"]).exists()

    counted = tuple(f"category/{kind}/{category}" for kind in VOCABULARY)
    return Condition(holds, (), ("category", category), counted, recent=recent_in_category(category))


def _maker(user_id: int) -> Condition:
    return Condition(
        lambda row: row["user_id"] == user_id,
        ("user_id",),
        ("maker", user_id),
        (f"maker/{user_id}",),
        recent=recent_of_maker(user_id),
    )


def _ranges(filters: Filters) -> list[Condition]:
    bounds = (
        (Track.seconds, filters.min_duration, filters.max_duration),
        (Track.tempo, filters.min_tempo, filters.max_tempo),
    )
    return [_range(column, least, most) for column, least, most in bounds if least is not None or most is not None]


def _range(column: Any, least: float | None, most: float | None) -> Condition:
    def holds(row: Any) -> ColumnElement[bool]:
        place = row[column.key]
        if least is None:
            return place <= most
        return place >= least if most is None else place.between(least, most)

    here = holds({column.key: column})
    walked = replace(DURATION, where=and_(LISTED, here)) if column is Track.seconds else None
    return Condition(holds, (column.key,), numbers=_numbers(here), walked=walked)


def _relatives(filters: Filters) -> list[Condition]:
    found = []
    if filters.voted is not None:
        found.append(_looked_up(lambda track: track.votes > 0 if filters.voted else track.votes == 0))
    if filters.has_remixes is not None:
        found.append(_looked_up(lambda track: track.remixes > 0 if filters.has_remixes else track.remixes == 0))
    if filters.parent:
        found.append(_looked_up(lambda track: track.parent_id == filters.parent))
    return found


def _looked_up(clause: Callable[[Any], ColumnElement[bool]]) -> Condition:
    """What changes too often for indexes to carry it along: asked of the row itself."""

    def holds(row: Any) -> ColumnElement[bool]:
        track = aliased(Track)
        return select(track.number).where(track.number == row["number"], clause(track)).exists()

    return Condition(holds, numbers=_numbers(clause(Track)))


def _numbers(clause: ColumnElement[bool]) -> Select[Any]:
    return select(Track.number).where(LISTED, clause)
