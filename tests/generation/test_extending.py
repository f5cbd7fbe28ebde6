"""A sound that goes on from the samples of another, on an engine that can: what it is given, and where it cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pytest
from flask import Flask
from flask.testing import FlaskClient

from soundbox.engines.catalogue import Catalogue
from soundbox.engines.models import procedural_models
from soundbox.engines.protocol import Done, Event, ModelInfo, Sound, SoundRequest
from soundbox.extensions import db
from soundbox.tracks.models import Track
from tests.jobs.fake import FakeEngine
from tests.making import RATE, make_track
from tests.working import Working, job_now

HTML, JSON = {"Accept": "text/html"}, {"Accept": "application/json"}
MODEL_RATE = 16_000
PROMPT = "peaceful ambient melody"


def continuing() -> ModelInfo:
    music = next(info for info in procedural_models() if info.id == "music")
    return replace(
        music,
        engine="Echo",
        sample_rate=MODEL_RATE,
        channels=1,
        weightless=False,
        relations=("vary", "extend"),
        own_relations=(),
        max_seconds=60.0,
    )


def liking() -> ModelInfo:
    return replace(continuing(), id="ace-step", relations=("vary", "extend", "reference"))


@dataclass
class Echo(FakeEngine):
    """Plays what it is given once more, for as long as it is asked to go on."""

    infos: list[ModelInfo] = field(default_factory=lambda: [continuing(), liking()])

    def _advance(self, job_id: str, request: SoundRequest, steps: int) -> Event:  # noqa: ARG002
        del self.running[job_id]
        more = round(request.seconds * MODEL_RATE)
        before = np.zeros((1, 0), np.float32) if request.start_audio is None else request.start_audio
        again = np.tile(before, (1, 1 + more // max(1, before.shape[1])))[:, :more] if before.shape[1] else before
        if request.reference_audio is not None:
            again = request.reference_audio[:, :more]
        return Done(job_id, Sound(np.concatenate([before, again], axis=1), MODEL_RATE))


@pytest.fixture
def echo(open_app: Flask) -> Echo:
    engine = Echo()
    catalogue = Catalogue([(engine.models(), lambda: engine), (procedural_models(), lambda: FakeEngine())], {})
    open_app.extensions["soundbox_catalogue"] = catalogue
    return engine


@pytest.fixture
def working(open_app: Flask, echo: Echo) -> Iterator[Working]:
    made = Working(open_app)
    yield made
    made.stop()


def asked(client: FlaskClient, parent: str, relation: str = "extend", **more: Any) -> Any:
    body = {"prompt": PROMPT, "duration": 2, "parent": parent, "relation": relation, **more}
    return client.post("/generate", json=body)


def by_weights(app: Flask, **facts: Any) -> str:
    return make_track(app, prompt=PROMPT, engine="Echo", **facts)


def test_the_engine_is_given_the_parents_samples_at_its_own_rate(
    open_app: Flask, owner: FlaskClient, echo: Echo, working: Working
) -> None:
    parent = by_weights(open_app)
    job_id = asked(owner, parent).json["job_id"]
    working.finish(job_id)
    (given,) = echo.submitted
    assert given.relation == "extend" and given.start_audio is not None
    assert given.start_audio.shape == (1, 2 * MODEL_RATE) and RATE != MODEL_RATE
    loudest = np.argmax(np.abs(np.fft.rfft(given.start_audio[0]))) / 2
    assert loudest == pytest.approx(440, abs=1) or loudest == pytest.approx(660, abs=1)
    assert job_now(job_id).status == "completed"
    with db.read() as session:
        track = session.query(Track).filter_by(id=job_id).one()
    assert (track.parent_id, track.relation, track.seconds) == (parent, "extend", 4.0)


def test_what_composers_made_can_go_on_where_weights_have_taken_their_place(
    open_app: Flask, owner: FlaskClient, echo: Echo, working: Working
) -> None:
    composed = make_track(open_app, prompt=PROMPT)
    working.finish(asked(owner, composed).json["job_id"])
    assert echo.submitted[0].start_audio is not None and echo.submitted[0].parent is None


def test_the_family_tree_names_the_extension(open_app: Flask, owner: FlaskClient, working: Working) -> None:
    parent = by_weights(open_app, title="The first minute")
    job_id = asked(owner, parent).json["job_id"]
    working.finish(job_id)
    page = owner.get(f"/tracks/{job_id}", headers=HTML).text
    assert "An extension of" in page and "The first minute" in page and "extension by" in page
    assert owner.get(f"/api/library/{job_id}", headers=JSON).json["relation"] == "extend"


def test_the_page_offers_it_where_the_tracks_model_can_go_on(open_app: Flask, owner: FlaskClient, echo: Echo) -> None:
    page = owner.get(f"/tracks/{by_weights(open_app, seconds=12.0)}", headers=HTML).text
    assert "Extend by 12 s" in page and 'value="extend"' in page


def test_the_page_offers_none_where_it_cannot(open_app: Flask, owner: FlaskClient, echo: Echo) -> None:
    effect = make_track(open_app, kind="audio", engine="Sound Box sound designer", seconds=12.0)
    assert "Extend by" not in owner.get(f"/tracks/{effect}", headers=HTML).text


@pytest.mark.parametrize(
    ("facts", "more", "words"),
    [
        ({"seconds": 59.5}, {}, "may be 60 seconds long"),
        ({"kind": "audio"}, {}, "cannot use relation 'extend'"),
        ({}, {"model": "audio"}, "Sound Box sound designer cannot use relation 'extend'"),
        ({}, {"relation": "reference"}, "it takes: vary or extend"),
    ],
)
def test_what_cannot_go_on_is_refused_in_words(
    open_app: Flask, owner: FlaskClient, echo: Echo, facts: dict[str, Any], more: dict[str, Any], words: str
) -> None:
    answer = asked(owner, by_weights(open_app, **facts), **more)
    assert answer.status_code == 400 and words in answer.json["error"]


@pytest.mark.parametrize(
    ("relation", "words"),
    [
        ("extend", "The sound that was to be extended is not there any more."),
        ("reference", "The sound that this one was to be like is not there any more."),
    ],
)
def test_a_parent_that_has_gone_meanwhile_fails_in_words(
    open_app: Flask, owner: FlaskClient, echo: Echo, working: Working, relation: str, words: str
) -> None:
    parent = by_weights(open_app, model="ace-step")
    job_id = asked(owner, parent, relation, model="ace-step").json["job_id"]
    assert owner.delete(f"/api/library/{parent}").status_code == 200
    working.finish(job_id)
    assert job_now(job_id).error == words
    assert echo.submitted == []


def test_an_engine_that_makes_sounds_like_another_is_given_that_one(
    open_app: Flask, owner: FlaskClient, echo: Echo, working: Working
) -> None:
    composed = make_track(open_app, prompt=PROMPT, model="ace-step")
    assert "Use as reference" in owner.get(f"/tracks/{composed}", headers=HTML).text
    job_id = asked(owner, composed, "reference", model="ace-step", prompt="slow rain").json["job_id"]
    working.finish(job_id)
    (given,) = echo.submitted
    assert (given.relation, given.start_audio, given.parent) == ("reference", None, None)
    assert given.reference_audio is not None and given.reference_audio.shape == (1, 2 * MODEL_RATE)
    with db.read() as session:
        track = session.query(Track).filter_by(id=job_id).one()
    assert (track.parent_id, track.relation, track.seconds) == (composed, "reference", 2.0)


def test_a_variation_takes_no_samples_along(open_app: Flask, owner: FlaskClient, echo: Echo, working: Working) -> None:
    job_id = asked(owner, by_weights(open_app), "vary").json["job_id"]
    working.worker.nudge()
    working.worker.step()
    assert [request.start_audio for request in echo.submitted if request.job_id == job_id] == [None]
