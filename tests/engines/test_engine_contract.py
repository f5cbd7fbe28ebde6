"""What every engine promises. Add an engine by adding a line to `ENGINES`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from soundbox.audio.loudness import integrated_lufs
from soundbox.engines.models import COMPOSER, DESIGNER, SPEECH_INSTALL
from soundbox.engines.procedural.engine import ProceduralEngine
from soundbox.engines.protocol import Chunk, Done, Engine, EngineError, Failed, Progress, Sound, SoundRequest
from soundbox.engines.speech import SpeechEngine

needs_speech = pytest.mark.skipif(not SpeechEngine.available(), reason=f"espeak-ng is not installed. {SPEECH_INSTALL}")


def tiny_musicgen_engine() -> Engine:
    """In float32, where sums come out the same whoever shares the batch."""
    import torch

    from soundbox.engines.transformer.engine import TransformerEngine
    from tests.engines.tiny_musicgen import tiny_musicgen

    return TransformerEngine(tiny_musicgen(channels=1), dtype=torch.float32)


def tiny_checkpoint_engine(name: str) -> Engine:
    """The own engine with a checkpoint of audiocraft."""
    import torch

    from soundbox.engines.transformer.engine import TransformerEngine
    from tests.engines.tiny_audiocraft import tiny_checkpoints

    return TransformerEngine(tiny_checkpoints() / name, dtype=torch.float32)


def tiny_audiocraft_engine(name: str) -> Engine:
    """audiocraft itself."""
    from soundbox.engines.audiocraft import AudiocraftEngine
    from tests.engines.tiny_audiocraft import tiny_checkpoints

    return AudiocraftEngine(tiny_checkpoints() / name)


def tiny_diffusion_engine(model: str) -> Callable[[], Engine]:
    def make() -> Engine:
        from soundbox.engines.diffusion.engine import DiffusionEngine
        from soundbox.engines.diffusion.models import find_pipelines
        from tests.engines.tiny_diffusion import tiny_pipelines

        found = find_pipelines(tiny_pipelines(), "cpu")
        return DiffusionEngine(next(one for one in found if model in one.family.models))

    return make


ENGINES = [
    pytest.param(ProceduralEngine, "music", id="composer-music"),
    pytest.param(ProceduralEngine, "magnet-music", id="composer-magnet-music"),
    pytest.param(ProceduralEngine, "ace-step", id="composer-ace-step"),
    pytest.param(ProceduralEngine, "audio", id="designer-audio"),
    pytest.param(tiny_musicgen_engine, "music", id="musicgen-music"),
    pytest.param(partial(tiny_checkpoint_engine, "audiogen"), "audio", id="audiogen-audio"),
    pytest.param(partial(tiny_checkpoint_engine, "magnet"), "magnet-music", id="magnet-music"),
    pytest.param(partial(tiny_audiocraft_engine, "musicgen"), "music", id="audiocraft-music"),
    pytest.param(partial(tiny_audiocraft_engine, "magnet"), "magnet-music", id="audiocraft-magnet-music"),
    pytest.param(tiny_diffusion_engine("ace-step"), "ace-step", id="diffusion-ace-step"),
    pytest.param(tiny_diffusion_engine("stable-audio"), "stable-audio", id="diffusion-stable-audio"),
    pytest.param(SpeechEngine, "tts", id="espeak-tts", marks=needs_speech),
]
AT_ONCE = ("ACE-Step", "Stable Audio", "audiocraft")  # engines whose sounds do not grow
PROMPTS = {
    "music": "calm piano, 90 bpm, C major",
    "audio": "heavy rain with distant thunder",
    "tts": "Good morning. The rain has stopped, and the birds are back.",
}
pytestmark = pytest.mark.parametrize(("make_engine", "model"), ENGINES)


@dataclass
class Run:
    """Everything an engine said about its jobs."""

    progress: dict[str, list[Progress]] = field(default_factory=dict)
    chunks: dict[str, list[Chunk]] = field(default_factory=dict)
    sounds: dict[str, Sound] = field(default_factory=dict)

    def sound(self, job_id: str = "a") -> Sound:
        return self.sounds[job_id]


def ask(
    engine: Engine, model: str, job_id: str = "a", seconds: float = 3.0, seed: int = 7, loop: bool = False, **more: Any
) -> SoundRequest:
    prompt = PROMPTS[_info(engine, model).kind]
    return SoundRequest(job_id, model, prompt, seconds, seed, loop, **more)


def run(engine: Engine, *requests: SoundRequest) -> Run:
    result = Run()
    for request in requests:
        engine.load(request.model)
        engine.submit(request)
    for _ in range(100_000):
        events = engine.step()
        if not events:
            return result
        for event in events:
            assert not isinstance(event, Failed), event
            if isinstance(event, Progress):
                result.progress.setdefault(event.job_id, []).append(event)
            if isinstance(event, Chunk):
                assert event.job_id not in result.sounds, "a chunk after the sound"
                result.chunks.setdefault(event.job_id, []).append(event)
            if isinstance(event, Done):
                result.sounds[event.job_id] = event.sound
    raise AssertionError("the engine never came to an end")


def _has_nothing_final_before_all_of_it(engine: Engine, model: str, loop: bool) -> bool:
    """Effects are laid over each other, the end of a composed loop rings into its head, diffusion works at all of a
    sound in every step, and audiocraft shows nothing of what it has chosen."""
    info = _info(engine, model)
    return info.engine.startswith((DESIGNER, *AT_ONCE)) or (info.engine == COMPOSER and loop)


def _longest(engine: Engine, model: str, seconds: float) -> float:
    """So many, or as many as the model makes."""
    return min(seconds, _info(engine, model).max_seconds)


def _info(engine: Engine, model: str):
    return next(info for info in engine.models() if info.id == model)


def test_a_model_is_described_before_anything_is_loaded(make_engine: Callable[[], Engine], model):
    info = _info(make_engine(), model)

    assert info.kind in PROMPTS and info.engine and info.engine_version and info.licence
    assert (
        0 < info.min_seconds < info.max_seconds
        and info.sample_rate >= 8_000
        and info.channels in (1, 2)
        and info.batch >= 1
    )


def test_an_idle_engine_has_room_and_says_nothing(make_engine, model):
    engine = make_engine()

    assert engine.room(model) == _info(engine, model).batch
    assert engine.step() == []


def test_equal_requests_give_equal_samples(make_engine, model):
    engine = make_engine()

    first, second = (run(engine, ask(engine, model)).sound() for _ in range(2))
    elsewhere = run(make_engine(), ask(engine, model)).sound()
    assert np.array_equal(first.samples, second.samples) and np.array_equal(first.samples, elsewhere.samples)


def test_progress_never_falls_and_ends_in_done(make_engine, model):
    engine = make_engine()

    result = run(engine, ask(engine, model))
    shares = [event.share for event in result.progress["a"]]
    assert shares == sorted(shares) and shares[0] >= 0 and shares[-1] <= 1
    assert all(event.text for event in result.progress["a"]) and set(result.sounds) == {"a"}


@pytest.mark.parametrize("seconds", [1.0, 2.5])
def test_the_length_is_exactly_as_asked(make_engine, model, seconds):
    engine = make_engine()

    sound = run(engine, ask(engine, model, seconds=seconds)).sound()
    info = _info(engine, model)
    assert sound.sample_rate == info.sample_rate
    assert info.kind == "tts" or sound.samples.shape == (info.channels, round(seconds * info.sample_rate))


def test_samples_are_finite_audible_and_within_full_scale(make_engine, model):
    engine = make_engine()

    samples = run(engine, ask(engine, model)).sound().samples
    assert samples.dtype == np.float32 and np.isfinite(samples).all()
    assert 0.1 < np.abs(samples).max() <= 1.0
    assert np.abs(samples.mean(axis=1)).max() < 0.01


def test_a_loop_that_the_engine_cuts_itself_covers_its_samples(make_engine, model):
    engine = make_engine()

    sound = run(engine, ask(engine, model, seconds=4.0, loop=True)).sound()
    assert sound.loop_points in (None, (0, sound.samples.shape[1]))


def test_progress_is_real_it_takes_more_than_one_step_and_falls_nowhere_behind(make_engine, model):
    """Of a long sound it is told in small steps, from near the beginning to near the end."""
    engine = make_engine()
    if _info(engine, model).kind == "tts":
        pytest.skip("how far a text is, is told by its clauses: see tests/engines/test_speech.py")

    shares = [
        event.share for event in run(engine, ask(engine, model, seconds=_longest(engine, model, 12.0))).progress["a"]
    ]
    assert shares[0] < 0.5 and shares[-1] >= 0.9 and len(set(shares)) > 3
    assert max(later - earlier for earlier, later in pairwise(shares)) < 0.7


@pytest.mark.parametrize("loop", [False, True], ids=["once", "loop"])
def test_chunks_joined_are_the_sound_but_for_its_level_and_the_touch_of_a_master(make_engine, model, loop):
    engine = make_engine()
    result = run(engine, ask(engine, model, seconds=_longest(engine, model, 20.0), loop=loop))
    if "a" not in result.chunks:
        assert _has_nothing_final_before_all_of_it(engine, model, loop)
        return

    whole = result.sound().samples
    chunks = result.chunks["a"]
    grown = np.concatenate([chunk.samples for chunk in chunks], axis=1)
    assert grown.dtype == np.float32 and len(grown) == len(whole) and np.isfinite(grown).all()
    assert _info(engine, model).kind == "tts" or grown.shape == whole.shape
    frames = min(grown.shape[1], whole.shape[1])
    assert frames >= 0.9 * whole.shape[1]
    assert np.corrcoef(grown[:, :frames].ravel(), whole[:, :frames].ravel())[0, 1] > 0.95


def test_where_an_engine_knows_how_loud_a_growing_sound_will_be_it_is_right(make_engine, model):
    engine = make_engine()
    result = run(engine, ask(engine, model, seconds=_longest(engine, model, 20.0)))
    chunks = result.chunks.get("a", [])
    if not chunks or chunks[0].lufs is None:
        pytest.skip("this engine cannot know it")

    assert len({chunk.lufs for chunk in chunks}) == 1
    grown = np.concatenate([chunk.samples for chunk in chunks], axis=1)
    assert abs(integrated_lufs(grown, result.sound().sample_rate) - chunks[0].lufs) < 2.5


def test_a_cancelled_sound_does_not_grow_any_more(make_engine, model):
    engine = make_engine()
    engine.load(model)
    engine.submit(ask(engine, model, seconds=_longest(engine, model, 20.0)))
    for _ in range(200):
        if any(isinstance(event, Chunk | Done) for event in engine.step()):
            break

    engine.cancel("a")
    assert engine.step() == [] and engine.room(model) == _info(engine, model).batch


def test_what_can_never_work_is_refused_in_words_and_takes_no_slot(make_engine, model):
    engine = make_engine()
    engine.load(model)
    too_long = ask(engine, model, seconds=_info(engine, model).max_seconds + 1)
    if _info(engine, model).kind == "tts":
        pytest.skip("a text that is shorter than the length asked for ends earlier")

    with pytest.raises(EngineError, match="length"):
        engine.submit(too_long)
    assert engine.room(model) == _info(engine, model).batch


def test_an_engine_that_goes_on_from_any_sound_begins_with_it(make_engine, model):
    engine = make_engine()
    info = _info(engine, model)
    if "extend" not in info.relations:
        pytest.skip("this engine goes on from recipes, or not at all")
    start = np.random.default_rng(3).normal(0, 0.1, (info.channels, info.sample_rate)).astype(np.float32)

    sound = run(engine, ask(engine, model, seconds=1.0, relation="extend", start_audio=start)).sound()
    assert sound.samples.shape == (info.channels, 2 * info.sample_rate)
    own = round(0.9 * info.sample_rate)
    assert np.corrcoef(sound.samples[:, :own].ravel(), start[:, :own].ravel())[0, 1] > 0.999


def test_cancelling_frees_the_slot_and_silences_the_job(make_engine, model):
    engine = make_engine()
    engine.load(model)
    engine.submit(ask(engine, model))
    engine.step()

    engine.cancel("a")
    assert engine.room(model) == _info(engine, model).batch
    assert engine.step() == []


def test_cancelling_a_stranger_changes_nothing(make_engine, model):
    engine = make_engine()

    engine.cancel("nobody")
    assert set(run(engine, ask(engine, model)).sounds) == {"a"}


def test_a_finished_job_gives_its_slot_back(make_engine, model):
    engine = make_engine()

    run(engine, ask(engine, model))
    assert engine.room(model) == _info(engine, model).batch


def test_jobs_in_flight_together_do_not_hear_each_other(make_engine, model):
    engine = make_engine()
    if engine.room(model) < 2:
        pytest.skip("this engine runs one job at a time")
    alone = [run(make_engine(), ask(engine, model, seed=seed)).sound().samples for seed in (1, 2)]

    together = run(engine, ask(engine, model, "a", seed=1), ask(engine, model, "b", seed=2))
    assert np.array_equal(together.sound("a").samples, alone[0])
    assert np.array_equal(together.sound("b").samples, alone[1])


def test_a_job_that_joins_later_changes_nothing_for_the_first(make_engine, model):
    engine = make_engine()
    if engine.room(model) < 2:
        pytest.skip("this engine runs one job at a time")
    alone = run(make_engine(), ask(engine, model)).sound().samples

    engine.load(model)
    engine.submit(ask(engine, model))
    engine.step()
    assert np.array_equal(run(engine, ask(engine, model, "b", seed=9)).sound("a").samples, alone)


def test_an_unknown_model_is_refused_in_words(make_engine, model):
    with pytest.raises(EngineError):
        make_engine().submit(SoundRequest("a", "no-such-model", "anything", 2.0, 1))
