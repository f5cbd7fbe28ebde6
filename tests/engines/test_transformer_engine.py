"""The engine of models with weights: who shares a batch, whose memory runs out, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch

from soundbox.engines.protocol import Done, EngineError, Event, Failed, Progress, SoundRequest
from soundbox.engines.transformer.batch import Batch
from soundbox.engines.transformer.beside import Beside, Pending
from soundbox.engines.transformer.decoder import Decoder
from soundbox.engines.transformer.engine import TransformerEngine
from soundbox.engines.transformer.take import Take
from tests.engines.tiny_musicgen import SAMPLE_RATE


@pytest.fixture
def engine(tiny_musicgen: Path) -> TransformerEngine:
    engine = TransformerEngine(tiny_musicgen, dtype=torch.float32)
    engine.load("music")
    return engine


def wish(job_id: str = "a", seconds: float = 0.5, seed: int = 1, **more) -> SoundRequest:
    return SoundRequest(job_id, "music", "calm piano", seconds, seed, **more)


def finish(engine: TransformerEngine, *requests: SoundRequest) -> dict[str, Event]:
    """How each ends."""
    for request in requests:
        engine.submit(request)
    ends: dict[str, Event] = {}
    for _ in range(10_000):
        events = engine.step()
        if not events:
            return ends
        ends |= {event.job_id: event for event in events if isinstance(event, Done | Failed)}
    raise AssertionError("the engine never came to an end")


def samples(end: Event) -> np.ndarray:
    assert isinstance(end, Done), end
    return end.sound.samples


def out_of_memory_once(monkeypatch: pytest.MonkeyPatch, owner: type, method: str, times: int = 1) -> None:
    """Memory runs out in the next calls of a method: no machine does so when it is asked to."""
    works: Callable = getattr(owner, method)
    left = [times]

    def scarce(*given, **named):
        if left[0]:
            left[0] -= 1
            raise torch.OutOfMemoryError("no memory left")
        return works(*given, **named)

    monkeypatch.setattr(owner, method, scarce)


def test_a_seed_decides_and_another_one_makes_another_sound(engine):
    ends = finish(engine, wish("a"), wish("b"), wish("c", seed=2))

    assert np.array_equal(samples(ends["a"]), samples(ends["b"]))
    assert not np.array_equal(samples(ends["a"]), samples(ends["c"]))


def test_a_newcomer_finishes_before_a_longer_sound_that_was_first(engine):
    alone = samples(finish(engine, wish("long", 2.0))["long"])
    engine.submit(wish("long", 2.0))
    for _ in range(10):
        engine.step()

    ends = finish(engine, wish("short", 0.5, seed=2))
    assert list(ends) == ["short", "long"]
    assert np.array_equal(samples(ends["long"]), alone)


def test_cancelling_one_leaves_the_others_as_they_would_be(engine):
    alone = samples(finish(engine, wish("b", seed=2))["b"])
    engine.submit(wish("a"))
    engine.submit(wish("b", seed=2))
    for _ in range(5):
        engine.step()

    engine.cancel("a")
    ends = finish(engine)
    assert set(ends) == {"b"} and np.array_equal(samples(ends["b"]), alone)


def test_a_sound_whose_pieces_come_late_from_the_codec_is_the_same(engine, monkeypatch):
    requests = [wish("a", 3.0), wish("b", 2.0, seed=2)]
    expected = finish(engine, *requests)

    class Late(Pending):
        """As from a GPU that is busy: not there when it is asked for first."""

        asked = 0

        def result(self, wait: bool = False) -> torch.Tensor | None:
            self.asked += 1
            return super().result(wait) if wait or self.asked > 3 else None

    monkeypatch.setattr(Beside, "begin", lambda _, work, *__: Late(work()))
    late = finish(engine, *requests)
    assert all(np.array_equal(samples(late[job]), samples(expected[job])) for job in ("a", "b"))


@pytest.mark.parametrize(("owner", "method"), [(Decoder, "next"), (Take, "begin"), (Take, "turn_into_samples")])
def test_when_memory_runs_out_fewer_sounds_are_made_at_once_and_nobody_fails(engine, monkeypatch, owner, method):
    requests = [wish(str(seed), seed=seed) for seed in range(3)]
    expected = finish(engine, *requests)
    before = engine.room("music")

    out_of_memory_once(monkeypatch, owner, method)
    ends = finish(engine, *requests)
    assert engine.room("music") < before
    for job_id, end in ends.items():
        assert np.array_equal(samples(end), samples(expected[job_id]))
    assert len(ends) == 3


def test_a_sound_for_which_memory_never_suffices_fails_alone_and_in_words(engine, monkeypatch):
    out_of_memory_once(monkeypatch, Take, "turn_into_samples", times=4)

    ends = finish(engine, wish("a"), wish("b", seed=2))
    assert sorted(type(end).__name__ for end in ends.values()) == ["Done", "Failed"]
    failed = next(end for end in ends.values() if isinstance(end, Failed))
    assert "too little memory" in failed.reason and engine.room("music") == 1


def test_what_goes_wrong_in_one_sound_is_its_own(engine, monkeypatch):
    begins = Take.begin

    def begin(take: Take):
        if take.job_id == "bad":
            raise ValueError("no")
        return begins(take)

    monkeypatch.setattr(Take, "begin", begin)
    ends = finish(engine, wish("bad"), wish("good"))
    assert isinstance(ends["bad"], Failed) and isinstance(ends["good"], Done)


def test_progress_never_falls_even_when_a_sound_begins_again(engine, monkeypatch):
    engine.submit(wish())
    told = [event for _ in range(15) for event in engine.step()]
    out_of_memory_once(monkeypatch, Batch, "step")
    while not any(isinstance(event, Done) for event in told):
        told += engine.step()

    shares = [event.share for event in told if isinstance(event, Progress)]
    assert shares == sorted(shares) and 0 <= shares[0] < 0.1 and 0.9 < shares[-1] <= 1


def test_an_extended_sound_is_its_start_and_then_new_sound(engine):
    start = np.random.default_rng(1).normal(0, 0.1, (1, SAMPLE_RATE + 77)).astype(np.float32)

    longer = samples(finish(engine, wish(seconds=0.5, relation="extend", start_audio=start))["a"])
    assert longer.shape == (1, start.shape[1] + SAMPLE_RATE // 2)
    own = SAMPLE_RATE - SAMPLE_RATE // 30
    assert np.array_equal(longer[:, :own], start[:, :own])
    assert np.abs(longer[:, SAMPLE_RATE + 160 :]).max() > 0.001


@pytest.mark.parametrize(
    ("refused", "words"),
    [
        ({"parameters": {"temperature": "hot"}}, "temperature must be a number"),
        ({"parameters": {"top_k": 2.5}}, "whole number"),
        ({"seconds": 500.0}, "length"),
        ({"relation": "extend"}, "no sound to go on from"),
        ({"relation": "extend", "start_audio": np.zeros((1, 5), np.float32)}, "too short"),
    ],
)
def test_what_can_never_work_is_refused_in_words(engine, refused, words):
    with pytest.raises(EngineError, match=words):
        engine.submit(wish(**refused))
    assert engine.room("music") == 4


def test_a_model_that_is_not_loaded_or_full_takes_nothing(tiny_musicgen, engine):
    with pytest.raises(EngineError, match="not loaded"):
        TransformerEngine(tiny_musicgen).submit(wish())
    for number in range(engine.room("music")):
        engine.submit(wish(str(number)))
    with pytest.raises(EngineError, match="Every slot"):
        engine.submit(wish("one too many"))


def test_an_unloaded_model_is_forgotten_and_can_be_loaded_again(engine):
    first = samples(finish(engine, wish())["a"])

    engine.unload("music")
    assert engine.step() == [] and engine.room("music") == 4
    engine.load("music")
    assert np.array_equal(samples(finish(engine, wish())["a"]), first)


def test_a_gpu_that_is_not_there_is_told_in_words(tiny_musicgen):
    with pytest.raises(EngineError, match="There is no cuda:99 here"):
        TransformerEngine(tiny_musicgen, "cuda:99").load("music")


def test_warming_up_changes_nothing(engine):
    expected = samples(finish(engine, wish())["a"])

    engine.warm_up()
    assert engine.room("music") == 4
    assert np.array_equal(samples(finish(engine, wish())["a"]), expected)


def test_broken_weights_are_told_in_words(tiny_musicgen, tmp_path):
    (tmp_path / "config.json").write_bytes((tiny_musicgen / "config.json").read_bytes())
    (tmp_path / "model.safetensors").write_bytes(b"not weights")

    with pytest.raises(EngineError, match="cannot be read"):
        TransformerEngine(tmp_path).load("music")
