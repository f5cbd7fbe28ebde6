"""Which engine serves which model here. Listing imports no engine, so the web process may do it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from soundbox.engines import models, voices
from soundbox.engines.checkpoints import how_to_have
from soundbox.engines.diffusion.models import Found, find_pipelines
from soundbox.engines.piper_voices import RecordedVoice, find_voices
from soundbox.engines.protocol import Engine, EngineError, ModelInfo
from soundbox.engines.transformer.models import by_audiocraft, find_models, info_of

Offer = tuple[list[ModelInfo], Callable[[], Engine]]

_log = logging.getLogger(__name__)


class Catalogue:
    """Each model with the first engine that can serve it. Engines are made when first asked for, and then kept."""

    def __init__(
        self,
        offers: list[Offer],
        absent: Mapping[str, str],
        weights: Path | None = None,
        recorded_voices: Sequence[RecordedVoice] = (),
        licence: str = "CC0-1.0",
    ) -> None:
        """`licence`: SPDX id the operator gives to what recorded voices say whose own leaves it open."""
        self.recorded_voices = recorded_voices
        self._spoken = {
            name: models.recorded_speech(voice, licence) for voice in recorded_voices for name in voice.names
        }
        self._absent, self._weights = absent, weights
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
        recorded_voices: Path | None = None,
    ) -> Catalogue:
        """What this machine can do.

        `licence`: SPDX id the operator gives to sounds where no weights decide. `weights`: the folder that holds one
        folder for each model with weights. `device`: where those run, cpu or cuda:0. `by_audiocraft`: kinds of models
        that audiocraft itself runs where it can. `recorded_voices`: the folder of voices in piper's form.
        """
        offers: list[Offer] = [
            *_with_weights(weights, device, licence, by_audiocraft),
            (models.procedural_models(licence), lambda: _procedural_engine(licence)),
        ]
        if not voices.is_installed():
            return cls(offers, {"tts": f"Speech is not installed here. {models.SPEECH_INSTALL}"}, weights)
        recorded = _usable(find_voices(recorded_voices))
        speech = partial(_speech_engine, recorded, licence)
        return cls([*offers, ([models.speech_info(recorded)], speech)], {}, weights, recorded, licence)

    def models(self) -> list[ModelInfo]:
        return list(self._infos.values())

    def find(self, name: str) -> ModelInfo | None:
        return self._infos.get(_true_name(name))

    def info_for(self, name: str, parameters: Mapping[str, Any]) -> ModelInfo | None:
        """What would really make a sound with these parameters: of many voices the one that is chosen.

        What it makes is under its licence, not under that of the model as a whole.
        """
        info = self.find(name)
        if info is None or not info.voices:
            return info
        return self._spoken.get(voices.asked(parameters, info.voices), info)

    def why_not(self, name: str) -> str | None:
        """How to get a known model that is absent here; None for one that is there, or that nobody knows."""
        return self._absent.get(_true_name(name))

    def advice(self, name: str) -> str:
        """What to do so that a model runs on weights of its own; empty where it does, and where none are known."""
        info, weights = self.find(name), how_to_have(_true_name(name))
        if not weights or (info and not info.weightless):
            return self.why_not(name) or ""
        steps = [
            f"{models.WEIGHTS_INSTALL}." if _missing(models.DIFFUSION_PACKAGES) else "",
            "" if self._weights else "Let SOUNDBOX_MODELS name a folder.",
            weights,
        ]
        return " ".join(step for step in steps if step)

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


def _with_weights(weights: Path | None, device: str, licence: str, by_audiocraft: Collection[str]) -> Iterator[Offer]:
    if weights is None:
        return
    for folder in find_models(weights).values():
        if _can_be_used(folder, models.WEIGHTS_PACKAGES, models.WEIGHTS_INSTALL):
            yield _offer(folder, device, licence, by_audiocraft)
    for found in find_pipelines(weights, device, licence):
        if _can_be_used(found.folder, models.DIFFUSION_PACKAGES, models.WEIGHTS_INSTALL):
            yield list(found.infos), partial(_diffusion_engine, found, device)


def _offer(folder: Path, device: str, licence: str, kinds_by_audiocraft: Collection[str]) -> Offer:
    info = info_of(folder, device, licence)
    if info.kind in kinds_by_audiocraft:
        try:
            return [by_audiocraft(folder, device, licence)], partial(_audiocraft_engine, folder, device, licence)
        except EngineError as error:
            _log.warning("The own engine runs %s: %s", folder.name, error)
    return [info], partial(_transformer_engine, folder, device, licence)


def _can_be_used(folder: Path, packages: Sequence[str], install: str) -> bool:
    missing = _missing(packages)
    if missing:
        _log.warning("%s is not used, since %s is missing. %s", folder, missing[0], install)
    return not missing


def _missing(packages: Sequence[str]) -> list[str]:
    return [package for package in packages if find_spec(package) is None]


def _transformer_engine(folder: Path, device: str, licence: str) -> Engine:
    from soundbox.engines.transformer.engine import TransformerEngine

    return TransformerEngine(folder, device, licence=licence)


def _diffusion_engine(found: Found, device: str) -> Engine:
    from soundbox.engines.diffusion.engine import DiffusionEngine

    return DiffusionEngine(found, device)


def _audiocraft_engine(folder: Path, device: str, licence: str) -> Engine:
    from soundbox.engines.audiocraft import AudiocraftEngine

    return AudiocraftEngine(folder, device, licence)


def _procedural_engine(licence: str) -> Engine:
    from soundbox.engines.procedural.engine import ProceduralEngine

    return ProceduralEngine(licence)


def _usable(recorded: list[RecordedVoice]) -> list[RecordedVoice]:
    packages, install = models.RECORDED_PACKAGES, models.SPEECH_INSTALL
    return [voice for voice in recorded if _can_be_used(voice.model, packages, install)]


def _speech_engine(recorded: Sequence[RecordedVoice], licence: str) -> Engine:
    from soundbox.engines.speech import SpeechEngine

    return SpeechEngine(recorded, licence)
