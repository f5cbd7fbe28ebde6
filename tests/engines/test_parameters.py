"""What a model takes besides its prompt: known before anything is made, and no other than what engines take."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from soundbox.engines import espeak, voices
from soundbox.engines.models import SPEECH, procedural_models
from soundbox.engines.parameters import ParameterError, check
from soundbox.engines.procedural.reading.pitch_names import NamedKey, asked_key
from soundbox.engines.protocol import EngineError
from soundbox.engines.transformer import asked_spans
from soundbox.engines.transformer.asked import PARAMETERS
from soundbox.engines.voices import Voice

needs_voices = pytest.mark.skipif(not voices.is_installed(), reason="espeakng-loader is not installed")
MUSIC = procedural_models()[0]
WITH_WEIGHTS = replace(MUSIC, id="music-with-weights", parameters=PARAMETERS)
IN_SPANS = replace(MUSIC, id="music-in-spans", parameters=asked_spans.PARAMETERS)


@pytest.mark.parametrize("model", [*procedural_models(), SPEECH, WITH_WEIGHTS, IN_SPANS], ids=lambda model: model.id)
def test_every_parameter_of_every_model_is_read(model):
    for name in model.parameters:
        with pytest.raises(ParameterError):
            check(model, {name: "no such thing"})


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("A minor", NamedKey(9, "minor")),
        ("Bb", NamedKey(10, None)),
        ("c sharp harmonic minor", NamedKey(1, "harmonic minor")),
        ("key of F♯ dorian", NamedKey(6, "dorian")),
        ("in Em", NamedKey(4, "minor")),
        (" a ", NamedKey(9, None)),
        ("lydian mode", NamedKey(None, "lydian")),
        ("A minor pentatonic", NamedKey(9, "minor")),
        ("", None),
        (None, None),
    ],
)
def test_a_key_is_read_as_musicians_write_it(text, key):
    assert asked_key(text) == key


@pytest.mark.parametrize(
    "text", ["H flat", "H minor", "X major", "A rhubarb", "minor trouble", "12", True, "[]", "A" * 99]
)
def test_what_is_only_nearly_a_key_is_none(text):
    with pytest.raises(EngineError, match="There is no key called") as refused:
        asked_key(text)
    assert len(str(refused.value)) < 120


def test_the_name_of_a_parameter_goes_along():
    with pytest.raises(ParameterError) as refused:
        check(MUSIC, {"tempo": 90, "key": "H flat"})
    assert refused.value.name == "key"


@needs_voices
def test_every_voice_that_is_let_in_can_be_loaded():
    for language in sorted(voices._languages() | set(voices._OTHER_NAMES)):
        for name in (language, language.upper(), f"{language}+f3"):
            assert voices.voice_name(name) == name
        with espeak._opened() as library:
            library.choose(Voice(language, 165, 50).file)


@needs_voices
@pytest.mark.parametrize("name", ["", "x", "xx-yy", "gmw", "f3", "en-us+", "en-us+nobody", "../en", "en us", "e" * 99])
def test_a_voice_that_is_not_there_is_none(name):
    with pytest.raises(EngineError, match="There is no voice") as refused:
        voices.voice_name(name)
    assert len(str(refused.value)) < 120


def test_a_check_loads_no_engine_and_no_library_of_speech():
    code = (
        "import sys; from soundbox.engines.models import SPEECH; from soundbox.engines.parameters import check;"
        "check(SPEECH, {'voice': 'de', 'rate': 100} if %r else {'rate': 100});"
        "heavy = {'scipy', 'espeakng_loader', 'soundbox.engines.espeak', 'soundbox.engines.speech'};"
        "sys.exit(bool(heavy & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code % voices.is_installed()], check=False).returncode == 0
