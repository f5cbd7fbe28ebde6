"""What programs and forms send and get."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from flask import request, url_for
from pydantic import BaseModel, BeforeValidator, Field

from soundbox.accounts.principal import Principal
from soundbox.clock import sql_time
from soundbox.tracks.answers import TrackAnswer
from soundbox.web.bodies import FORMS, AnyBody, Body, Text, checked, parse_body

from .models import Station
from .repeating import MOST_EXCLUDED
from .rules import StationRule

MOST_TRACKS = 50
STREAMS: list[Callable[[str], str | None]] = []  # who knows where a station streams, by its slug


def _checkbox(value: Any) -> Any:
    return value == "on" or value


Name = Annotated[Text, Field(min_length=1, max_length=60)]
Words = Annotated[Text, Field(max_length=500)]
Switch = Annotated[bool, BeforeValidator(_checkbox)]


class StationBody(Body):
    """One of `rule`, `query`, `playlist` and `track` says what it plays; with none of them it is everything."""

    name: Name | None = Field(None, description="Needed with a rule; otherwise made of what it is made of")
    description: Words = ""
    prompt: Words = Field("", description="Words for a sound that it would play, offered while it plays nothing")
    rule: StationRule | None = None
    query: Annotated[Text, Field(max_length=1000)] | None = Field(
        None, description="A search of the library: what stands behind /library? in the address"
    )
    playlist: Annotated[Text, Field(max_length=32)] | None = Field(None, description="Its id")
    track: Annotated[Text, Field(max_length=32)] | None = Field(None, description="Its id: what sounds like it")
    for_the_house: Switch = Field(False, description="Admins: on the wall at once, and nobody's own")


class StationEdit(Body):
    name: Name | None = None
    description: Words | None = None
    prompt: Words | None = None
    rule: StationRule | None = None
    is_hidden: Switch | None = Field(None, description="Admins: off the wall")
    plays_for_the_room: Switch | None = Field(None, description="Admins: an idle GPU may make sounds for it")


class OrderBody(Body):
    order: list[Text] | None = Field(None, max_length=500, description="Slugs in their new order")
    up: Text | None = Field(None, description="Instead: one station, one place up")
    down: Text | None = Field(None, description="Instead: one station, one place down")


class TracksQuery(Body):
    count: int = Field(10, ge=1, description=f"At most {MOST_TRACKS} are given")
    exclude: Text = Field("", description=f"Ids between commas, the latest last; {MOST_EXCLUDED} count")


class StationAnswer(BaseModel):
    slug: str
    name: str
    description: str
    rule: StationRule
    rule_words: str = Field(description="The rule as a sentence")
    prompt: str
    position: int
    is_hidden: bool
    plays_for_the_room: bool
    creator: str | None = Field(description="null: one of the house")
    mine: bool = Field(description="You may change and delete it")
    created_at: str
    page_url: str
    tracks_url: str = Field(description="Ask for tracks again and again, naming what was heard")
    m3u_url: str
    pls_url: str
    xspf_url: str
    stream_url: str | None = Field(description="The station live as one endless MP3; null where that is switched off")
    podcast_url: str
    embed_url: str

    @classmethod
    def of(cls, station: Station, who: Principal) -> StationAnswer:
        slug = station.slug
        return cls(
            **{name: getattr(station, name) for name in COPIED},
            rule=station.rule,
            rule_words=station.rule.words,
            creator=station.user.display_name if station.user else None,
            mine=station.may_be_managed_by(who),
            created_at=sql_time(station.created_ms),
            page_url=url_for("stations.show", slug=slug),
            tracks_url=url_for("stations.tracks", slug=slug),
            m3u_url=_players(slug, "m3u"),
            pls_url=_players(slug, "pls"),
            xspf_url=_players(slug, "xspf"),
            stream_url=next((found for stream in STREAMS if (found := stream(slug))), None),
            podcast_url=url_for("station_feeds.feed", slug=slug, form="rss"),
            embed_url=url_for("station_feeds.embed", slug=slug),
        )


def _players(slug: str, form: str) -> str:
    return url_for("station_feeds.players", slug=slug, list_form=form)


COPIED = ("slug", "name", "description", "prompt", "position", "is_hidden", "plays_for_the_room")


class StationsAnswer(BaseModel):
    stations: list[StationAnswer]


class DeskAnswer(StationsAnswer):
    room: str = Field(description="What a worker makes for them while nobody waits, in a sentence")


class StationDetail(StationAnswer):
    track_count: int = Field(description="How many tracks it has to choose from")
    track_count_capped: bool = Field(description="True: there are at least so many")


class CountAnswer(BaseModel):
    total: int
    capped: bool = Field(description="There are at least so many")
    words: str


class StationTracks(BaseModel):
    tracks: list[TrackAnswer]


def asked(model: type[AnyBody]) -> AnyBody:
    """The body. A form tells a rule field by field, beside a hidden field that says so. Raises `Refusal` 400."""
    if request.mimetype not in FORMS:
        return parse_body(model)
    values: dict[str, Any] = {name: value for name, value in request.form.items() if value != ""}
    if values.pop("tells_rule", None):
        values["rule"] = {name: values.pop(name) for name in RULE_FIELDS if name in values}
        values["rule"]["categories"] = [key for key in request.form.getlist("categories") if key]
    return checked(model, values)


RULE_FIELDS = tuple(StationRule.model_fields)
