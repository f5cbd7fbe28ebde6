"""What each built-in model is, as tables: safe to read where nothing heavy may be imported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from soundbox.engines import licences
from soundbox.engines.piper_voices import RecordedVoice
from soundbox.engines.protocol import ModelInfo

KINDS: dict[str, str] = {
    "music": "music",
    "audio": "audio",
    "magnet-music": "music",
    "magnet-audio": "audio",
    "ace-step": "music",
    "stable-audio": "music",
    "stable-audio-effects": "audio",
    "tts": "tts",
}
ALIASES: dict[str, str] = {"magnet": "magnet-music"}

WEIGHTS_PACKAGES = ("torch", "transformers", "safetensors", "yaml")
DIFFUSION_PACKAGES = (*WEIGHTS_PACKAGES, "diffusers", "greenlet")
WEIGHTS_INSTALL = "Install it with: pip install 'soundbox[models]'"
SPEECH_INSTALL = "Install it with: pip install 'soundbox[speech]'"
SPEECH = ModelInfo(
    id="tts",
    kind="tts",
    engine="espeak-ng",
    engine_version="1.52",
    sample_rate=22050,
    channels=1,
    min_seconds=0.5,
    max_seconds=180.0,
    licence="CC0-1.0",
    commercial_use=True,
    weightless=True,
    batch=4,
    parameters=("voice", "rate", "pitch"),
    relations=(),  # it says a text the same way whatever the seed
)

RECORDED_PACKAGES = ("onnxruntime",)
_LONGEST_ENGINE = 64  # characters that are kept of an engine's name


def speech_info(recorded: Sequence[RecordedVoice]) -> ModelInfo:
    """Speech with what voices were recorded for it here."""
    return replace(SPEECH, voices=tuple(name for voice in recorded for name in voice.names))


def recorded_speech(voice: RecordedVoice, licence: str) -> ModelInfo:
    """Speech as this voice gives it. `licence`: SPDX id the operator gives where the voice's own leaves it open."""
    licence, commercial_use = licences.of_sounds(voice.licence, licence)
    return replace(
        SPEECH,
        engine=f"Recorded voice {voice.name}"[:_LONGEST_ENGINE],
        licence=licence,
        commercial_use=commercial_use,
        weights_licence=voice.licence,
        relations=("vary",),
    )


COMPOSER, DESIGNER = "Sound Box composer", "Sound Box sound designer"
BY_RULES = (COMPOSER, DESIGNER, SPEECH.engine)  # no training: they follow rules that people wrote
PROCEDURAL_VERSION = "2"
_PROCEDURAL = ModelInfo(
    id="music",
    kind="music",
    engine=COMPOSER,
    engine_version=PROCEDURAL_VERSION,
    sample_rate=44100,
    channels=2,
    min_seconds=0.5,
    max_seconds=180.0,
    licence="CC0-1.0",
    commercial_use=True,
    weightless=True,
    batch=2,
)

STANDS_IN_AT = {"ace-step": 48_000}  # Hz, where programs of that model count on its rate


def procedural_models(licence: str = "CC0-1.0") -> list[ModelInfo]:
    """The models made without weights. What comes out belongs to the operator, who chooses its `licence` (SPDX)."""
    commercial_use = "-NC" not in licence
    return [
        replace(
            _PROCEDURAL,
            id=model,
            kind=kind,
            engine=COMPOSER if kind == "music" else DESIGNER,
            licence=licence,
            commercial_use=commercial_use,
            parameters=("tempo", "key") if kind == "music" else (),
            own_relations=("vary", "extend", "reference") if kind == "music" else (),
            sample_rate=STANDS_IN_AT.get(model, _PROCEDURAL.sample_rate),
        )
        for model, kind in KINDS.items()
        if kind != "tts"
    ]
