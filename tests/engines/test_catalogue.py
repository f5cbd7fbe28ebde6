"""Which engine serves which model."""

import shutil
import subprocess
import sys

import pytest

from soundbox.engines import models, voices
from soundbox.engines.catalogue import Catalogue
from soundbox.engines.inventory import inventory
from soundbox.engines.protocol import EngineError


def test_every_model_people_may_pick_is_served_once():
    ids = [info.id for info in Catalogue.build().models()]

    assert ids[:4] == ["music", "audio", "magnet-music", "magnet-audio"]
    assert len(ids) == len(set(ids))


def test_magnet_means_magnet_music():
    catalogue = Catalogue.build()

    assert catalogue.find("magnet") == catalogue.find("magnet-music")
    assert catalogue.find("magnet") is not None


def test_an_unknown_model_is_not_found():
    catalogue = Catalogue.build()

    assert catalogue.find("carrot") is None
    assert catalogue.why_not("carrot") is None
    with pytest.raises(EngineError, match='no model "carrot"'):
        catalogue.engine_for("carrot")


def test_the_operator_chooses_the_licence_of_procedural_sound():
    info = Catalogue.build(licence="CC-BY-NC-4.0").find("music")

    assert info is not None
    assert (info.licence, info.commercial_use) == ("CC-BY-NC-4.0", False)


def test_engines_say_the_same_of_their_models_as_the_catalogue():
    catalogue = Catalogue.build(licence="CC-BY-4.0")

    told = [info for engine in catalogue.engines() for info in engine.models()]
    assert sorted(told, key=lambda info: info.id) == sorted(catalogue.models(), key=lambda info: info.id)


def test_models_of_one_engine_share_it():
    catalogue = Catalogue.build()

    assert catalogue.engine_for("music") is catalogue.engine_for("magnet-audio")
    assert catalogue.engines().count(catalogue.engine_for("music")) == 1


def test_speech_that_is_not_installed_is_known_and_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(voices, "PACKAGE", "no_such_package")
    catalogue = Catalogue.build()

    assert catalogue.find("tts") is None
    assert "pip install 'soundbox[speech]'" in (catalogue.why_not("tts") or "")
    with pytest.raises(EngineError, match="Speech is not installed"):
        catalogue.engine_for("tts")


def test_a_folder_with_weights_serves_music_and_names_its_licence(tiny_musicgen):
    catalogue = Catalogue.build(weights=tiny_musicgen.parent)
    info, stand_in = catalogue.find("music"), catalogue.find("audio")

    assert info is not None and stand_in is not None
    assert (info.engine, info.licence, info.commercial_use) == ("MusicGen", "CC-BY-NC-4.0", False)
    assert not info.weightless and stand_in.weightless
    assert catalogue.engine_for("music").models() == [info]


def test_folders_without_weights_change_nothing(tiny_musicgen, tmp_path):
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "config.json").write_text('{"model_type": "bert"}')
    (tmp_path / "empty").mkdir()
    (tmp_path / "half").mkdir()
    (tmp_path / "half" / "config.json").write_bytes((tiny_musicgen / "config.json").read_bytes())

    for weights in (tmp_path, tmp_path / "nowhere"):
        assert Catalogue.build(weights=weights).models() == Catalogue.build().models()


def test_weights_without_the_libraries_for_them_change_nothing_and_the_log_says_why(tiny_musicgen, monkeypatch, caplog):
    monkeypatch.setattr(models, "WEIGHTS_PACKAGES", ("no_such_package",))

    assert Catalogue.build(weights=tiny_musicgen.parent).models() == Catalogue.build().models()
    assert "pip install 'soundbox[models]'" in caplog.text


def test_listing_models_imports_no_engine(tiny_musicgen):
    program = (
        "import sys; from pathlib import Path; from soundbox.engines.catalogue import Catalogue;"
        f"Catalogue.build(weights=Path({str(tiny_musicgen.parent)!r})).models();"
        "heavy = {'scipy', 'torch', 'transformers', 'espeakng_loader', 'soundbox.engines.speech',"
        "'soundbox.engines.procedural.engine', 'soundbox.engines.transformer.engine'};"
        "print(*sorted(heavy & set(sys.modules)))"
    )

    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == ""


def test_what_the_folder_says_of_its_licence_counts_and_leaves_the_sounds_to_the_operator(tiny_musicgen, tmp_path):
    shutil.copytree(tiny_musicgen, tmp_path / "music")
    (tmp_path / "music" / "README.md").write_text("---\nlicense: mit\n---\n")
    catalogue = Catalogue.build(licence="CC-BY-4.0", weights=tmp_path)
    info = catalogue.find("music")

    assert info is not None
    assert (info.weights_licence, info.licence, info.commercial_use) == ("MIT", "CC-BY-4.0", True)
    assert catalogue.engine_for("music").models() == [info]


def test_a_model_without_weights_says_how_to_have_them(tiny_musicgen, monkeypatch):
    pull = "Fetch its weights with: soundbox models pull musicgen-small"

    assert Catalogue.build().advice("music") == f"Let SOUNDBOX_MODELS name a folder. {pull}"
    assert Catalogue.build(weights=tiny_musicgen / "nothing").advice("music") == pull
    assert Catalogue.build(weights=tiny_musicgen.parent).advice("music") == ""
    monkeypatch.setattr(models, "DIFFUSION_PACKAGES", ("no_such_package",))
    assert Catalogue.build().advice("music").startswith("Install it with: pip install 'soundbox[models]'.")


def test_the_inventory_names_every_model_and_what_it_runs_on(tiny_musicgen):
    lines = list(inventory(Catalogue.build(weights=tiny_musicgen.parent), "cpu"))

    assert lines[0].startswith("music ") and "MusicGen on cpu" in lines[0]
    assert "CC-BY-NC-4.0, no commercial use" in lines[0]
    told = [line.split()[0] for line in lines if not line.startswith(" ")]
    assert told == list(models.KINDS)
    assert any("soundbox models pull ace-step" in line for line in lines)
