"""SECURITY.md speaks of every requirement, and names tests that are there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "SECURITY.md").read_text()
# How many requirements of levels 1 and 2 each section of ASVS 5.0.0 has; in all of them they come first.
SECTIONS = """
    1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3 4.2:1 4.3:2 4.4:4
    5.1:1 5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4 7.1:3 7.2:4 7.3:2 7.4:5 7.5:2 7.6:2 8.1:2 8.2:3
    8.3:1 8.4:1 9.1:3 9.2:4 10.1:2 10.2:2 10.3:4 10.4:11 10.5:5 10.6:2 10.7:3 11.1:2 11.2:3 11.3:3 11.4:4 11.5:1
    11.6:1 12.1:3 12.2:2 12.3:4 13.1:1 13.2:5 13.3:2 13.4:5 14.1:2 14.2:4 14.3:3 15.1:3 15.2:3 15.3:7 16.1:1 16.2:5
    16.3:4 16.4:3 16.5:3 17.1:1 17.2:4 17.3:2
"""
ALL = 253  # 70 of level 1 and 183 of level 2


def numbers(cell: str) -> list[int]:
    """ "1, 3-5" names four."""
    spans = [part.split("-") for part in cell.replace(" ", "").split(",") if part]
    return [number for span in spans for number in range(int(span[0]), int(span[-1]) + 1)]


def told() -> dict[str, list[int]]:
    rows = re.findall(r"^\| V(\d+\.\d+) \|(.*)\|$", TEXT, re.MULTILINE)
    return {section: sorted(one for cell in cells.split("|")[:3] for one in numbers(cell)) for section, cells in rows}


def test_every_requirement_is_met_absent_or_open_and_only_one_of_them() -> None:
    wanted = {section: int(count) for section, _, count in (pair.partition(":") for pair in SECTIONS.split())}
    assert sum(wanted.values()) == ALL
    assert told() == {section: list(range(1, count + 1)) for section, count in wanted.items()}


def test_every_test_that_is_named_is_there() -> None:
    named = set(re.findall(r"`((?:tests|soundbox)/[\w/.]+)`", TEXT))
    assert len(named) > 40 and [name for name in named if not (ROOT / name).exists()] == []
