"""Pipelines of diffusers that go on from a sound: what they hear and keep of it, who goes alone, what is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from soundbox.engines.catalogue import Catalogue
from soundbox.engines.diffusion.engine import DiffusionEngine
from soundbox.engines.diffusion.models import find_pipelines
from soundbox.engines.protocol import Done, EngineError, Event, Samples, SoundRequest
from soundbox.jobs.residency import Residency
from tests.engines.tiny_diffusion import tiny_pipelines

RATES = {"ace-step": 48_000, "stable-audio": 44_100, "stable-audio-effects": 44_100}
SECONDS = 0.5
pytestmark = pytest.mark.parametrize("model", ["ace-step", "stable-audio"])


@pytest.fixture
def engine(model: str) -> DiffusionEngine:
    found = next(found for found in find_pipelines(tiny_pipelines(), "cpu") if model in found.family.models)
    engine = DiffusionEngine(found, together=2)
    engine.load(model)
    return engine


def start(model: str, seconds: float = 1.003, seed: int = 3) -> Samples:
    frames = round(seconds * RATES[model])
    return np.random.default_rng(seed).normal(0, 0.02, (2, frames)).astype(np.float32)


def longer(model: str, job_id: str = "a", **more: Any) -> SoundRequest:
    asked: dict[str, Any] = {"relation": "extend", "start_audio": start(model), **more}
    return SoundRequest(job_id, model, "calm piano", asked.pop("seconds", SECONDS), asked.pop("seed", 7), **asked)


def made(engine: DiffusionEngine, *requests: SoundRequest) -> dict[str, Samples]:
    for request in requests:
        engine.submit(request)
    told: list[Event] = []
    while events := engine.step():
        told += events
    return {event.job_id: event.sound.samples for event in told if isinstance(event, Done)}


def test_the_start_stays_as_it_was_at_its_own_level_up_to_a_moment_before_the_joint(
    engine: DiffusionEngine, model: str
) -> None:
    sound, rate = made(engine, longer(model))["a"], RATES[model]
    joint = start(model).shape[1]

    assert sound.shape == (2, joint + round(SECONDS * rate))
    assert np.abs(sound).max() < 1  # so that nothing had to be turned down
    own = joint - round(rate / 30)
    assert np.array_equal(sound[:, :own], start(model)[:, :own])
    assert np.abs(sound[:, joint:]).max() > 0.01


def test_what_follows_is_another_after_another_start_and_by_another_seed(engine: DiffusionEngine, model: str) -> None:
    joint = start(model).shape[1]
    first, again, after_another, by_another = (
        made(engine, longer(model, **more))["a"][:, joint:]
        for more in ({}, {}, {"start_audio": start(model, seed=4)}, {"seed": 8})
    )

    assert np.array_equal(first, again)
    assert not np.array_equal(first, after_another) and not np.array_equal(first, by_another)


def test_what_others_draw_from_torch_meanwhile_changes_nothing(engine: DiffusionEngine, model: str) -> None:
    alone = made(engine, longer(model))["a"]
    torch.manual_seed(1234)

    engine.submit(longer(model))
    told: list[Event] = []
    while events := engine.step():
        torch.rand(5)
        told += events
    assert isinstance(told[-1], Done) and np.array_equal(told[-1].sound.samples, alone)


def test_each_goes_on_alone_and_others_do_not_hear_it(engine: DiffusionEngine, model: str) -> None:
    plain = SoundRequest("plain", model, "calm piano", SECONDS, 7)
    requests = [longer(model, "a", seed=1), longer(model, "b", seed=1, start_audio=start(model, seed=4))]
    alone = {request.job_id: made(engine, request)[request.job_id] for request in requests}
    alone["plain"] = made(engine, plain)["plain"]

    engine.submit(requests[0])
    together = made(engine, requests[1])
    together |= made(engine, plain)
    assert all(np.array_equal(together[job_id], sound) for job_id, sound in alone.items())


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"start_audio": None}, "no sound to go on from"),
        ({"start_audio": np.zeros((2, 0), np.float32)}, "too short"),
        ({"seconds": 379.5}, "longer than this model can make"),
    ],
)
def test_what_cannot_go_on_is_refused_in_words_and_takes_no_slot(
    engine: DiffusionEngine, model: str, more: dict[str, Any], words: str
) -> None:
    if "seconds" in more and model == "ace-step":
        more = {"seconds": 599.5}
    with pytest.raises(EngineError, match=words):
        engine.submit(longer(model, **more))
    assert engine.room(model) == 2


def test_models_of_one_folder_are_loaded_once(model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    loads: list[str] = []
    load = DiffusionEngine.load
    monkeypatch.setattr(DiffusionEngine, "load", lambda *asked: (loads.append(asked[1]), load(*asked))[1])
    residency = Residency(Catalogue.build(weights=tiny_pipelines()))
    others = residency.models[model].shares

    for asked in (model, *others, model):
        residency.make_ready(asked)
    assert loads == [model] and residency.loaded == [model, *others]
    assert all(residency.room([model])[other] == 2 for other in others)
    residency.make_ready("stable-audio" if model == "ace-step" else "ace-step")
    assert residency.room([])[model] == 2 and model not in residency.loaded
