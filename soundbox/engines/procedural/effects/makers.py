"""Names of what makes a sound: reading a prompt needs no synthesis, so it is imported when the first sound is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import Any

_FOLDER = "soundbox.engines.procedural.effects.sounds"


@dataclass(frozen=True)
class Maker:
    """One function of one file of `sounds`."""

    file: str
    name: str

    def __call__(self, moment: Any) -> Any:
        """Makes a stretch or an event. Raises `AttributeError` when there is no such function."""
        return self.function(moment)

    @cached_property
    def function(self) -> Callable[[Any], Any]:
        made: Callable[[Any], Any] = getattr(import_module(f"{_FOLDER}.{self.file}"), self.name)
        return made


class Sounds:
    """The makers of one file of `sounds`, by their names: `Sounds("weather").rain`."""

    def __init__(self, file: str) -> None:
        self._file = file

    def __getattr__(self, name: str) -> Maker:
        return Maker(self._file, name)
