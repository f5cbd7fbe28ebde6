"""Sounds that come from others: what the request takes along, what is refused, what the page offers."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from soundbox.engines.models import procedural_models
from soundbox.engines.procedural import recipes
from soundbox.engines.protocol import Recipe
from soundbox.extensions import db
from soundbox.jobs.claims import Claim
from soundbox.jobs.models import Job
from soundbox.jobs.takes import request_for
from tests.making import make_track

HTML = {"Accept": "text/html"}
VERSION = procedural_models()[0].engine_version
PROMPT = "peaceful ambient melody"


def song(app: Flask, **facts: Any) -> str:
    return make_track(app, prompt=PROMPT, **{"engine_version": VERSION, "seconds": 12.0, **facts})


def asked(client: FlaskClient, parent: str, relation: str, **more: Any) -> Any:
    body = {"prompt": PROMPT, "duration": 10, "parent": parent, "relation": relation, **more}
    return client.post("/generate", json=body)


def only_request() -> Any:
    """What the worker will ask the engine for."""
    with db.read() as session:
        return request_for(Claim(session.scalars(select(Job)).one(), 1))


@pytest.mark.parametrize("relation", ["vary", "extend", "reference"])
def test_the_parents_recipe_goes_along(open_app: Flask, owner: FlaskClient, relation: str) -> None:
    parent = song(open_app, seed=41, parameters={"tempo": 70})
    assert asked(owner, parent, relation).status_code == 201
    wanted = only_request()
    assert wanted.relation == relation
    assert wanted.parent == Recipe(PROMPT, 12.0, 41, False, {"tempo": 70})


def test_a_kept_recipe_counts_more_than_what_a_row_says(open_app: Flask, owner: FlaskClient) -> None:
    grandparent = Recipe("house", 20.0, 1, True)
    kept = Recipe("deep house", 10.0, 5, False, {}, "extend", grandparent)
    asked(owner, song(open_app, recipe=recipes.as_data(kept), seconds=30.0), "reference", prompt="soft house")
    assert only_request().parent == kept


def test_a_variation_in_other_words_refers_to_its_parent(open_app: Flask, owner: FlaskClient) -> None:
    asked(owner, song(open_app), "vary", prompt="dark techno")
    assert only_request().relation == "reference"


def test_after_an_older_engine_tempo_and_key_are_named(open_app: Flask, owner: FlaskClient) -> None:
    parent = song(open_app, engine_version="0", tempo=71.5, key="D dorian")
    asked(owner, parent, "vary")
    assert only_request().parent.parameters == {"tempo": 71.5, "key": "D dorian"}
    refused = asked(owner, parent, "extend")
    assert (refused.status_code, "earlier version" in refused.json["error"]) == (400, True)


def test_an_effect_is_only_made_again(open_app: Flask, owner: FlaskClient) -> None:
    effect = song(open_app, kind="audio", engine="Sound Box sound designer")
    assert asked(owner, effect, "vary", model="audio").status_code == 201
    assert only_request().parent is None
    for relation in ("extend", "reference"):
        assert asked(owner, effect, relation, model="audio").status_code == 400


@pytest.mark.parametrize(
    ("facts", "more", "words"),
    [
        ({"seconds": 175.0}, {}, "may be 180 seconds long"),
        ({}, {"model": "audio"}, "cannot use relation 'extend'"),
        ({"engine": "MusicGen small"}, {}, "cannot use relation 'extend'"),
        ({"recipe": "too many"}, {}, "too many ancestors"),
    ],
)
def test_what_cannot_be_extended_is_refused_in_words(
    open_app: Flask, owner: FlaskClient, facts: dict[str, Any], more: dict[str, Any], words: str
) -> None:
    if facts.get("recipe"):
        line = Recipe(PROMPT, 5.0, 1)
        for seed in range(12):
            line = Recipe(PROMPT, 5.0, seed, relation="vary", parent=line)
        facts = {"recipe": recipes.as_data(line)}
    answer = asked(owner, song(open_app, **facts), "extend", **more)
    assert answer.status_code == 400
    assert words in answer.json["error"]


def test_a_strangers_private_track_gives_nothing(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    private = make_track(public_app, "ada", visibility="private")
    assert asked(cast["dov"], private, "reference").json["error"] == "The parent track was not found"


def test_the_page_of_a_composed_track_offers_all_three(open_app: Flask, owner: FlaskClient) -> None:
    page = owner.get(f"/tracks/{song(open_app)}", headers=HTML).text
    for words in ("Make a variation", "Extend by 12 s", "Use as reference"):
        assert words in page


def test_the_page_of_an_effect_offers_a_variation_alone(open_app: Flask, owner: FlaskClient) -> None:
    effect = song(open_app, kind="audio", engine="Sound Box sound designer")
    page = owner.get(f"/tracks/{effect}", headers=HTML).text
    assert "Make a variation" in page
    assert "Extend by" not in page and "Use as reference" not in page


def test_a_reference_is_carried_through_the_form(open_app: Flask, owner: FlaskClient) -> None:
    parent = song(open_app)
    page = owner.get(f"/create?model=music&parent={parent}&relation=reference", headers=HTML).text
    assert f'name="parent" value="{parent}"' in page and 'name="relation" value="reference"' in page
    assert f"/tracks/{parent}" in page
