"""Weights come from the hub whole and checked, or not at all; the hub is a real server on this machine."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from soundbox.engines.fetching import UNFINISHED, fetch
from soundbox.engines.protocol import EngineError
from tests.engines.hub import Hub, running_hub

WEIGHTS = bytes(range(256)) * 8192 * 12  # 24 MiB: the client writes ten at a time
REPOSITORIES = {
    "facebook/musicgen-small": {
        "README.md": b"---\nlicense: cc-by-nc-4.0\n---\n",
        "config.json": b"{}",
        "model.safetensors": WEIGHTS,
        "pytorch_model.bin": b"a pickle",
        "state_dict.bin": b"another",
        "compression.onnx": b"for another program",
    },
    "facebook/magnet-small-10secs": {"state_dict.bin": b"small"},
    "facebook/magnet-medium-10secs": {"state_dict.bin": b"medium"},
    "google-t5/t5-base": {"t5.json": b"{}"},
    "someone/old-one": {"config.json": b"{}", "state_dict.bin": WEIGHTS[:1000]},
}


@pytest.fixture
def hub() -> Iterator[Hub]:
    with running_hub(REPOSITORIES) as hub:
        yield hub


def test_a_model_comes_with_its_safetensors_and_no_pickles(hub: Hub, tmp_path: Path) -> None:
    folder = fetch("music", tmp_path, hub.address)

    assert folder == tmp_path / "musicgen-small"
    assert sorted(path.name for path in folder.iterdir()) == ["README.md", "config.json", "model.safetensors"]
    assert (folder / "model.safetensors").read_bytes() == WEIGHTS


def test_where_there_are_only_pickles_they_come(hub: Hub, tmp_path: Path) -> None:
    folder = fetch("someone/old-one", tmp_path, hub.address)

    assert (folder / "state_dict.bin").read_bytes() == WEIGHTS[:1000]


def test_what_a_model_needs_comes_along_once(hub: Hub, tmp_path: Path) -> None:
    fetch("magnet-small-10secs", tmp_path, hub.address)
    fetch("magnet-medium-10secs", tmp_path, hub.address)

    assert {path.name for path in tmp_path.glob("[!.]*")} == {"magnet-small-10secs", "magnet-medium-10secs", "t5-base"}
    assert [path for path, _ in hub.asked].count("t5.json") == 1


def test_what_is_here_is_not_fetched_again(hub: Hub, tmp_path: Path) -> None:
    fetch("musicgen-small", tmp_path, hub.address)
    asked = len(hub.asked)

    with pytest.raises(EngineError, match="is here already"):
        fetch("musicgen-small", tmp_path, hub.address)
    assert len(hub.asked) == asked


def test_what_broke_off_goes_on_where_it_was(hub: Hub, tmp_path: Path) -> None:
    hub.stall_at = len(WEIGHTS) // 2
    program = "import sys; from pathlib import Path; from soundbox.engines.fetching import fetch;"
    program += "fetch('music', Path(sys.argv[1]), sys.argv[2])"
    first = subprocess.Popen([sys.executable, "-c", program, tmp_path, hub.address], stderr=subprocess.DEVNULL)
    assert hub.has_stalled.wait(60)
    part = tmp_path / UNFINISHED / "musicgen-small" / "model.safetensors.part"
    while not (part.exists() and part.stat().st_size):
        assert first.poll() is None
    first.kill()
    first.wait()
    hub.go_on.set()
    assert not (tmp_path / "musicgen-small").exists()

    folder = fetch("music", tmp_path, hub.address)
    assert (folder / "model.safetensors").read_bytes() == WEIGHTS
    ranges = [asked for path, asked in hub.asked if path == "model.safetensors"]
    assert ranges[0] == "" and int(ranges[-1].removeprefix("bytes=").partition("-")[0]) > 0


def test_what_came_out_wrong_is_thrown_away(hub: Hub, tmp_path: Path) -> None:
    hub.claimed_hashes["model.safetensors"] = "0" * 64

    with pytest.raises(EngineError, match=r"model\.safetensors of facebook/musicgen-small came out wrong"):
        fetch("music", tmp_path, hub.address)
    assert not list(tmp_path.rglob("model.safetensors")) and not (tmp_path / "musicgen-small").exists()


def test_a_name_that_nobody_knows_is_refused_before_anything_is_asked(hub: Hub, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match='There are no weights called "carrot"; there are: musicgen-small'):
        fetch("carrot", tmp_path, hub.address)
    assert hub.asked == []


def test_a_repository_that_the_hub_does_not_have_is_named(hub: Hub, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="has no model nobody/nothing"):
        fetch("nobody/nothing", tmp_path, hub.address)


def test_terms_that_must_be_accepted_are_told_of(hub: Hub, tmp_path: Path) -> None:
    hub.gated.add("facebook/musicgen-small")

    with pytest.raises(EngineError, match="facebook/musicgen-small ask for your consent"):
        fetch("music", tmp_path, hub.address)


def test_without_a_network_one_sentence_says_so(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="The hub could not be reached"):
        fetch("music", tmp_path, "http://127.0.0.1:9")


def test_the_command_fetches_into_the_folder_of_models_and_says_what_went_wrong(hub: Hub, tmp_path: Path) -> None:
    models = tmp_path / "models"
    command = [sys.executable, "-m", "soundbox.cli", "models", "pull", "--instance", str(tmp_path)]
    environment = {**os.environ, "SOUNDBOX_MODELS": str(models), "HF_ENDPOINT": hub.address}

    good = subprocess.run([*command, "music"], env=environment, capture_output=True, text=True, check=True)
    bad = subprocess.run([*command, "a/b"], env=environment, capture_output=True, text=True, check=False)
    assert str(models / "musicgen-small") in good.stdout
    assert (bad.returncode, bad.stderr.splitlines()[-1]) == (
        1,
        "Error: The hub has no model a/b, or shows it only to those it knows.",
    )


def test_a_file_outside_of_its_folder_is_refused(tmp_path: Path) -> None:
    with running_hub({"bad/one": {"../../escaped.json": b"{}"}}) as hub, pytest.raises(EngineError, match="outside"):
        fetch("bad/one", tmp_path / "models", hub.address)
    assert not list(tmp_path.rglob("escaped.json"))
