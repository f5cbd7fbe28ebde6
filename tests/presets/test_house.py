"""Presets that everybody has: the five of the document as it prints them, ours over all models, and the operator's."""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path

import pytest

from soundbox.config import ConfigError
from soundbox.engines.models import KINDS
from soundbox.presets.house import FILE, House, read

DOCUMENT = Path(__file__).parents[1] / "documents" / "000_798ad2d21583fa38.txt"
DOCUMENTED = ("latin_rock", "trap_808", "ambient_cinematique", "synthwave_retro", "jazz_fusion")


def built_in() -> dict:
    return read(Path("nowhere") / FILE)


def test_the_five_of_the_document_come_first_and_are_as_it_prints_them() -> None:
    printed = DOCUMENT.read_text().partition("## Built-in Presets")[2].partition("## Usage Examples")[0]
    sections = {part.partition("(`")[2].partition("`)")[0]: part for part in printed.split("###")[1:]}
    assert tuple(sections) == DOCUMENTED == tuple(built_in())[:5]
    for slug, section in sections.items():
        preset = built_in()[slug]
        assert f" {preset.name} (`{slug}`)" in section
        assert f"**Style**: {preset.description}\n" in section
        assert f"**BPM**: {preset.suggested_bpm:g}" in section and f"**Seed**: {preset.seed}\n" in section
        assert f"**Duration**: {preset.suggested_duration:g}s\n" in section
        assert f"**Tags**: {', '.join(preset.tags)}\n" in section


def test_latin_rock_is_the_printed_answer_word_for_word() -> None:
    answer = json.loads(DOCUMENT.read_text().partition("```json\n")[2].partition("```")[0])
    printed = answer["presets"]["latin_rock"]
    assert built_in()["latin_rock"].model_dump(mode="json", exclude={"slug", "model"}) == printed


def test_there_are_fifteen_more_over_all_models() -> None:
    ours = [preset for slug, preset in built_in().items() if slug not in DOCUMENTED]
    assert len(ours) >= 15 and {preset.model for preset in ours} == set(KINDS)
    assert len({preset.name for preset in built_in().values()}) == len(built_in())


def test_the_operators_file_adds_changes_and_takes_away(tmp_path: Path) -> None:
    mine = {"name": "Mine", "prompt_base": "slow bells", "tags": ["a", "A", "b"]}
    write(tmp_path, {"mine": mine, "latin_rock": {"suggested_bpm": 124}, "trap_808": None})
    presets = House(tmp_path).presets()
    assert (presets["latin_rock"].suggested_bpm, presets["latin_rock"].seed) == (124, 42)
    assert "trap_808" not in presets and list(presets)[-1] == "mine"
    assert (presets["mine"].tags, presets["mine"].model, presets["mine"].suggested_duration) == (("a", "b"), "music", 8)


FAULTS = [
    ("{", "cannot be read: Expecting property name"),
    ('{"a": {"name": "A"}, "a": null}', "'a' is there twice"),
    ("[]", "must hold one JSON object"),
    ('{"a": 1}', "preset 'a' must be an object, or null"),
    ('{"a": {"prompt_base": "x"}}', "preset 'a' is not possible: name: Field required"),
    ('{"a": {"name": "A"}}', "prompt_base is required"),
    ('{"a": {"name": "A", "prompt_base": "x", "bpm": 1}}', "there is no field 'bpm'"),
    ('{"a": {"name": "A", "prompt_base": "x", "model": "loud"}}', "model: must be one of music, audio"),
    ('{"a": {"name": "A", "prompt_base": "x", "suggested_bpm": 900}}', "suggested_bpm: "),
    ('{"a": {"name": "A", "prompt_base": "x", "parameters": {"top_p": 2}}}', "parameters: top_p must be a number"),
    ('{"a": {"name": "A", "prompt_base": "x", "parameters": {"loud": 2}}}', "There is no parameter 'loud'"),
    ('{"Très": {"name": "A", "prompt_base": "x"}}', "up to 40 of a-z, 0-9 and _"),
]


@pytest.mark.parametrize(("text", "fault"), FAULTS)
def test_a_broken_file_is_named_with_its_fault(tmp_path: Path, text: str, fault: str) -> None:
    (tmp_path / FILE).write_text(text)
    with pytest.raises(ConfigError) as refused:
        House(tmp_path)
    assert str(tmp_path / FILE) in str(refused.value) and fault in str(refused.value)


def test_a_running_site_takes_a_changed_file_up(tmp_path: Path) -> None:
    house = House(tmp_path)
    write(tmp_path, {"mine": {"name": "Mine", "prompt_base": "slow bells"}})
    assert "mine" in house.presets()
    (tmp_path / FILE).unlink()
    assert "mine" not in house.presets()


def test_a_file_that_breaks_while_the_site_runs_changes_nothing_and_is_logged_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write(tmp_path, {"mine": {"name": "Mine", "prompt_base": "slow bells"}})
    house = House(tmp_path)
    (tmp_path / FILE).write_text('{"mine": {')
    with caplog.at_level(logging.WARNING):
        assert [("mine" in house.presets()) for _ in range(3)] == [True, True, True]
    assert len(caplog.messages) == 1 and str(tmp_path / FILE) in caplog.text


def write(folder: Path, presets: dict) -> None:
    path = folder / FILE
    path.write_text(json.dumps(presets))
    os.utime(path, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns))
