"""Terms and privacy: what the operator wrote into the instance folder, or what is true of this software by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

from markdown_it import MarkdownIt

from soundbox.config import Config

DEFAULTS = Path(__file__).resolve().parents[2] / "templates" / "terms"
DEFAULTS_CHANGED = date(2026, 11, 28)
NOBODY_NAMED = "whoever runs this site"
NO_CONTACT = "whoever gave you its address"
# Without HTML, so that a text can only ever be text; addresses such as javascript: are left as words by the parser.
markdown = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")


@dataclass(frozen=True)
class Document:
    """`title`: its first line when that is a heading."""

    title: str
    text: str  # Markdown, without that line
    html: str
    changed: date
    is_default: bool


def document(config: Config, noun: str) -> Document:
    """`noun`: terms or privacy. {operator} and {contact} stand for the settings, in the operator's own text too."""
    own = config.instance / f"{noun}.md"
    path = own if own.is_file() else DEFAULTS / f"{noun}.md"
    return _read(path, path.stat().st_mtime_ns, config.operator_name, config.operator_contact)


@lru_cache(maxsize=16)
def _read(path: Path, mtime_ns: int, operator: str, contact: str) -> Document:
    """The moment of the last change is part of the key, so a new text is read."""
    source = path.read_text(encoding="utf-8", errors="replace")
    source = source.replace("{operator}", operator or NOBODY_NAMED).replace("{contact}", contact or NO_CONTACT)
    first, _, rest = source.lstrip().partition("\n")
    title, text = (first[2:].strip(), rest) if first.startswith("# ") else (path.stem.capitalize(), source)
    is_default = path.parent == DEFAULTS
    changed = DEFAULTS_CHANGED if is_default else datetime.fromtimestamp(mtime_ns / 1e9, UTC).date()
    return Document(title, text.strip(), markdown.render(text), changed, is_default)
