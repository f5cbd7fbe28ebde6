"""Which engine serves which model."""

import subprocess
import sys

import pytest

from soundbox.engines import voices
from soundbox.engines.catalogue import Catalogue
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


def test_listing_models_imports_no_engine():
    program = (
        "import sys; from soundbox.engines.catalogue import Catalogue; Catalogue.build().models();"
        "heavy = {'scipy', 'espeakng_loader', 'soundbox.engines.speech', 'soundbox.engines.procedural.engine'};"
        "print(*sorted(heavy & set(sys.modules)))"
    )

    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == ""
