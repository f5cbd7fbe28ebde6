"""How a list is asked for over HTTP: the library, feeds and packs ask in the same words."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from soundbox.web.bodies import Body, Number, Text
from soundbox.web.errors import Refusal

from .categories import VOCABULARY
from .filters import FAMILIES, Filters
from .instance import catalogue
from .sorts import SORTS

SAME_NAMES = (  # as filters and in the query
    *("search", "category", "loop", "min_duration", "max_duration", "min_tempo", "max_tempo", "key", "licence"),
    *("commercial_use", "voted", "is_remix", "has_remixes", "preset", "parent"),
)


class FilterQuery(Body):
    model: str | None = Field(None, description="music, audio, tts (the family) or one model by its name")
    search: str = Field("", description="Words, all of them; the last one by its beginning")
    sort: str = Field("recent", description="recent, popular, rating, trending, duration or relevance")
    category: str | None = None
    user_id: Text | None = Field(None, description="A maker's public id")
    maker: Text | None = Field(None, description="A maker's name")
    loop: bool | None = None
    min_duration: Number | None = Field(None, description="Seconds")
    max_duration: Number | None = Field(None, description="Seconds")
    min_tempo: Number | None = Field(None, description="Beats a minute")
    max_tempo: Number | None = Field(None, description="Beats a minute")
    key: Text | None = Field(None, description="Such as A minor")
    licence: Text | None = Field(None, description="SPDX id")
    commercial_use: bool | None = Field(None, description="May it be used commercially")
    voted: bool | None = Field(None, description="Has anybody voted on it")
    is_remix: bool | None = Field(None, description="Was it made from another track")
    has_remixes: bool | None = Field(None, description="Were others made from it")
    preset: Annotated[Text, Field(max_length=40)] | None = Field(None, description="A preset's slug")
    parent: Text | None = Field(None, description="Id of the track that they were made from")


def filters_of(query: FilterQuery) -> Filters:
    """Raises `Refusal` 400 for a sort, model or category that does not exist."""
    if query.sort not in SORTS:
        raise Refusal(400, f"Unknown sort; the sorts are {', '.join(SORTS)}")
    if query.category and not any(query.category in keys for keys in VOCABULARY.values()):
        raise Refusal(400, "Unknown category")
    named = {name: getattr(query, name) for name in SAME_NAMES}
    return Filters(model=model_of(query.model), maker=query.user_id, maker_name=query.maker, **named)


def model_of(name: str | None) -> str | None:
    """A family, or a model by the name it goes by here. Raises `Refusal` 400."""
    if name is None or name in FAMILIES:
        return name
    known = catalogue().find(name)
    if known is None:
        raise Refusal(400, "Unknown model")
    return known.id


def kind_of(name: str | None) -> str | None:
    """A filter's model as the kind it is of. Raises `Refusal` 400."""
    known = model_of(name)
    return known if known is None or known in FAMILIES else getattr(catalogue().find(known), "kind", None)
