import numpy as np
import pytest

from soundbox.engines.procedural.engine import ProceduralEngine
from soundbox.engines.procedural.render import render
from soundbox.engines.protocol import EngineError, Failed, Progress, SoundRequest


def request(**changes) -> SoundRequest:
    return SoundRequest(**{"job_id": "a", "model": "music", "prompt": "lo-fi", "seconds": 6.0, "seed": 1, **changes})


def test_the_engine_offers_music_and_effects_that_need_no_weights():
    models = {model.id: model for model in ProceduralEngine().models()}

    music, effects = {"music", "magnet-music", "ace-step", "stable-audio"}, {"audio", "magnet-audio"}
    assert set(models) == {*music, *effects, "stable-audio-effects"}
    assert all(model.weightless and model.commercial_use for model in models.values())
    rates = {model.sample_rate for name, model in models.items() if name != "ace-step"}
    assert (models["ace-step"].sample_rate, rates) == (48_000, {44_100})


def test_progress_counts_the_bars():
    engine = ProceduralEngine()
    engine.submit(request(prompt="lo-fi 80 bpm", seconds=12.0))

    first = engine.step()[0]
    assert isinstance(first, Progress) and first.text == "composing bar 1 of 5"


@pytest.mark.parametrize("change", [{"model": "tts"}, {"seconds": 0.4}, {"seconds": 181}, {"seconds": float("nan")}])
def test_what_can_never_work_is_refused_at_the_door(change):
    with pytest.raises(EngineError):
        ProceduralEngine().submit(request(**change))


def test_a_full_engine_takes_no_more():
    engine = ProceduralEngine()
    for job_id in "ab":
        engine.submit(request(job_id=job_id))

    assert engine.room("music") == 0
    with pytest.raises(EngineError, match="taken"):
        engine.submit(request(job_id="c"))


def test_a_parameter_nobody_can_play_fails_that_job_with_words():
    engine = ProceduralEngine()
    engine.submit(request(parameters={"key": "H moll"}))

    events = engine.step()
    assert events == [Failed("a", "There is no key called 'H moll'; write it like “A minor” or “D dorian”.")]
    assert engine.room("music") == 2


def test_another_seed_is_another_piece():
    one, other = render(request(seed=1)), render(request(seed=2))

    assert not np.array_equal(one.samples, other.samples)


def test_spelling_of_spaces_and_capitals_changes_nothing():
    one, other = render(request(prompt="Lo-Fi  Rain")), render(request(prompt="lo-fi rain"))

    assert np.array_equal(one.samples, other.samples)


def test_both_names_of_the_music_model_make_the_same():
    one, other = render(request(model="music")), render(request(model="magnet-music"))

    assert np.array_equal(one.samples, other.samples)
