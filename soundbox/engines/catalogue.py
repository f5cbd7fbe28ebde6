"""Which engine serves which model here. Listing imports no engine, so the web process may do it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from soundbox.engines import models, voices
from soundbox.engines.protocol import Engine, EngineError, ModelInfo
from soundbox.engines.transformer.models import by_audiocraft, find_models, info_of

Offer = tuple[list[ModelInfo], Callable[[], Engine]]

_log = logging.getLogger(__name__)


class Catalogue:
    """Each model with the first engine that can serve it. Engines are made when first asked for, and then kept."""

    def __init__(self, offers: list[Offer], absent: Mapping[str, str]) -> None:
        self._absent = absent
        self._infos: dict[str, ModelInfo] = {}
        self._makers: dict[str, Callable[[], Engine]] = {}
        self._made: dict[Callable[[], Engine], Engine] = {}
        for infos, make in offers:
            for info in infos:
                if info.id not in self._infos:
                    self._infos[info.id], self._makers[info.id] = info, make

    @classmethod
    def build(
        cls,
        licence: str = "CC0-1.0",
        weights: Path | None = None,
        device: str = "cpu",
        by_audiocraft: Collection[str] = (),
    ) -> Catalogue:
        """What this machine can do.

        `licence`: SPDX id the operator gives to sounds made without weights. `weights`: the folder that holds one
        folder for each model with weights. `device`: where those run, cpu or cuda:0. `by_audiocraft`: kinds of models
        that audiocraft itself runs where it can.
        """
        offers: list[Offer] = [
            *_with_weights(weights, device, by_audiocraft),
            (models.procedural_models(licence), lambda: _procedural_engine(licence)),
        ]
        if not voices.is_installed():
            return cls(offers, {"tts": f"Speech is not installed here. {models.SPEECH_INSTALL}"})
        return cls([*offers, ([models.SPEECH], _speech_engine)], {})

    def models(self) -> list[ModelInfo]:
        return list(self._infos.values())

    def find(self, name: str) -> ModelInfo | None:
        return self._infos.get(_true_name(name))

    def why_not(self, name: str) -> str | None:
        """How to get a known model that is absent here; None for one that is there, or that nobody knows."""
        return self._absent.get(_true_name(name))

    def engine_for(self, name: str) -> Engine:
        """Raises `EngineError` in words for a model nothing here can serve."""
        model = _true_name(name)
        if model not in self._makers:
            raise EngineError(self.why_not(name) or f'There is no model "{name[:40]}".')
        return self._engine(self._makers[model])

    def engines(self) -> list[Engine]:
        return [self._engine(make) for make in dict.fromkeys(self._makers.values())]

    def _engine(self, make: Callable[[], Engine]) -> Engine:
        if make not in self._made:
            self._made[make] = make()
        return self._made[make]


def _true_name(name: str) -> str:
    return models.ALIASES.get(name, name)


def _with_weights(weights: Path | None, device: str, by_audiocraft: Collection[str]) -> list[Offer]:
    if weights is None:
        return []
    missing = [package for package in models.WEIGHTS_PACKAGES if find_spec(package) is None]
    if missing:
        _log.warning("%s is not used, since %s is missing. %s", weights, missing[0], models.WEIGHTS_INSTALL)
        return []
    return [_offer(folder, device, by_audiocraft) for folder in find_models(weights).values()]


def _offer(folder: Path, device: str, kinds_by_audiocraft: Collection[str]) -> Offer:
    info = info_of(folder, device)
    if info.kind in kinds_by_audiocraft:
        try:
            return [by_audiocraft(folder, device)], partial(_audiocraft_engine, folder, device)
        except EngineError as error:
            _log.warning("The own engine runs %s: %s", folder.name, error)
    return [info], partial(_transformer_engine, folder, device)


def _transformer_engine(folder: Path, device: str) -> Engine:
    from soundbox.engines.transformer.engine import TransformerEngine

    return TransformerEngine(folder, device)


def _audiocraft_engine(folder: Path, device: str) -> Engine:
    from soundbox.engines.audiocraft import AudiocraftEngine

    return AudiocraftEngine(folder, device)


def _procedural_engine(licence: str) -> Engine:
    from soundbox.engines.procedural.engine import ProceduralEngine

    return ProceduralEngine(licence)


def _speech_engine() -> Engine:
    from soundbox.engines.speech import SpeechEngine

    return SpeechEngine()
