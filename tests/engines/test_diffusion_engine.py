"""Pipelines of diffusers behind the protocol: steps, seeds, batches, and what ACE-Step may be asked for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from soundbox.engines.catalogue import Catalogue
from soundbox.engines.diffusion.engine import DiffusionEngine
from soundbox.engines.diffusion.models import find_pipelines
from soundbox.engines.protocol import Done, EngineError, Event, Failed, Progress, Samples, SoundRequest
from tests.engines.tiny_diffusion import tiny_pipelines

SECONDS = 0.5


@pytest.fixture(scope="module")
def weights() -> Path:
    return tiny_pipelines()


def engine_of(weights: Path, model: str) -> DiffusionEngine:
    found = next(found for found in find_pipelines(weights, "cpu") if model in found.family.models)
    engine = DiffusionEngine(found, together=2)
    engine.load(model)
    return engine


@pytest.fixture
def ace_step(weights: Path) -> DiffusionEngine:
    return engine_of(weights, "ace-step")


@pytest.fixture
def stable_audio(weights: Path) -> DiffusionEngine:
    return engine_of(weights, "stable-audio")


def song(job_id: str = "a", prompt: str = "calm piano", seed: int = 7, **parameters: Any) -> SoundRequest:
    return SoundRequest(job_id, "ace-step", prompt, SECONDS, seed, parameters=parameters)


def to_the_end(engine: DiffusionEngine) -> list[Event]:
    told: list[Event] = []
    while events := engine.step():
        told += events
    return told


def made(engine: DiffusionEngine, *requests: SoundRequest) -> dict[str, Samples]:
    for request in requests:
        engine.submit(request)
    return {event.job_id: event.sound.samples for event in to_the_end(engine) if isinstance(event, Done)}


def alike(one: Samples, other: Samples) -> bool:
    """Sums of a batch may be rounded otherwise than alone."""
    return np.allclose(one, other, atol=1e-5)


def test_each_step_of_denoising_is_told(ace_step: DiffusionEngine) -> None:
    ace_step.submit(song())

    told = to_the_end(ace_step)
    assert [event.text for event in told if isinstance(event, Progress)] == [f"step {n} of 8" for n in range(1, 9)]
    assert isinstance(told[-1], Done)


def test_the_catalogue_serves_each_model_by_its_own_folder(weights: Path) -> None:
    catalogue = Catalogue.build(weights=weights)
    song, music, effects = (catalogue.find(name) for name in ("ace-step", "stable-audio", "stable-audio-effects"))

    assert song and music and effects
    assert (song.engine, song.sample_rate, song.weights_licence, song.licence) == (
        "ACE-Step 1.5",
        48000,
        "MIT",
        "CC0-1.0",
    )
    assert (music.kind, effects.kind, effects.engine) == ("music", "audio", "Stable Audio 3")
    assert song.commercial_use and not music.commercial_use
    assert catalogue.engine_for("stable-audio") is catalogue.engine_for("stable-audio-effects")
    assert catalogue.engine_for("ace-step").models() == [song]


@pytest.mark.parametrize(
    "parameters",
    [{"lyrics": "[verse]\nrain comes down"}, {"tempo": 120}, {"key": "A minor"}, {"lyrics": "x", "language": "de"}],
)
def test_what_a_song_is_asked_to_be_changes_it(ace_step: DiffusionEngine, parameters: dict[str, Any]) -> None:
    plain = made(ace_step, song(**({"lyrics": "x"} if "language" in parameters else {})))["a"]

    assert not np.array_equal(made(ace_step, song(**parameters))["a"], plain)


def like(seed: int, job_id: str = "a", model: str = "ace-step") -> SoundRequest:
    """The same song after one sound or another, which lasts less than half a minute."""
    heard = np.random.default_rng(seed).normal(0, 0.3, (2, 40_000)).astype(np.float32)
    return SoundRequest(job_id, model, "calm piano", SECONDS, 7, relation="reference", reference_audio=heard)


def test_a_song_is_another_after_each_sound_it_is_to_be_like(ace_step: DiffusionEngine) -> None:
    plain, after_one, after_another = (made(ace_step, request)["a"] for request in (song(), like(1), like(2)))
    torch.manual_seed(1234)

    together = made(ace_step, like(1, "one"), like(2, "another"))
    assert np.array_equal(together["one"], after_one) and np.array_equal(together["another"], after_another)
    assert not np.array_equal(after_one, after_another) and not np.array_equal(after_one, plain)


def test_stable_audio_is_like_no_sound_and_ace_step_needs_one(
    ace_step: DiffusionEngine, stable_audio: DiffusionEngine
) -> None:
    with pytest.raises(EngineError, match="Stable Audio 3 cannot take a sound as a reference"):
        stable_audio.submit(like(1, model="stable-audio"))
    with pytest.raises(EngineError, match="no sound to be like"):
        ace_step.submit(replace(like(1), reference_audio=None))


def test_takes_of_one_prompt_are_made_together_and_come_out_as_alone(ace_step: DiffusionEngine) -> None:
    alone = [made(ace_step, song(seed=seed))["a"] for seed in (1, 2)]
    ace_step.submit(song("a", seed=1))
    ace_step.submit(song("b", seed=2))

    first = ace_step.step()
    assert [event.job_id for event in first] == ["a", "b"]
    sounds = {event.job_id: event.sound.samples for event in to_the_end(ace_step) if isinstance(event, Done)}
    assert alike(sounds["a"], alone[0]) and alike(sounds["b"], alone[1]) and not alike(*alone)


def test_another_prompt_waits_for_the_next_batch_and_comes_out_as_alone(ace_step: DiffusionEngine) -> None:
    alone = made(ace_step, song(prompt="rock"))["a"]

    together = made(ace_step, song("b", prompt="a very long prompt about rain"), song("a", prompt="rock"))
    assert np.array_equal(together["a"], alone)


def test_other_prompts_of_one_length_share_a_batch_where_texts_are_masked(stable_audio: DiffusionEngine) -> None:
    requests = [
        SoundRequest("a", "stable-audio", "rain", SECONDS, 1),
        SoundRequest("b", "stable-audio", "a very long prompt about pianos", SECONDS, 2),
    ]
    alone = [made(stable_audio, request)[request.job_id] for request in requests]
    for request in requests:
        stable_audio.submit(request)

    assert len(stable_audio.step()) == 2
    sounds = {event.job_id: event.sound.samples for event in to_the_end(stable_audio) if isinstance(event, Done)}
    assert alike(sounds["a"], alone[0]) and alike(sounds["b"], alone[1]) and not alike(*alone)


def test_who_leaves_a_batch_is_not_heard_of_again_and_the_others_go_on(ace_step: DiffusionEngine) -> None:
    alone = made(ace_step, song(seed=2))["a"]
    ace_step.submit(song("gone", seed=1))
    ace_step.submit(song("b", seed=2))
    ace_step.step()
    ace_step.cancel("gone")

    told = to_the_end(ace_step)
    assert {event.job_id for event in told} == {"b"}
    assert isinstance(told[-1], Done) and alike(told[-1].sound.samples, alone)


def test_a_pipeline_that_nobody_waits_for_is_stopped_between_two_steps(
    ace_step: DiffusionEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []
    transformer = ace_step._pipeline._pipeline.transformer
    monkeypatch.setattr(
        transformer, "forward", lambda *a, _own=transformer.forward, **k: (calls.append(1), _own(*a, **k))[1]
    )
    ace_step.submit(song())
    ace_step.step()
    ace_step.cancel("a")

    assert (ace_step.step(), len(calls)) == ([], 1)


def test_a_pipeline_that_stands_still_leaves_gradients_to_others_as_they_were(ace_step: DiffusionEngine) -> None:
    ace_step.submit(song())
    ace_step.step()

    assert torch.is_grad_enabled()
    ace_step.cancel("a")
    assert torch.is_grad_enabled()


def test_where_memory_runs_out_fewer_are_made_at_once_and_nobody_is_lost(
    ace_step: DiffusionEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = made(ace_step, song(seed=2))["a"]
    transformer = ace_step._pipeline._pipeline.transformer
    own = transformer.forward

    def forward(hidden_states: torch.Tensor, **others: Any) -> Any:
        if len(hidden_states) > 1:
            raise torch.OutOfMemoryError
        return own(hidden_states, **others)

    monkeypatch.setattr(transformer, "forward", forward)
    sounds = made(ace_step, song("a", seed=1), song("b", seed=2))
    assert set(sounds) == {"a", "b"} and np.array_equal(sounds["b"], alone)

    ace_step.submit(song("a"))
    ace_step.submit(song("b"))
    assert [event.job_id for event in ace_step.step()] == ["a"]


def test_what_breaks_a_pipeline_is_told_to_all_who_were_in_it(
    ace_step: DiffusionEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forward(*_: Any, **__: Any) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(ace_step._pipeline._pipeline.transformer, "forward", forward)
    ace_step.submit(song())
    assert to_the_end(ace_step) == [Failed("a", "ACE-Step 1.5 stumbled over this request.")]
    assert ace_step.room("ace-step") == 2


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"language": "xx"}, "no language"),
        ({"tempo": 9999}, "tempo"),
        ({"key": "H"}, "no key"),
        ({"lyrics": 5}, "lyrics"),
    ],
)
def test_what_cannot_be_sung_is_refused_at_once(
    ace_step: DiffusionEngine, parameters: dict[str, Any], words: str
) -> None:
    with pytest.raises(EngineError, match=words):
        ace_step.submit(song(**parameters))


def test_a_folder_that_lost_a_part_is_not_offered(weights: Path, tmp_path: Path) -> None:
    for model in ("ace-step", "stable-audio"):
        (tmp_path / model).mkdir()
        (tmp_path / model / "model_index.json").write_text((weights / model / "model_index.json").read_text())

    assert find_pipelines(tmp_path, "cpu") == []


def test_broken_weights_are_named(weights: Path, tmp_path: Path) -> None:
    import shutil

    folder = tmp_path / "ace-step"
    shutil.copytree(weights / "ace-step", folder)
    (folder / "vae" / "diffusion_pytorch_model.safetensors").write_bytes(b"nonsense")

    with pytest.raises(EngineError, match="The weights in ace-step cannot be read"):
        engine_of(tmp_path, "ace-step")
