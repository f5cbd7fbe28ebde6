"""Presets that everybody has: the built-in ones, and what `presets.json` in the instance folder adds or changes.

A broken file stops the start. A running site reads the file again when it has changed; should it be broken then, the
presets stay as they were and the log says why.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from pydantic import ValidationError

from soundbox.config import Config, ConfigError

from .preset import Preset

FILE = "presets.json"
BUILT_IN: dict[str, dict[str, Any]] = json.loads(Path(__file__).with_name("built_in.json").read_text(encoding="utf-8"))
_Version = tuple[int, int] | None  # of a file: when it was changed (ns) and its size; None: there is none

log = logging.getLogger(__name__)


class House:
    """Presets by slug, in their order. Raises `ConfigError` when made over a broken file."""

    def __init__(self, instance: Path) -> None:
        self._path = instance / FILE
        self._version = _version_of(self._path)
        self._presets = read(self._path)

    def presets(self) -> dict[str, Preset]:
        version = _version_of(self._path)
        if version != self._version:
            self._version = version  # a broken file is told of once
            try:
                self._presets = read(self._path)
            except ConfigError as error:
                log.warning("%s The presets stay as they were.", error)
        return self._presets


def init_app(app: Flask, config: Config) -> None:
    app.extensions["soundbox_presets"] = House(config.instance)


def house_presets() -> dict[str, Preset]:
    house: House = current_app.extensions["soundbox_presets"]
    return house.presets()


def read(path: Path) -> dict[str, Preset]:
    """The built-in presets with the file's: a slug that is built in changes what is named of it, and null takes it
    away. Raises `ConfigError` that names the file, the preset and the fault."""
    given = _given(path)
    entries = {slug: {**BUILT_IN.get(slug, {}), **(entry or {})} for slug, entry in {**BUILT_IN, **given}.items()}
    taken_away = {slug for slug, entry in given.items() if entry is None}
    return {slug: _preset(path, slug, entry) for slug, entry in entries.items() if slug not in taken_away}


def _given(path: Path) -> dict[str, dict[str, Any] | None]:
    try:
        given = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=_each_name_once)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        raise ConfigError(f"{path} cannot be read: {error}.") from None
    if not isinstance(given, dict):
        raise ConfigError(f'{path} must hold one JSON object: {{"your_preset": {{"name": ..., "prompt_base": ...}}}}.')
    for slug, entry in given.items():
        if not isinstance(entry, dict | None):
            raise ConfigError(f"{path}: preset {slug!r} must be an object, or null to take a built-in one away.")
    return given


def _each_name_once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(f"{name!r} is there twice")
        found[name] = value
    return found


def _preset(path: Path, slug: str, entry: dict[str, Any]) -> Preset:
    try:
        return Preset(**{**entry, "slug": slug})
    except ValidationError as error:
        raise ConfigError(f"{path}: preset {slug!r} is not possible: {_sentence(error)}.") from None


def _sentence(error: ValidationError) -> str:
    first = error.errors()[0]
    field = ".".join(str(part) for part in first["loc"])
    if field == "slug":
        return "its name in the file may have up to 40 of a-z, 0-9 and _, and begins with a letter or digit"
    if first["type"] == "extra_forbidden":
        return f"there is no field {field!r}; the fields are {', '.join(Preset.model_fields)}"
    words = first["msg"].removeprefix("Value error, ").rstrip(".")
    return f"{field}: {words}" if field else words


def _version_of(path: Path) -> _Version:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size
