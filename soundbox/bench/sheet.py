"""A contact sheet: the faces of many sounds with their names, small, beside each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from soundbox.audio.face import faded_to_ground
from soundbox.audio.palette import GROUND, STOPS, dusk
from soundbox.audio.samples import Samples
from soundbox.audio.spectrogram import brightness

FACE_WIDTH, FACE_HEIGHT = 200, 64  # pixels
COLUMNS = 8
GAP, NAME_HEIGHT, TEXT_SIZE = 10, 20, 13
COLOURS = 256


@dataclass(frozen=True)
class Face:
    name: str
    pixels: NDArray[np.uint8]  # shape (height, width, 3)

    @classmethod
    def of(cls, name: str, samples: Samples, rate: int) -> Face:
        upper = faded_to_ground(brightness(samples, rate, FACE_HEIGHT // 2, FACE_WIDTH))
        whole = np.concatenate([upper[::-1], upper])
        return cls(name, dusk(COLOURS)[np.rint(whole * (COLOURS - 1)).astype(np.uint8)])


def draw_sheet(faces: Iterable[Face], path: Path) -> None:
    """Write a PNG with the faces in rows, each above its name."""
    shown = list(faces)
    cell_width, cell_height = FACE_WIDTH + GAP, FACE_HEIGHT + NAME_HEIGHT + GAP
    rows = -(-len(shown) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * cell_width + GAP, rows * cell_height + GAP), GROUND)
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(TEXT_SIZE)
    for number, face in enumerate(shown):
        row, column = divmod(number, COLUMNS)
        left, top = GAP + column * cell_width, GAP + row * cell_height
        sheet.paste(Image.fromarray(face.pixels), (left, top))
        pen.text((left, top + FACE_HEIGHT + 3), face.name, fill=STOPS[-1][1], font=font)
    sheet.quantize(COLOURS // 2).save(path, optimize=True)
