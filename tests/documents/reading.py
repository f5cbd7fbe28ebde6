"""The documents as tests read them: sections, their examples, their tables of refusals."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
BASE_URL = "http://localhost:5309"
HEADING = re.compile(r"^(?:### `?|```http\n)(GET|POST|PUT|PATCH|DELETE) (/[^\s`]*)`?$", re.MULTILINE)
BLOCK = re.compile(r"(?P<before>[^\n]*)\n+```(?P<language>\w+)\n(?P<text>.*?)```", re.DOTALL)
MEASURED = ("duration",)  # a number in 003, though examples print whole ones
REFUSAL = re.compile(r'^\| (\d{3}) \| "(.+?)" \|', re.MULTILINE)


@dataclass(frozen=True)
class Example:
    """A block of code and the line above it, without its marks: "Response (completed):"."""

    label: str
    language: str
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)


@dataclass(frozen=True)
class Section:
    method: str
    path: str
    text: str

    @property
    def examples(self) -> list[Example]:
        return [
            Example(found["before"].strip("#* :"), found["language"], found["text"])
            for found in BLOCK.finditer(self.text)
        ]

    def answer(self, label: str = "Response") -> Any:
        """The JSON of the first answer whose label has this word in it."""
        return next(e.json for e in self.examples if e.language == "json" and label.lower() in e.label.lower())

    @property
    def body(self) -> Any:
        return next(e.json for e in self.examples if e.label == "Request Body")

    @property
    def calls(self) -> list[Call]:
        return [Call.parse(e.text) for e in self.examples if e.language == "bash"]

    @property
    def refusals(self) -> list[tuple[int, str]]:
        return [(int(status), words) for status, words in REFUSAL.findall(self.text)]


@dataclass(frozen=True)
class Call:
    """One curl line."""

    method: str
    path: str
    headers: dict[str, str]
    data: str | None

    @classmethod
    def parse(cls, line: str, base_url: str = BASE_URL) -> Call:
        words = iter(shlex.split(line.replace("\\\n", " ")))
        method, url, data, headers = "", "", None, {}
        assert next(words) == "curl"
        for word in words:
            match word:
                case "-X":
                    method = next(words)
                case "-H":
                    name, _, value = next(words).partition(": ")
                    headers[name] = value
                case "-d":
                    data = next(words)
                case "-F":
                    next(words)  # a file: no document has one
                case _:
                    url = word
        assert url.startswith(base_url), f"not an address of ours: {url!r}"
        return cls(method or ("POST" if data else "GET"), url.removeprefix(base_url), headers, data)


def sections(number: str) -> dict[str, Section]:
    """All endpoints of a document under "GET /job/{job_id}"."""
    (path,) = FOLDER.glob(f"{number}_*.txt")
    return {f"{section.method} {section.path}": section for section in _sections(path.read_text())}


def _sections(text: str) -> Iterator[Section]:
    headings = list(HEADING.finditer(text))
    ends = [heading.start() for heading in headings[1:]] + [len(text)]
    for heading, end in zip(headings, ends, strict=True):
        yield Section(heading[1], heading[2], text[heading.end() : end])


def missing(documented: Any, answer: Any, place: str = "answer") -> list[str]:
    """What of the documented shape is not there: names and JSON types; every row of a list counts."""
    if isinstance(documented, dict):
        if not isinstance(answer, dict):
            return [f"{place} is {kind(answer)}, not an object"]
        return [
            fault
            for name, value in documented.items()
            for fault in (missing(value, answer[name], f"{place}.{name}") if name in answer else [f"{place}.{name}"])
        ]
    if isinstance(documented, list):
        if not isinstance(answer, list):
            return [f"{place} is {kind(answer)}, not a list"]
        return [fault for i, row in enumerate(answer) for fault in missing(documented[0], row, f"{place}[{i}]")]
    is_measured = place.rpartition(".")[2] in MEASURED
    allowed = ("integer", "number") if is_measured or kind(documented) == "number" else (kind(documented),)
    return [] if kind(answer) in allowed else [f"{place} is {kind(answer)}, not {kind(documented)}"]


def kind(value: Any) -> str:
    """The JSON type of a value."""
    match value:
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float():
            return "number"
        case str():
            return "string"
        case None:
            return "null"
        case _:
            return "array" if isinstance(value, list) else "object"
