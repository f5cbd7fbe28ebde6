"""Sounds that come from others: what the request takes along, what is refused, what the page offers."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from soundbox.app import create_app
from soundbox.config import Config
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
        facts = {"recipe": many_ancestors()}
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


def offered(client: FlaskClient, track_id: str) -> set[str]:
    """The relations that the page of a track has buttons for."""
    page = client.get(f"/tracks/{track_id}", headers=HTML).text
    return {"vary", "extend", "reference"} & set(re.findall(r'(?:name="relation" value="|relation=)(\w+)"', page))


def accepted(client: FlaskClient, track_id: str, **more: Any) -> set[str]:
    """The relations that a request gets."""
    body = {"prompt": PROMPT, "duration": 1, "parent": track_id, **more}
    answers = {
        relation: client.post("/generate?dry_run=1", json={**body, "relation": relation}).status_code
        for relation in ("vary", "extend", "reference")
    }
    assert set(answers.values()) <= {200, 400}
    return {relation for relation, status in answers.items() if status == 200}


def many_ancestors() -> dict[str, Any]:
    line = Recipe(PROMPT, 5.0, 1)
    for seed in range(12):
        line = Recipe(PROMPT, 5.0, seed, relation="vary", parent=line)
    return recipes.as_data(line)


@pytest.fixture(scope="module")
def musicgen() -> Path:
    """A folder of models that holds music alone."""
    pytest.importorskip("torch")
    from tests.engines.tiny_musicgen import tiny_musicgen

    return tiny_musicgen(channels=1).parent


@pytest.fixture(scope="module")
def checkpoints() -> Path:
    """One that holds both kinds of MAGNeT, too."""
    pytest.importorskip("torch")
    from tests.engines.tiny_audiocraft import tiny_checkpoints

    return tiny_checkpoints()


@pytest.fixture(scope="module")
def pipelines() -> Path:
    """One that holds what diffusers runs."""
    pytest.importorskip("diffusers")
    from tests.engines.tiny_diffusion import tiny_pipelines

    return tiny_pipelines()


def weighty(config: Config, weights: Path, **more: Any) -> Flask:
    return create_app(
        Config.load(config.instance, database=config.database, worker="none", models=str(weights), **more)
    )


@pytest.mark.parametrize(
    ("facts", "relations"),
    [
        ({}, {"vary", "extend", "reference"}),
        ({"seconds": 180.0}, {"vary", "reference"}),
        ({"engine_version": "0"}, {"vary", "reference"}),
        ({"recipe": many_ancestors()}, set()),
        ({"engine": "MusicGen small"}, {"vary"}),
        ({"kind": "audio", "engine": "Sound Box sound designer"}, {"vary"}),
        ({"kind": "tts", "engine": "espeak-ng"}, set()),
    ],
    ids=["composed", "full", "by an earlier composer", "of a long line", "by weights", "an effect", "speech"],
)
def test_the_page_offers_what_a_request_gets(
    open_app: Flask, owner: FlaskClient, facts: dict[str, Any], relations: set[str]
) -> None:
    track, model = (
        song(open_app, **facts),
        {"music": "music", "audio": "audio", "tts": "tts"}[facts.get("kind", "music")],
    )
    assert offered(owner, track) == accepted(owner, track, model=model) == relations


def test_where_weights_serve_a_model_now_its_composed_tracks_are_offered_what_those_can(
    config: Config, database: None, musicgen: Path
) -> None:
    app = weighty(config, musicgen)
    composed, owner = song(app), app.test_client()
    assert offered(owner, composed) == accepted(owner, composed) == {"vary", "extend"}
    assert "it takes: vary or extend" in asked(owner, composed, "reference").json["error"]


@pytest.mark.parametrize(
    ("model", "kind", "relations"),
    [
        ("ace-step", "music", {"vary", "extend", "reference"}),
        ("stable-audio", "music", {"vary", "extend"}),
        ("stable-audio-effects", "audio", {"vary", "extend"}),
    ],
)
def test_diffusion_offers_what_it_can(
    config: Config, database: None, pipelines: Path, model: str, kind: str, relations: set[str]
) -> None:
    app = weighty(config, pipelines)
    track, owner = song(app, model=model, kind=kind), app.test_client()
    assert offered(owner, track) == accepted(owner, track, model=model) == relations


@pytest.mark.parametrize(("by", "relations"), [("own", {"vary", "extend"}), ("audiocraft", {"vary", "extend"})])
def test_audiocraft_offers_what_the_own_engine_does(
    config: Config, database: None, checkpoints: Path, by: str, relations: set[str]
) -> None:
    app = weighty(config, checkpoints, engine_audio=by)
    effect, owner = song(app, kind="audio", engine="Sound Box sound designer"), app.test_client()
    assert offered(owner, effect) == accepted(owner, effect, model="audio") == relations


def test_a_program_is_told_what_each_model_can_make_of_a_sound(config: Config, database: None, musicgen: Path) -> None:
    models = weighty(config, musicgen).test_client().get("/api/manifest").json["models"]
    told = {model["id"]: (model["relations"], model["own_relations"]) for model in models}
    assert told["music"] == (["vary", "extend"], [])
    assert told["magnet-music"] == (["vary"], ["vary", "extend", "reference"])
    assert told["audio"] == (["vary"], [])


def test_a_variation_is_as_long_as_the_model_can_make_and_keeps_what_it_takes(
    config: Config, database: None, checkpoints: Path
) -> None:
    app = weighty(config, checkpoints)
    kept = {"guidance": 5, "tempo": 70}
    track, owner = song(app, seconds=12.0, model="magnet-music", parameters=kept), app.test_client()
    page = owner.get(f"/tracks/{track}", headers=HTML).text
    form = dict(
        re.findall(r'name="(\w+)"\s+value="([^"]*)"', page.partition("Take it further")[2].partition("</form>")[0])
    )
    assert (
        owner.post(
            "/generate", data={name: html.unescape(value) for name, value in form.items()}, headers=HTML
        ).status_code
        == 303
    )
    wanted = only_request()
    assert (wanted.model, wanted.seconds, dict(wanted.parameters)) == ("magnet-music", 5.0, {"guidance": 5})


def test_a_reference_is_carried_through_the_form(open_app: Flask, owner: FlaskClient) -> None:
    parent = song(open_app)
    page = owner.get(f"/create?model=music&parent={parent}&relation=reference", headers=HTML).text
    assert f'name="parent" value="{parent}"' in page and 'name="relation" value="reference"' in page
    assert f"/tracks/{parent}" in page
