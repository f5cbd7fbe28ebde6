"""Asking for a sound with a preset: what the request leaves open is the preset's, and it reaches the engine."""

from __future__ import annotations

from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from soundbox.app import create_app
from soundbox.config import Config
from soundbox.engines.protocol import SoundRequest
from soundbox.extensions import db
from soundbox.jobs.models import Job
from soundbox.presets.house import BUILT_IN
from tests.working import Working

LATIN = BUILT_IN["latin_rock"]
HTML = {"Accept": "text/html"}


def job_of(answer) -> Job:
    assert answer.status_code in (201, 303), answer.text
    with db.read() as session:
        return session.scalars(select(Job).order_by(Job.seq.desc())).first()


def asked(client: FlaskClient, **body: object) -> Job:
    return job_of(client.post("/generate", json={"preset": "latin_rock", **body}))


def test_its_words_come_before_what_was_typed_and_the_rest_is_its_own(owner: FlaskClient) -> None:
    job = asked(owner, prompt="with saxophone solo")
    assert job.prompt == f"{LATIN['prompt_base']}, with saxophone solo"
    assert (job.seconds, job.seed, job.seed_named, job.model, job.preset) == (12, 42, True, "music", "latin_rock")


def test_it_needs_no_other_words(owner: FlaskClient) -> None:
    assert asked(owner).prompt == LATIN["prompt_base"]


def test_a_request_overrides_whatever_it_names(owner: FlaskClient) -> None:
    job = asked(owner, duration=3, seed=7, model="audio")
    assert (job.seconds, job.seed, job.model, job.parameters) == (3, 7, "audio", {})


def test_the_suggested_tempo_reaches_the_composer_unless_another_is_named(owner: FlaskClient) -> None:
    assert asked(owner).parameters == {"tempo": 120}
    assert asked(owner, prompt="but at 90 bpm").parameters == {"tempo": 90}
    assert asked(owner, parameters={"tempo": 100}).parameters == {"tempo": 100}


def test_the_composer_plays_it_at_that_tempo_and_the_track_remembers_its_preset(
    open_app: Flask, owner: FlaskClient
) -> None:
    answer = owner.post("/generate", json={"preset": "trap_808", "duration": 2})
    working = Working(open_app)
    working.finish(answer.json["job_id"])
    working.stop()
    track = owner.get(f"/api/library/{answer.json['job_id']}").json
    assert (track["tempo"], track["seed"], track["preset"]) == (140, 808, "trap_808")
    assert owner.get(f"/job/{answer.json['job_id']}").json["preset"] == "trap_808"


def test_speech_needs_words_of_ones_own(owner: FlaskClient) -> None:
    refused = owner.post("/generate", json={"preset": "announcer"})
    assert (refused.status_code, refused.json["error"]) == (400, "Prompt is required")
    job = asked(owner, preset="announcer", prompt="The doors are closing")
    assert (job.prompt, job.model, job.parameters["rate"]) == ("The doors are closing", "tts", 150)


def test_an_unknown_preset_says_what_to_do(owner: FlaskClient) -> None:
    refused = owner.post("/generate", json={"preset": "loud", "prompt": "x"})
    assert refused.status_code == 400
    assert refused.json["error"] == "There is no preset 'loud'; /api/presets lists those there are"


@pytest.mark.parametrize("preset", ["a\0b", "x" * 64, "Latin_Rock", "../built_in"])
def test_odd_names_of_presets_are_unknown(owner: FlaskClient, preset: str) -> None:
    assert owner.post("/generate", json={"preset": preset, "prompt": "x"}).status_code == 400


def test_words_that_leave_no_room_are_refused(owner: FlaskClient) -> None:
    refused = owner.post("/generate", json={"preset": "latin_rock", "prompt": "x" * 450})
    assert refused.status_code == 400 and "at most 500" in refused.json["error"]


def test_a_form_with_an_empty_seed_asks_for_any(owner: FlaskClient) -> None:
    named = job_of(owner.post("/generate", data={"preset": "latin_rock"}, headers=HTML))
    open_ = job_of(owner.post("/generate", data={"preset": "latin_rock", "seed": ""}, headers=HTML))
    assert (named.seed_named, open_.seed_named) == (True, False)


def test_a_length_beyond_the_tier_is_shortened_only_where_nobody_named_it(cast: dict[str, FlaskClient]) -> None:
    longer = {"name": "Long", "prompt_base": "slow bells", "suggested_duration": 90}
    kept = cast["ada"].post("/api/presets", json=longer).json["slug"]
    assert asked(cast["ada"], preset=kept).seconds == 30
    assert cast["ada"].post("/generate", json={"preset": kept, "duration": 90}).status_code == 400


def test_a_field_that_names_a_parameter_outranks_the_preset(owner: FlaskClient) -> None:
    assert asked(owner, tempo=96).parameters == {"tempo": 96}
    job = asked(owner, preset="announcer", prompt="The doors are closing", rate=200)
    assert (job.parameters["rate"], job.parameters["voice"]) == (200, "en-us")


def test_its_seed_and_parameters_reach_a_model_with_weights(
    config: Config, database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("torch")
    from soundbox.engines.transformer.engine import TransformerEngine
    from tests.engines.tiny_musicgen import tiny_musicgen

    submit, heard = TransformerEngine.submit, []

    def hear(engine: TransformerEngine, request: SoundRequest) -> None:
        heard.append(request)
        submit(engine, request)

    monkeypatch.setattr(TransformerEngine, "submit", hear)
    weights = str(tiny_musicgen(channels=1).parent)
    app = create_app(Config.load(config.instance, database=config.database, worker="none", models=weights))
    answer = app.test_client().post("/api/v1/ghost/job", json={"preset": "latin_rock", "duration": 1})
    job_id, working = UUID(answer.json["job_id"]).hex, Working(app)
    working.begin(job_id)
    working.stop()
    assert (heard[0].job_id, heard[0].seed, heard[0].parameters) == (job_id, 42, LATIN["parameters"])
    assert LATIN["parameters"] == {"temperature": 1.0, "top_k": 250, "top_p": 0.9}
