"""The README tells the truth: its commands, its tree, its settings and its API lines."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click import Context, Group
from click.testing import CliRunner
from flask.testing import FlaskClient

from soundbox.cli import main
from soundbox.docs.settings import settings_table

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text()
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README, re.DOTALL)
COMMANDS = [line.partition("#")[0].strip() for kind, text in BLOCKS if kind == "sh" for line in text.splitlines()]
TREE = next(text for kind, text in BLOCKS if text.startswith("soundbox/"))


def test_the_settings_table_is_the_real_one() -> None:
    assert settings_table() in README


def test_every_place_of_the_tree_exists() -> None:
    for place in tree_places():
        assert (ROOT / place).exists(), place


def test_nothing_of_the_package_is_missing_from_the_tree() -> None:
    there = {path for path in (ROOT / "soundbox").iterdir() if path.name not in ("__init__.py", "__pycache__")}
    assert there <= {ROOT / place for place in tree_places()}


@pytest.mark.parametrize("command", [line for line in COMMANDS if line.startswith("make ")])
def test_every_make_command_has_a_target(command: str) -> None:
    assert re.search(rf"^{command.split()[1]}:", (ROOT / "Makefile").read_text(), re.MULTILINE)


@pytest.mark.parametrize("command", [line for line in COMMANDS if "soundbox" in line and "curl" not in line])
def test_every_soundbox_command_takes_the_options_shown(command: str) -> None:
    words = shlex.split(command)[1:]
    options = {word for word in words if word.startswith("--")}
    verbs = words[: 2 if isinstance(main.get_command(Context(main), words[0]), Group) else 1]
    help_text = CliRunner().invoke(main, [*verbs, "--help"]).output
    assert help_text.startswith("Usage:") and all(option in help_text for option in options | {"--instance"})


@pytest.mark.parametrize("bench", re.findall(r"`soundbox bench (\w+)`", README))
def test_every_bench_named_exists(bench: str) -> None:
    assert CliRunner().invoke(main, ["bench", bench, "--help"]).exit_code == 0


def test_the_curl_lines_run(owner: FlaskClient) -> None:
    for line in (line for line in COMMANDS if line.startswith("curl ")):
        words = shlex.split(line)
        path = "/" + next(word for word in words if word.startswith("http")).split("/", 3)[3]
        if "-d" in words:
            body = words[words.index("-d") + 1]
            assert owner.post(path, data=body, content_type="application/json").status_code == 201
        else:
            assert owner.get(path).status_code == 200


def test_every_file_named_exists() -> None:
    for place in re.findall(r"`((?:\w+/)+\w+\.\w+)(?::\w+)?`", README):
        assert (ROOT / "soundbox" / place).exists() or (ROOT / place).exists(), place


def test_every_picture_exists() -> None:
    for place in re.findall(r"!\[[^]]*\]\(([^)]+)\)", README):
        assert (ROOT / place).stat().st_size > 10_000


def tree_places() -> list[str]:
    """Paths of the tree, from its indentation."""
    places, folder = [], ""
    for line in TREE.splitlines():
        name = line.split()[0]
        if not line.startswith(" "):
            folder = name if name == "soundbox/" else ""
            places.append(name)
        else:
            places.append(folder + name)
    return places
