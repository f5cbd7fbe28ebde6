"""Makes what is heard as HLS, one file after the other: `python -m soundbox.audio.cutting`, a child process.

Each line on stdin is a JSON list, `["cut", SOURCE, TARGET, FIRST, ROUNDS, FRAMES]` for a stored sound,
`["stretch", SOURCE, TARGET, BEFORE, FRAMES]` for a part of one that grows, or `["filler", TARGET]`, and is answered
by a line on stdout, once the file is there or cannot be made. A child because a damaged file must not take the site
with it, one for many files because to load what it needs takes longer than to cut a sound.
"""

from __future__ import annotations

import os
from pathlib import Path

from soundbox.audio import filler, on_air, wav
from soundbox.audio.cut import Cut
from soundbox.audio.program import answer_lines, use_every_core

NICENESS = 10  # people who wait for a page come first


def make(what: str, *words: str) -> None:
    """Raises `WavError` and `OSError`."""
    if what == "filler":
        filler.fill(Path(words[0]))
    elif what == "stretch":
        on_air.cut_stretch(Path(words[0]), Path(words[1]), *map(int, words[2:]))
    else:
        on_air.cut(Path(words[0]), Path(words[1]), Cut(*map(int, words[2:])))


if __name__ == "__main__":
    os.nice(NICENESS)
    use_every_core()
    answer_lines(make, wav.WavError)
