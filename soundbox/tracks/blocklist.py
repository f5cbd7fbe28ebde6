"""The operator's list of words that no prompt, title or playlist may have: `blocklist.txt` in the instance folder.

One word or phrase a line, # begins a comment. Compared as searches are: whole words, whatever their case, accents and
punctuation. The file is read again when it has changed.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from soundbox.web.errors import Refusal

from .search import joined

FILE = "blocklist.txt"


def refuse_blocked(instance: Path, field: str, *texts: str) -> None:
    """Raises `Refusal` 400. It does not repeat the word: refusals are logged, read aloud and shown to others."""
    if is_blocked(instance, *texts):
        words = "has words that are not welcome here"
        raise Refusal(
            400,
            f"This {field} {words}",
            advice="The operator of this site keeps a list of words that may not be used. Say it differently.",
            fields={field: f"It {words}"},
        )


def is_blocked(instance: Path, *texts: str) -> bool:
    phrases = _phrases_now(instance / FILE)
    if not phrases:
        return False
    return any(phrase in f" {joined(text)} " for text in texts for phrase in phrases)


def _phrases_now(path: Path) -> tuple[str, ...]:
    try:
        stat = path.stat()
    except OSError:
        return ()
    return _phrases(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=8)
def _phrases(path: Path, _mtime_ns: int, _size: int) -> tuple[str, ...]:
    """Each between blanks. The version of the file is part of the key, so a new one is read."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    words = (joined(line.partition("#")[0]) for line in lines)
    return tuple(dict.fromkeys(f" {phrase} " for phrase in words if phrase))
