"""Voices in piper's form: found in a folder, spelled by espeak, spoken by their network. Skipped without espeak."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from soundbox.engines import espeak, voices
from soundbox.engines.catalogue import Catalogue
from soundbox.engines.models import SPEECH, speech_info
from soundbox.engines.parameters import ParameterError, check
from soundbox.engines.piper_voices import find_voices
from soundbox.engines.protocol import Done, EngineError, Event, Progress, Sound, SoundRequest
from soundbox.engines.speech import SpeechEngine
from tests.engines.tiny_voice import tiny_voice

NAME = "en_US-tiny-low"
TEXT = "Good morning to all. The quick brown fox jumps over the lazy dog. Then it sleeps."
pytestmark = pytest.mark.skipif(not voices.is_installed(), reason="espeakng-loader is not installed")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    tiny_voice(tmp_path / "tiny")
    (tmp_path / "tiny" / "MODEL_CARD").write_text("# Model card\n\n* Language: en_US\n* License: CC BY 4.0\n")
    return tmp_path


def events(folder: Path, text: str = TEXT, seed: int = 3, seconds: float = 60.0, **parameters: Any) -> list[Event]:
    engine = SpeechEngine(find_voices(folder))
    engine.submit(SoundRequest("a", "tts", text, seconds, seed, parameters=parameters))
    told: list[Event] = []
    while stepped := engine.step():
        told += stepped
    return told


def spoken(folder: Path, text: str = TEXT, **asked: Any) -> Sound:
    done = events(folder, text, **asked)[-1]
    assert isinstance(done, Done), done
    return done.sound


def test_a_recorded_voice_speaks_where_there_is_one_and_says_whose_it_is(folder: Path) -> None:
    sound = spoken(folder)

    assert sound.understood[0] == f"voice {NAME}"
    assert sound.sample_rate == 22050 and 0.6 < np.abs(sound.samples).max() < 0.8
    assert sound.made_by is not None
    assert (sound.made_by.engine, sound.made_by.weights_licence) == (f"Recorded voice {NAME}", "CC-BY-4.0")
    assert (sound.made_by.licence, sound.made_by.commercial_use) == ("CC0-1.0", True)


def test_espeak_still_speaks_when_it_is_asked(folder: Path) -> None:
    sound = spoken(folder, voice="de")

    assert sound.understood[0] == "voice de" and sound.made_by is None


def test_long_texts_are_said_sentence_by_sentence(folder: Path) -> None:
    told = [event.text for event in events(folder) if isinstance(event, Progress)]

    assert told == ["spoke part 1 of 3", "spoke part 2 of 3", "spoke part 3 of 3"]


def test_a_seed_says_the_same_again_and_another_one_says_it_otherwise(folder: Path) -> None:
    first, again, other = (spoken(folder, seed=seed).samples for seed in (3, 3, 4))

    assert np.array_equal(first, again)
    assert first.shape == other.shape and not np.array_equal(first, other)


def test_a_faster_rate_takes_less_time(folder: Path) -> None:
    slow, fast = (spoken(folder, rate=rate).samples.shape[1] for rate in (110, 220))

    assert 1.5 < slow / fast < 2.5


def test_what_does_not_fit_ends_between_words_and_says_so(folder: Path) -> None:
    whole = spoken(folder).samples.shape[1] / 22050
    sound = spoken(folder, seconds=whole / 2)

    assert sound.samples.shape[1] / 22050 <= whole / 2
    assert any("stopped after" in words for words in sound.understood)


def test_speakers_of_one_voice_are_told_apart(tmp_path: Path) -> None:
    tiny_voice(tmp_path, speaker_id_map={"anna": 0, "ben": 1})
    [voice] = find_voices(tmp_path)

    assert voice.names == (NAME, f"{NAME}+anna", f"{NAME}+ben")
    anna, ben = (spoken(tmp_path, voice=f"{NAME}+{name}").samples for name in ("anna", "ben"))
    assert np.array_equal(spoken(tmp_path, voice=NAME).samples, anna)
    assert not np.array_equal(anna, ben)


@pytest.mark.parametrize(
    ("card", "licence"),
    [
        ("License: https://creativecommons.org/licenses/by-nc/4.0/", "CC-BY-NC-4.0"),
        ("* License: See URL", "LicenseRef-See-URL"),
        (None, "LicenseRef-unknown"),
    ],
)
def test_the_licence_of_a_voice_is_that_of_its_speech_unless_it_leaves_that_open(
    tmp_path: Path, card: str | None, licence: str
) -> None:
    tiny_voice(tmp_path)
    if card:
        (tmp_path / "MODEL_CARD").write_text(card)
    made_by = spoken(tmp_path, "Hello.").made_by

    assert made_by is not None and (made_by.licence, made_by.commercial_use) == (licence, False)


def test_networks_that_are_no_voices_are_left_alone(folder: Path) -> None:
    (folder / "other.onnx").write_bytes(b"")
    tiny_voice(folder / "pinyin", "zh_CN-other-low", phoneme_type="pinyin")

    assert [voice.name for voice in find_voices(folder)] == [NAME]
    assert find_voices(None) == find_voices(folder / "nowhere") == []


def test_a_network_that_is_broken_is_named(folder: Path) -> None:
    (folder / "tiny" / f"{NAME}.onnx").write_bytes(b"nonsense")

    with pytest.raises(EngineError, match=f"The voice {NAME} cannot be loaded"):
        events(folder)


def test_the_catalogue_knows_its_voices_and_a_pitch_is_refused_at_once(folder: Path) -> None:
    info = Catalogue.build(recorded_voices=folder).find("tts")

    assert info == speech_info(find_voices(folder)) and info.voices == (NAME,)
    check(info, {"voice": NAME, "rate": 100})
    check(info, {"voice": "de", "pitch": 30})
    for parameters in ({"voice": NAME, "pitch": 30}, {"pitch": 30}):
        with pytest.raises(ParameterError, match="has its own pitch"):
            check(info, parameters)
    with pytest.raises(ParameterError, match="There is no voice"):
        check(SPEECH, {"voice": NAME})


def test_a_symbol_that_the_voice_was_never_taught_is_left_out(folder: Path) -> None:
    path = folder / "tiny" / f"{NAME}.onnx.json"
    configuration = json.loads(path.read_text())
    del configuration["phoneme_id_map"]["ˈ"]
    path.write_text(json.dumps(configuration))

    assert spoken(folder).samples.shape[1] > 22050


@pytest.mark.parametrize(
    ("text", "language", "ipa"),
    [
        (["Hello,", "world."], "en-us", ["həlˈoʊ", "wˈɜːld"]),
        (["How (are) you? 3 apples!"], "en-us", ["hˈaʊ ɑːɹ juː θɹˈiː ˈæpəlz"]),
        (["très bien", ""], "fr-fr", ["tʁɛ bjˈɛ̃", ""]),
    ],
)
def test_espeak_spells_a_text(text: list[str], language: str, ipa: list[str]) -> None:
    assert espeak.phonemes(text, language) == ipa


def test_marks_that_end_a_clause_are_spoken_and_others_are_not() -> None:
    from soundbox.engines import piper

    assert piper._CLAUSE.findall("Wait, it costs 3.50... \nGo on") == ["Wait,", "it costs 3.50...", "Go on"]
    assert list(piper._symbols("gˈoʊ", "Go!")) == ["g", "ˈ", "o", "ʊ", "!", " "]
