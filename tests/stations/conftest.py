"""A library with a little of everything, and the stations of the house."""

from __future__ import annotations

import pytest
from flask import Flask

from soundbox.extensions import db
from soundbox.stations.house import add_house_stations
from tests.making import make_track

DAY_MS = 86_400_000
PROMPTS = {
    "pad": ("slow ambient pads", "music", {"loop": True}),
    "drone": ("a dark drone", "music", {"tempo": 60.0, "favorites": 3}),
    "piano": ("quiet piano", "music", {"tempo": 90.0, "upvotes": 4}),
    "lofi": ("lofi beats", "music", {"tempo": 76.0, "seconds": 4.0}),
    "rain": ("rain on a roof", "audio", {"loop": True, "favorites": 5}),
    "thunder": ("thunder far away", "audio", {"seconds": 5.0}),
    "laser": ("a laser gun", "audio", {"upvotes": 1}),
}


@pytest.fixture
def house(open_app: Flask) -> Flask:
    with db.write() as session:
        add_house_stations(session)
    return open_app


@pytest.fixture
def library(house: Flask) -> dict[str, str]:
    """Ids by name. Random keys far apart, so that draws could miss none for its place."""
    return {
        name: make_track(house, prompt=prompt, kind=kind, random_key=place << 58, **facts)
        for place, (name, (prompt, kind, facts)) in enumerate(PROMPTS.items(), start=1)
    }
