"""audiocraft itself as an engine: what it makes, what others in the process do not change, and what is refused."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
import torch

from soundbox.config import Config, ConfigError
from soundbox.engines import audiocraft
from soundbox.engines.audiocraft import AudiocraftEngine
from soundbox.engines.catalogue import Catalogue
from soundbox.engines.protocol import Done, Engine, EngineError, Failed, SoundRequest
from soundbox.engines.transformer import models
from soundbox.engines.transformer.engine import TransformerEngine

LIKELIEST = {"temperature": 0}


def wish(model: str, seconds: float = 0.6, seed: int = 1, **more) -> SoundRequest:
    return SoundRequest(model, model, "calm piano", seconds, seed, **more)


def made(engines: dict[Engine, SoundRequest]) -> list[np.ndarray]:
    """What each makes of its request, all of them side by side, a step of each at a time."""
    for engine, request in engines.items():
        engine.load(request.model)
        engine.submit(request)
    ends: dict[Engine, Done] = {}
    while len(ends) < len(engines):
        for engine in engines:
            for event in engine.step():
                assert not isinstance(event, Failed), event
                if isinstance(event, Done):
                    ends[engine] = event
    return [ends[engine].sound.samples for engine in engines]


@pytest.mark.parametrize(("folder", "model"), [("musicgen-stereo", "music"), ("audiogen", "audio")])
def test_audiocraft_makes_what_the_own_engine_makes(tiny_checkpoints, folder, model):
    request = wish(model, parameters=LIKELIEST)

    theirs = made({AudiocraftEngine(tiny_checkpoints / folder): request})[0]
    ours = made({TransformerEngine(tiny_checkpoints / folder, dtype=torch.float32): request})[0]
    assert theirs.shape == ours.shape and np.abs(theirs - ours).max() < 1e-4 and np.abs(ours).max() > 0.1


def noise(seconds: float, channels: int = 1) -> np.ndarray:
    return np.random.default_rng(3).normal(0, 0.1, (channels, round(seconds * 8000))).astype(np.float32)


@pytest.mark.parametrize(("folder", "model", "channels"), [("musicgen-stereo", "music", 2), ("audiogen", "audio", 1)])
def test_it_goes_on_from_a_sound_as_the_own_engine_does(tiny_checkpoints, folder, model, channels):
    start = noise(1.007, channels)  # ends within a frame of the codec
    request = wish(model, parameters=LIKELIEST, relation="extend", start_audio=start)

    theirs = made({AudiocraftEngine(tiny_checkpoints / folder): request})[0]
    ours = made({TransformerEngine(tiny_checkpoints / folder, dtype=torch.float32): request})[0]
    assert theirs.shape == ours.shape == (channels, start.shape[1] + 4800)
    assert np.abs(theirs - ours).max() < 1e-4


@pytest.mark.parametrize("seconds", [9.9, 10.0, 25.3])
def test_a_start_as_long_as_the_window_is_heard_by_its_end(tiny_checkpoints, seconds):
    start, likeliest = noise(seconds), {"parameters": LIKELIEST, "relation": "extend"}
    theirs = made({AudiocraftEngine(tiny_checkpoints / "audiogen"): wish("audio", start_audio=start, **likeliest)})[0]

    assert theirs.shape[1] == start.shape[1] + 4800
    kept = round((seconds - 0.1) * 8000)
    scale = np.abs(start[:, :kept]).max() / np.abs(theirs[:, :kept]).max()
    assert np.allclose(theirs[:, :kept] * scale, start[:, :kept], atol=1e-5)
    assert np.abs(theirs[:, start.shape[1] :]).max() > 0.1


def test_a_magnet_goes_on_within_what_it_makes_at_once(tiny_checkpoints):
    engine, start = AudiocraftEngine(tiny_checkpoints / "magnet"), noise(2.017)
    more = {"relation": "extend", "start_audio": start, "parameters": {"rounds": 3}}
    sound = made({engine: wish("magnet-music", **more)})[0]
    assert sound.shape == (1, start.shape[1] + 4800)
    assert np.corrcoef(sound[0, :15_000], start[0, :15_000])[0, 1] > 0.999
    assert np.abs(sound[:, start.shape[1] :]).max() > 0.1

    with pytest.raises(EngineError, match="longer than this model can make"):
        engine.submit(wish("magnet-music", seconds=3.0, **more))


def test_two_of_them_side_by_side_change_nothing_in_each_other(tiny_checkpoints):
    asked = {"musicgen": wish("music"), "magnet": wish("magnet-music", parameters={"rounds": 3, "scoring": "product"})}
    alone = [made({AudiocraftEngine(tiny_checkpoints / name): request})[0] for name, request in asked.items()]

    together = made({AudiocraftEngine(tiny_checkpoints / name): request for name, request in asked.items()})
    assert all(np.array_equal(one, other) for one, other in zip(alone, together, strict=True))


def test_the_operator_chooses_which_kinds_it_makes(tiny_checkpoints):
    catalogue = Catalogue.build(weights=tiny_checkpoints, by_audiocraft={"music"})
    infos = {info.id: info for info in catalogue.models()}

    assert infos["music"].engine == "audiocraft MusicGen" and infos["magnet-music"].engine == "audiocraft MAGNeT"
    assert infos["audio"].engine == "AudioGen"
    assert infos["music"].engine_version == "1.3.0" and infos["magnet-music"].max_seconds == 4.98
    assert catalogue.engine_for("music").models() == [infos["music"]]


def test_a_transformers_folder_stays_with_the_own_engine_and_the_log_says_why(tiny_musicgen, caplog):
    catalogue = Catalogue.build(weights=tiny_musicgen.parent, by_audiocraft={"music"})

    assert catalogue.engine_for("music").models()[0].engine == "MusicGen"
    assert "is no checkpoint of audiocraft" in caplog.text


def test_a_setting_for_an_audiocraft_that_is_missing_is_refused_with_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("SOUNDBOX_ENGINE_AUDIO", "audiocraft")
    assert Config.load(tmp_path).kinds_by_audiocraft == {"audio"}

    monkeypatch.setattr("soundbox.config.find_spec", lambda _: None)
    with pytest.raises(
        ConfigError, match=r"SOUNDBOX_ENGINE_AUDIO=audiocraft.*pip install --no-deps audiocraft==1\.3\.0"
    ):
        Config.load(tmp_path)


def test_an_audiocraft_that_is_missing_or_does_not_run_is_told_in_words(tiny_checkpoints, monkeypatch):
    def missing(name: str):
        raise models.PackageNotFoundError(name)

    engine = AudiocraftEngine(tiny_checkpoints / "musicgen")
    monkeypatch.setattr(audiocraft, "import_module", missing_module)
    with pytest.raises(EngineError, match=r"does not run here .No module named 'xformers'"):
        engine.load("music")
    monkeypatch.setattr(models, "version", missing)
    with pytest.raises(EngineError, match="pip install --no-deps audiocraft"):
        AudiocraftEngine(tiny_checkpoints / "musicgen")


def missing_module(_: str):
    raise ModuleNotFoundError("No module named 'xformers'")


@pytest.mark.parametrize(
    ("refused", "words"),
    [
        ({"seconds": 0.1}, "length"),
        ({"parameters": {"guidance": "much"}}, "guidance must be a number"),
        ({"relation": "extend"}, "no sound to go on from"),
        ({"relation": "extend", "start_audio": np.zeros((1, 100), np.float32)}, "too short"),
    ],
)
def test_what_can_never_work_is_refused_in_words(tiny_checkpoints, refused, words):
    engine = AudiocraftEngine(tiny_checkpoints / "musicgen")
    with pytest.raises(EngineError, match="not loaded"):
        engine.submit(wish("music"))
    engine.load("music")

    with pytest.raises(EngineError, match=words):
        engine.submit(wish("music", **refused))
    assert engine.room("music") == 1


def test_its_progress_is_real_beyond_the_window_too(tiny_checkpoints):
    engine = AudiocraftEngine(tiny_checkpoints / "audiogen")
    engine.load("audio")
    engine.submit(wish("audio", seconds=10.5, parameters={"top_k": 1}))

    assert shape_after_honest_progress(engine) == (1, 84_000)
    start = noise(15.0)
    engine.submit(wish("audio", seconds=10.5, parameters={"top_k": 1}, relation="extend", start_audio=start))
    assert shape_after_honest_progress(engine) == (1, 120_000 + 84_000)


def shape_after_honest_progress(engine: Engine) -> tuple[int, ...]:
    shares = []
    while not isinstance(event := engine.step()[0], Done):
        shares.append(event.share)
    assert shares == sorted(shares) and 0 < shares[0] < 0.01 and shares[-1] == 1
    return event.sound.samples.shape


def test_listing_it_imports_nothing_of_it(tiny_checkpoints):
    program = (
        "import sys; from pathlib import Path; from soundbox.engines.catalogue import Catalogue;"
        f"Catalogue.build(weights=Path({str(tiny_checkpoints)!r}), by_audiocraft=['music', 'audio']).models();"
        "print(*sorted({'torch', 'transformers', 'audiocraft'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == ""
