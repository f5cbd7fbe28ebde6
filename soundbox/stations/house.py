"""The stations that come with the house. The migration that made the table put them there; admins change them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from .models import Station
from .rules import StationRule


@dataclass(frozen=True)
class HouseStation:
    slug: str
    name: str
    description: str
    prompt: str  # for the first sound, while there is none
    rule: dict[str, Any] = field(default_factory=dict)


def _music(*categories: str, **rule: Any) -> dict[str, Any]:
    return {"model": "music", **({"categories": categories} if categories else {}), **rule}


def _sound(*categories: str, **rule: Any) -> dict[str, Any]:
    return {**_music(*categories, **rule), "model": "audio"}


HOUSE = (
    HouseStation(
        "all-music",
        "All Music",
        "All the music there is here, in no order at all.",
        "warm downtempo groove with a walking bass, 96 bpm",
        _music(),
    ),
    HouseStation(
        "ambient",
        "Ambient",
        "Slow pads, drones and wide rooms. Made to be left on.",
        "slow ambient pads drifting over deep space, no drums",
        _music("ambient", "drone", "dark_ambient", "space"),
    ),
    HouseStation(
        "lo-fi",
        "Lo-Fi",
        "Dusty beats to work or do nothing to.",
        "lo-fi hip hop with dusty drums and a mellow electric piano, 76 bpm",
        _music("lofi", "chillhop", "chill", "study"),
    ),
    HouseStation(
        "piano",
        "Piano",
        "Everything in which somebody asked for a piano.",
        "a quiet solo piano in a large room, rubato, G minor",
        _music("piano"),
    ),
    HouseStation(
        "dreamy",
        "Dreamy",
        "Gentle and peaceful, with soft edges.",
        "gentle dreamy harp and strings, peaceful and slow",
        _music("gentle", "peaceful", "relaxing", "romantic"),
    ),
    HouseStation(
        "happy",
        "Happy",
        "Upbeat and sunny, all the way through.",
        "happy upbeat ukulele with hand claps, 120 bpm, C major",
        _music("happy", "upbeat", "inspirational"),
    ),
    HouseStation(
        "retro",
        "Retro",
        "Chiptunes, arcades and neon from other decades.",
        "80s synthwave drive with gated drums, 104 bpm, A minor",
        _music("retro", "chiptune", "arcade", "synthwave", "80s", "70s", "60s"),
    ),
    HouseStation(
        "favorites",
        "Favorites",
        "What people here keep most.",
        "a warm melody on acoustic guitar, romantic and slow",
        _music(favorites_of_all=True),
    ),
    HouseStation(
        "trending",
        "Trending",
        "What people vote for and keep right now.",
        "driving house with a bright piano, 124 bpm",
        _music(sort="trending"),
    ),
    HouseStation(
        "top-rated",
        "Top Rated",
        "The best that the votes have found so far.",
        "epic orchestral theme with heroic brass",
        _music(sort="top"),
    ),
    HouseStation(
        "new-arrivals",
        "New Arrivals",
        "The newest music, some of it minutes old.",
        "a fresh indie rock song with jangling guitars, 132 bpm",
        _music(sort="new"),
    ),
    HouseStation(
        "surprise-me",
        "Surprise Me",
        "Music, effects and voices: whatever the dice say.",
        "a music box in a haunted house, mysterious",
    ),
    HouseStation(
        "rain",
        "Rain",
        "Rain on roofs, leaves and windows, with thunder far away.",
        "steady rain on a tin roof with distant thunder",
        _sound("rain", "thunder"),
    ),
    HouseStation(
        "ocean",
        "Ocean",
        "Waves that come in and go out again.",
        "slow ocean waves on a pebble beach",
        _sound("ocean", "water"),
    ),
    HouseStation(
        "fire",
        "Fire",
        "A fire that crackles and asks for nothing.",
        "a crackling campfire at night",
        _sound("fire"),
    ),
    HouseStation(
        "cafe",
        "Cafe",
        "Cups, chairs and other people's talk.",
        "a busy cafe with cups and quiet chatter",
        _sound(search="cafe"),
    ),
    HouseStation(
        "sound-effects",
        "Sound Effects",
        "Doors, lasers, birds and everything else, one after the other.",
        "a heavy wooden door opens slowly in a stone hall",
        _sound(),
    ),
)


def house_rows() -> Iterator[dict[str, Any]]:
    """In the order of the wall, as the table holds them."""
    for position, one in enumerate(HOUSE, start=1):
        rule = StationRule.model_validate(one.rule)
        facts = {"slug": one.slug, "name": one.name, "description": one.description, "prompt": one.prompt}
        yield {**facts, "rule": rule.as_json(), "position": position, "plays_for_the_room": True}


def add_house_stations(session: Session) -> None:
    for facts in house_rows():
        Station.make(session, rule=StationRule.model_validate(facts.pop("rule")), **facts)
