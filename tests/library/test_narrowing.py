"""What the library's page offers to narrow it by: every choice with its count, and none that is made gets lost."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from tests.making import make_track

HTML = {"Accept": "text/html"}


def page(client: FlaskClient, **query: Any) -> str:
    return unescape(client.get("/library", query_string=query, headers=HTML).text)


def options(text: str, name: str) -> dict[str, str]:
    """The choices of a field: their words by their values."""
    [field] = re.findall(rf'<select[^>]*name="{name}".*?</select>', text, re.S)
    return dict(re.findall(r'<option value="([^"]*)"[^>]*>\s*(.*?)\s*</option>', field, re.S))


def test_every_choice_tells_how_many_tracks_it_alone_leaves(open_app: Flask, owner: FlaskClient) -> None:
    first = make_track(open_app, prompt="80s synthwave drive", loop=True)
    make_track(open_app, prompt="rain on a roof", kind="audio", licence="CC-BY-NC-4.0", commercial_use=False)
    make_track(open_app, prompt="rain and thunder", kind="audio", parent_id=first, relation="vary")
    text = page(owner)
    assert options(text, "model") == {
        "": "Every kind",
        "music": "Music (1)",
        "audio": "Sound effects (2)",
        "tts": "Speech (0)",
    }
    assert options(text, "licence") == {"": "Any licence", "CC-BY-NC-4.0": "CC-BY-NC-4.0 (1)", "CC0-1.0": "CC0-1.0 (2)"}
    assert options(text, "category")["rain"] == "Rain (2)"
    for words in ("Loops only (1)", "Free for commercial use (2)", "Made from another (1)"):
        assert words in text
    for name, value, count in (("licence", "CC0-1.0", 2), ("category", "rain", 2), ("loop", 1, 1), ("is_remix", 1, 1)):
        assert owner.get("/api/library", query_string={name: value}).json["total"] == count, name


def test_every_category_that_has_tracks_is_offered_by_name(open_app: Flask, owner: FlaskClient) -> None:
    keys = ["ambient", "bell", "blues", "cat", "celtic", "crowd", "dog", "door", "drone", "fire", "glass", "jazz"]
    keys += ["lofi", "metal", "piano", "rain", "thunder", "trance", "wind", "wood"]
    for key in keys:
        make_track(open_app, categories=[key])
    assert list(options(page(owner), "category")) == ["", *keys]


def test_what_was_asked_for_stays_chosen_though_nothing_has_it(open_app: Flask, owner: FlaskClient) -> None:
    make_track(open_app)
    text = page(owner, category="drum_and_bass", licence="CC-BY-4.0", parent="a" * 32)
    assert options(text, "category")["drum_and_bass"] == "Drum And Bass (0)"
    for chosen in ('value="drum_and_bass" selected', "<option selected>CC-BY-4.0", f'name="parent" value="{"a" * 32}"'):
        assert chosen in text


def test_a_narrowed_list_can_be_made_whole_again(open_app: Flask, owner: FlaskClient) -> None:
    make_track(open_app, loop=True)
    assert "Clear filters" in page(owner, loop=1)
    assert "Clear filters" not in page(owner, sort="rating")


def test_an_admin_is_not_told_that_anothers_track_is_theirs(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    path = f"/tracks/{make_track(public_app, 'ada')}"
    assert "<h2>Yours</h2>" in cast["ada"].get(path, headers=HTML).text
    assert "<h2>Yours</h2>" not in cast["cleo"].get(path, headers=HTML).text
