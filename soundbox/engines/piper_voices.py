"""Recorded voices in piper's form, found in a folder without loading them: the web process lists them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from soundbox.engines import licences

_CARD = "MODEL_CARD"  # text that piper's voices come with, in their own folder
_LICENCE = re.compile(r"^\W*licen[sc]e\W+(.+?)\s*$", re.IGNORECASE | re.MULTILINE)
_UNKNOWN = "LicenseRef-unknown"
_SAMPLES = ("samples/speaker_0.mp3", "{name}.mp3", "{name}.wav")


@dataclass(frozen=True)
class RecordedVoice:
    name: str  # "en_US-lessac-medium"
    model: Path  # its network, in ONNX; its configuration lies beside it as .onnx.json
    language: str  # "en_US"
    language_name: str  # "English (United States)"
    sample_rate: int  # Hz
    licence: str  # SPDX id of the voice
    speakers: tuple[str, ...] = ()  # where it has more than one
    sample: Path | None = None  # how it sounds, as a file

    @property
    def names(self) -> tuple[str, ...]:
        """By which it may be asked for: "NAME", and "NAME+SPEAKER" for each that speaks in it."""
        return (self.name, *(f"{self.name}+{speaker}" for speaker in self.speakers))


def find_voices(folder: Path | None) -> list[RecordedVoice]:
    """All of them below `folder`, English ones first; none where there is no folder."""
    if folder is None:
        return []
    found = (_voice(model) for model in sorted(folder.rglob("*.onnx")))
    return sorted(
        (voice for voice in found if voice), key=lambda voice: (not voice.language.startswith("en"), voice.name)
    )


def configuration_of(model: Path) -> dict[str, Any]:
    """{} where there is none."""
    try:
        found = json.loads(model.with_name(f"{model.name}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _voice(model: Path) -> RecordedVoice | None:
    """None for a network that is no voice spelled by espeak."""
    configuration = configuration_of(model)
    if "phoneme_id_map" not in configuration or configuration.get("phoneme_type", "espeak") != "espeak":
        return None
    language = configuration.get("language", {})
    samples = (model.parent / place.format(name=model.stem) for place in _SAMPLES)
    return RecordedVoice(
        name=model.stem,
        model=model,
        language=language.get("code", model.stem.partition("-")[0]),
        language_name=_language_name(language) or model.stem.partition("-")[0],
        sample_rate=configuration["audio"]["sample_rate"],
        licence=_licence(model.parent / _CARD),
        speakers=tuple(configuration.get("speaker_id_map", {})),
        sample=next((path for path in samples if path.is_file()), None),
    )


def _language_name(language: dict[str, str]) -> str:
    name, country = language.get("name_english", ""), language.get("country_english", "")
    return f"{name} ({country})" if country else name


def _licence(card: Path) -> str:
    try:
        told = _LICENCE.search(card.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return _UNKNOWN
    return licences.named(told[1]) if told else _UNKNOWN
