"""Checkpoints of audiocraft: what is read from them, and what is refused in words."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from omegaconf import OmegaConf
from transformers import EncodecModel

from soundbox.engines.catalogue import Catalogue
from soundbox.engines.protocol import EngineError
from soundbox.engines.transformer.checkpoint import Checkpoint
from soundbox.engines.transformer.engine import TransformerEngine
from soundbox.engines.transformer.musicgen import MusicGen
from tests.engines.audiocraft_reference import sounding
from tests.engines.tiny_musicgen import SAMPLE_RATE

CPU = torch.device("cpu")


@pytest.fixture
def folder(tiny_checkpoints: Path, tmp_path: Path) -> Path:
    """A MusicGen of one's own, with its T5 beside it."""
    shutil.copytree(tiny_checkpoints / "t5-tiny", tmp_path / "t5-tiny")
    return Path(shutil.copytree(tiny_checkpoints / "musicgen", tmp_path / "musicgen"))


def changed(path: Path, change: Callable[[dict], None]) -> None:
    content = torch.load(path, weights_only=True)
    change(content)
    torch.save(content, path)


def configured(folder: Path, setting: str, value: object) -> None:
    def change(content: dict) -> None:
        config = OmegaConf.create(content["xp.cfg"])
        OmegaConf.update(config, setting, value)
        content["xp.cfg"] = OmegaConf.to_yaml(config)

    changed(folder / "state_dict.bin", change)


def test_every_model_of_a_folder_is_found_and_says_what_it_is(tiny_checkpoints):
    infos = {info.id: info for info in Catalogue.build(weights=tiny_checkpoints).models() if not info.weightless}

    assert {name: info.engine for name, info in infos.items()} == {
        "music": "MusicGen",
        "audio": "AudioGen",
        "magnet-music": "MAGNeT",
        "magnet-audio": "MAGNeT",
    }
    assert {info.sample_rate for info in infos.values()} == {SAMPLE_RATE}
    assert infos["audio"].kind == infos["magnet-audio"].kind == "audio"
    assert (infos["music"].max_seconds, infos["magnet-music"].max_seconds) == (180, 5)
    assert "final_guidance" in infos["magnet-audio"].parameters and "final_guidance" not in infos["audio"].parameters


def test_sounds_of_16_khz_are_effects_whatever_the_solver_was_called(folder):
    def change(content: dict) -> None:
        content["xp.cfg"] = content["xp.cfg"].replace(f"sample_rate: {SAMPLE_RATE}", "sample_rate: 16000")

    changed(folder / "compression_state_dict.bin", change)
    configured(folder, "dataset.segment_duration", 10)
    shape = Checkpoint(folder).shape
    assert (shape.family, shape.effects, shape.window) == ("AudioGen", True, 1000)


def test_a_machine_without_what_reads_a_checkpoint_goes_on_without_it(tiny_checkpoints, monkeypatch):
    monkeypatch.setitem(sys.modules, "yaml", None)

    assert Catalogue.build(weights=tiny_checkpoints).models() == Catalogue.build().models()


def test_a_codec_that_is_only_named_is_read_from_its_own_folder(folder):
    own = MusicGen.load(folder, CPU, torch.float32)
    network: EncodecModel = own.codec._model
    network.save_pretrained(folder.parent / "encodec_tiny")
    torch.save({"pretrained": "facebook/encodec_tiny", "exported": True}, folder / "compression_state_dict.bin")

    named, codes = MusicGen.load(folder, CPU, torch.float32), torch.arange(40).view(4, 10)
    assert named.shape == own.shape
    assert (sounding(named, codes) == sounding(own, codes)).all()


def test_files_of_transformers_beside_those_of_audiocraft_come_first(folder, tiny_musicgen):
    for path in tiny_musicgen.iterdir():
        shutil.copy(path, folder)

    engine = TransformerEngine(folder, dtype=torch.float32)
    shutil.rmtree(folder.parent / "t5-tiny")
    engine.load("music")  # it brings its own


@pytest.mark.parametrize(
    ("setting", "value", "words"),
    [
        ("fuser.prepend", ["self_wav", "description"], "fuser.prepend"),
        ("transformer_lm.positional_embedding", "rope", "positional_embedding 'rope' is not known here"),
        ("transformer_lm.bias_ff", True, "bias_ff"),
        ("codebooks_pattern.modeling", "parallel", "pattern of codebooks"),
        ("codebooks_pattern.delay.delays", [0, 2, 4, 6], "pattern of codebooks"),
        ("interleave_stereo_codebooks", {"use": True, "per_timestep": True}, "pattern of codebooks"),
        ("conditioners.description.t5.normalize_text", True, "something else than T5"),
        ("dataset.segment_duration", 10, "too short to go on from"),
        ("transformer_lm.dim", None, "not understood"),
    ],
)
def test_models_of_another_make_are_refused_in_words(folder, setting, value, words):
    configured(folder, setting, value)

    with pytest.raises(EngineError, match=words):
        TransformerEngine(folder)
    assert Catalogue.build(weights=folder.parent).models() == Catalogue.build().models()


def test_a_codec_of_another_make_is_refused_in_words(folder):
    def change(content: dict) -> None:
        content["xp.cfg"] = content["xp.cfg"].replace("renormalize: false", "renormalize: true")

    changed(folder / "compression_state_dict.bin", change)
    with pytest.raises(EngineError, match=r"encodec\.renormalize is True"):
        TransformerEngine(folder).load("music")


def test_a_checkpoint_without_its_text_encoder_says_what_to_put_where(folder):
    shutil.rmtree(folder.parent / "t5-tiny")

    with pytest.raises(EngineError, match="put its transformers folder beside it, as t5-tiny"):
        TransformerEngine(folder).load("music")


def test_weights_that_are_missing_are_named(folder):
    changed(folder / "state_dict.bin", lambda content: content["best_state"].pop("linears.2.weight"))

    with pytest.raises(EngineError, match=r"lack linears\.2\.weight"):
        TransformerEngine(folder).load("music")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"not weights", "cannot be read"),
        ({"best_state": {}, "xp.cfg": OmegaConf.create({"a": 1})}, "holds a omegaconf.dictconfig.DictConfig"),
        ({"model": {}}, "no checkpoint that audiocraft exported"),
        ([1, 2], "holds no checkpoint"),
    ],
    ids=["no file of torch", "objects", "another dictionary", "a list"],
)
def test_files_that_are_no_checkpoint_are_refused_in_words(folder, content, words):
    path = folder / "state_dict.bin"
    path.write_bytes(content) if isinstance(content, bytes) else torch.save(content, path)

    with pytest.raises(EngineError, match=words):
        TransformerEngine(folder)
