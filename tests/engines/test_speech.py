"""Speech through espeak-ng. Skipped where the optional wheel is not installed."""

import numpy as np
import pytest

from soundbox.engines import voices
from soundbox.engines.models import SPEECH_INSTALL
from soundbox.engines.protocol import Done, EngineError, Event, Failed, Progress, Sound, SoundRequest
from soundbox.engines.speech import SpeechEngine

TEXT = "Welcome to Sound Box. The quick brown fox jumps over the lazy dog. Then it sleeps."
needs_espeak = pytest.mark.skipif(not voices.is_installed(), reason="espeakng-loader is not installed")


def asked(text: str, seconds: float = 30.0, job_id: str = "job", **parameters: object) -> SoundRequest:
    return SoundRequest(job_id, "tts", text, seconds, 1, parameters=parameters)


def all_events(engine: SpeechEngine) -> list[Event]:
    events: list[Event] = []
    while stepped := engine.step():
        events += stepped
    return events


def spoken(text: str, seconds: float = 30.0, **parameters: object) -> Sound:
    engine = SpeechEngine()
    engine.submit(asked(text, seconds, **parameters))
    done = all_events(engine)[-1]
    assert isinstance(done, Done)
    return done.sound


@needs_espeak
def test_a_text_is_spoken_as_long_as_it_needs():
    sound = spoken(TEXT)

    assert sound.sample_rate == 22050
    assert sound.samples.shape[0] == 1
    assert sound.samples.dtype == np.float32
    assert 4.0 < sound.samples.shape[1] / 22050 < 9.0
    assert 0.6 < np.max(np.abs(sound.samples)) < 0.8


@needs_espeak
def test_progress_comes_sentence_by_sentence():
    engine = SpeechEngine()
    engine.submit(asked(TEXT))

    *progress, done = all_events(engine)
    assert [event.share for event in progress if isinstance(event, Progress)] == pytest.approx([1 / 3, 2 / 3, 1.0])
    assert isinstance(done, Done)


@needs_espeak
def test_there_is_no_silence_before_and_little_after():
    samples = spoken(TEXT).samples[0]

    loud = np.flatnonzero(np.abs(samples) > 0.01)
    assert loud[0] < 0.05 * 22050
    assert len(samples) - loud[-1] < 0.15 * 22050
    assert abs(samples[0]) < 1e-3
    assert abs(samples[-1]) < 1e-3


@needs_espeak
@pytest.mark.parametrize("seconds", [0.5, 1.0, 2.0, 4.0])
def test_a_text_too_long_stops_at_a_word_and_says_so(seconds):
    sound = spoken(TEXT, seconds)

    assert 0.4 * seconds < sound.samples.shape[1] / 22050 <= seconds
    assert sound.understood[-1].startswith("stopped after ")
    assert sound.understood[-1].endswith(f"the text is longer than {seconds:g} s")


@needs_espeak
def test_a_whole_sentence_is_preferred_to_half_of_the_next():
    sentence = "Welcome to Sound Box, my dear friends."
    whole, cut = spoken(sentence), spoken(f"{sentence} {sentence}", 4.0)

    assert cut.samples.shape == whole.samples.shape
    assert cut.understood[-1].startswith("stopped after 7 words")


@needs_espeak
def test_the_same_text_gives_the_same_samples_whatever_was_said_between():
    first = spoken(TEXT)
    spoken("Guten Morgen.", voice="de", rate=300, pitch=90)

    assert np.array_equal(spoken(TEXT).samples, first.samples)


@needs_espeak
def test_texts_take_turns():
    engine = SpeechEngine()
    engine.submit(asked(TEXT, job_id="long"))
    engine.submit(asked("Hello.", job_id="short"))

    finished = [event.job_id for event in all_events(engine) if isinstance(event, Done)]
    assert finished == ["short", "long"]


@needs_espeak
def test_a_faster_rate_is_shorter_and_another_voice_sounds_different():
    plain = spoken(TEXT)

    assert spoken(TEXT, rate=300).samples.shape[1] < 0.75 * plain.samples.shape[1]
    assert not np.array_equal(spoken(TEXT, voice="en-gb").samples, plain.samples)


@needs_espeak
@pytest.mark.parametrize("voice", ["en-us", "en-gb", "de", "fr", "fr-fr", "es", "it", "cmn", "en-us+f3"])
def test_voices_of_many_languages_speak(voice):
    assert spoken("Sound Box 1 2 3.", voice=voice).understood[0] == f"voice {voice}"


@needs_espeak
@pytest.mark.parametrize(
    "parameters",
    [
        {"voice": "xx-yy"},
        {"voice": "../../etc/passwd"},
        {"voice": "en-us+nobody"},
        {"voice": ""},
        {"voice": 7},
        {"rate": 20},
        {"rate": "quick"},
        {"rate": float("nan")},
        {"pitch": 100},
        {"pitch": None},
    ],
)
def test_nonsense_is_refused_in_words(parameters):
    with pytest.raises(EngineError, match=r"There is no voice|must be a whole number from"):
        SpeechEngine().submit(asked("Hello.", **parameters))


@needs_espeak
@pytest.mark.parametrize("text", ["…", " ", "\n\n", "\0"])
def test_a_text_without_words_fails_in_words(text):
    engine = SpeechEngine()
    engine.submit(asked(text))

    assert all_events(engine)[-1] == Failed("job", "There is nothing in this text that can be said.")


@needs_espeak
@pytest.mark.parametrize("text", ["a" * 500, "<speak><break/></speak> [[hh]]", "hi \0 there", "😀", "你好，世界。"])
def test_odd_texts_are_spoken_or_refused_never_broken(text):
    sound = spoken(text)

    assert np.isfinite(sound.samples).all()
    assert sound.samples.shape[1] > 1000


@needs_espeak
def test_a_cancelled_text_falls_silent():
    engine = SpeechEngine()
    engine.submit(asked(TEXT))
    engine.step()
    engine.cancel("job")
    engine.cancel("stranger")

    assert engine.step() == []
    assert engine.room("tts") == 4


@needs_espeak
def test_another_model_and_a_fifth_text_are_refused():
    engine = SpeechEngine()
    for number in range(4):
        engine.submit(asked(TEXT, job_id=str(number)))

    with pytest.raises(EngineError, match="slot"):
        engine.submit(asked(TEXT))
    with pytest.raises(EngineError, match="no model"):
        engine.submit(SoundRequest("job", "music", TEXT, 4.0, 1))


def test_without_the_wheel_it_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(voices, "PACKAGE", "no_such_package")
    engine = SpeechEngine()

    assert not engine.available()
    assert engine.models() == []
    with pytest.raises(EngineError, match="pip install 'soundbox"):
        engine.submit(asked("Hello."))
    assert SPEECH_INSTALL.endswith("pip install 'soundbox[speech]'")
