"""audiocraft 1.3.0 itself beside the own models, both from one tiny checkpoint."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from soundbox.engines.protocol import SoundRequest
from soundbox.engines.transformer.magnet import Magnet
from soundbox.engines.transformer.musicgen import MusicGen
from tests.engines.audiocraft_shim import audiocraft_models

CPU = torch.device("cpu")
FRAME_RATE = 50


class Pair:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def reference(self) -> Any:
        models = audiocraft_models()
        name = self.folder.name
        kind = models.MAGNeT if "magnet" in name else models.AudioGen if name == "audiogen" else models.MusicGen
        return kind.get_pretrained(str(self.folder), device="cpu")

    @cached_property
    def own(self) -> MusicGen | Magnet:
        make = Magnet if "magnet" in self.folder.name else MusicGen
        return make.load(self.folder, CPU, torch.float32)

    def expected(self, prompts: list[str], start: np.ndarray | None = None, **manner: Any) -> Tensor:
        """Codes by audiocraft, (n, codebook, frame)."""
        self.reference.set_generation_params(**manner)
        if start is None:
            return self.reference.generate(prompts, return_tokens=True)[1]
        starts = torch.from_numpy(start).expand(len(prompts), -1, -1)
        rate = self.reference.sample_rate
        return self.reference.generate_continuation(starts, rate, prompts, return_tokens=True)[1]

    def decoded(self, prompt: str, frames: int, begun: Tensor | None = None, **parameters: Any) -> Tensor:
        """The own codes, (codebook, frame)."""
        request = SoundRequest("a", "any", prompt, 1.0, seed=1, parameters=parameters)
        nothing = torch.zeros((self.own.shape.codebooks, 0), dtype=torch.long)
        batch: Any = self.own.batch(1)
        batch.join(self.own.member(request, frames, nothing if begun is None else begun))
        while batch.members:
            done = batch.step()
        return done[0].columns.codes

    def with_window(self, frames: int, stride: int) -> Pair:
        """The same that sees less of a sound at once."""
        pair = Pair(self.folder)
        pair.own = replace(self.own, shape=replace(self.own.shape, window=frames, stride=stride))
        pair.reference = self.reference
        return pair

    @property
    def in_bfloat16(self) -> MusicGen | Magnet:
        return type(self.own).load(self.folder, CPU, torch.bfloat16)


def sounding(model: MusicGen | Magnet, codes: Tensor) -> np.ndarray:
    decoding, frames, pieces = model.codec.decoding(), codes.shape[1], []
    while wanted := decoding.wanted(frames, frames):
        pieces.append(decoding.piece(codes[:, slice(*wanted)], wanted[0], frames))
    return np.concatenate(pieces, axis=1)
