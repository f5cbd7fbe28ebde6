"""Every exception from ruff's security rules says why, in its line or in pyproject.toml."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EXCEPTION = re.compile(r"# noqa(?!: [A-RT-Z])(?P<rest>.*)")
WITH_ITS_REASON = re.compile(r": (?:[A-Z]+[0-9]+(?:, )?)+ - \w")


def exceptions() -> list[str]:
    files = [path for part in ("soundbox", "tests", "migrations") for path in (ROOT / part).rglob("*.py")]
    lines = [f"{path.relative_to(ROOT)}: {line}" for path in files for line in path.read_text().splitlines()]
    return [line for line in lines if EXCEPTION.search(line) and Path(__file__).name not in line]


def test_exceptions_in_the_code_say_why() -> None:
    found = exceptions()
    assert len(found) > 10, "this test looks for what is not written so any more"
    silent = [line for line in found if not WITH_ITS_REASON.match(EXCEPTION.search(line)["rest"])]  # type: ignore[index]
    assert silent == []


def test_the_rules_are_on_for_everything_and_what_is_off_says_why() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    assert "S" in tomllib.loads(text)["tool"]["ruff"]["lint"]["select"]
    ruff = text.partition("[tool.ruff.lint]")[2].partition("[tool.mypy]")[0]
    off = [line for line in ruff.splitlines() if re.search(r'"S[0-9]{3}"', line)]
    assert off and [line for line in off if "#" not in line] == []
