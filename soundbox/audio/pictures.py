"""Any picture of a WAV master: `python -m soundbox.audio.pictures SOURCE.wav KIND TARGET.png`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from soundbox.audio import disc, wav
from soundbox.audio.disc import draw_disc
from soundbox.audio.face import draw_face
from soundbox.audio.labelled import draw_labelled
from soundbox.audio.program import ending_in_words, use_every_core
from soundbox.audio.replacing import replacing
from soundbox.audio.samples import Samples
from soundbox.audio.sizes import SMALL_FACE

PICTURES: dict[str, Callable[[Samples, int, Path], None]] = {
    "face": draw_face,
    "disc": draw_disc,
    "small-face": partial(draw_face, size=SMALL_FACE),
    "small-disc": partial(draw_disc, size=disc.SMALL),
    "cover": partial(draw_disc, size=disc.COVER, on_ground=True),
    "labelled": draw_labelled,
}


class PictureError(Exception):
    """Why there is no picture, in a sentence."""


def draw(source: Path, kind: str, target: Path) -> None:
    """Write a picture of a WAV master, whole or not at all. Raises `PictureError`, `OSError` for a full disk."""
    if kind not in PICTURES:
        raise PictureError(f"There is no picture called {kind}; there are {', '.join(PICTURES)}.")
    try:
        samples, info = wav.read(source)
    except FileNotFoundError as error:
        raise PictureError("The WAV file is missing.") from error
    except wav.WavError as error:
        raise PictureError(str(error)) from error
    if info.frames == 0:
        raise PictureError("There is no sound in the WAV file.")
    with replacing(target) as temporary:
        PICTURES[kind](samples, info.sample_rate, temporary)


def main(arguments: list[str]) -> None:
    if len(arguments) != 3:
        sys.exit("usage: python -m soundbox.audio.pictures SOURCE.wav face|disc|cover|labelled TARGET.png")
    use_every_core()
    with ending_in_words(PictureError):
        draw(Path(arguments[0]), arguments[1], Path(arguments[2]))


if __name__ == "__main__":
    main(sys.argv[1:])
