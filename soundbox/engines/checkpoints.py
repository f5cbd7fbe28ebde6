"""Published weights that the engines here can run, and what to do to have them. Imports nothing heavy."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Checkpoint:
    name: str  # what people ask for, and the name of its folder
    repository: str  # on the Hugging Face hub
    model: str  # that it serves
    licence: str  # SPDX id, where its folder does not say
    needs: str = ""  # name of another that it does not work without


_NON_COMMERCIAL = "CC-BY-NC-4.0"  # all that Meta published
CHECKPOINTS = (
    Checkpoint("musicgen-small", "facebook/musicgen-small", "music", _NON_COMMERCIAL),
    Checkpoint("musicgen-medium", "facebook/musicgen-medium", "music", _NON_COMMERCIAL),
    Checkpoint("musicgen-large", "facebook/musicgen-large", "music", _NON_COMMERCIAL),
    Checkpoint("musicgen-stereo-small", "facebook/musicgen-stereo-small", "music", _NON_COMMERCIAL),
    Checkpoint("musicgen-stereo-medium", "facebook/musicgen-stereo-medium", "music", _NON_COMMERCIAL),
    Checkpoint("musicgen-stereo-large", "facebook/musicgen-stereo-large", "music", _NON_COMMERCIAL),
    Checkpoint("audiogen-medium", "facebook/audiogen-medium", "audio", _NON_COMMERCIAL, "t5-large"),
    Checkpoint("magnet-small-10secs", "facebook/magnet-small-10secs", "magnet-music", _NON_COMMERCIAL, "t5-base"),
    Checkpoint("magnet-medium-10secs", "facebook/magnet-medium-10secs", "magnet-music", _NON_COMMERCIAL, "t5-base"),
    Checkpoint("magnet-small-30secs", "facebook/magnet-small-30secs", "magnet-music", _NON_COMMERCIAL, "t5-base"),
    Checkpoint("magnet-medium-30secs", "facebook/magnet-medium-30secs", "magnet-music", _NON_COMMERCIAL, "t5-base"),
    Checkpoint("audio-magnet-small", "facebook/audio-magnet-small", "magnet-audio", _NON_COMMERCIAL, "t5-large"),
    Checkpoint("audio-magnet-medium", "facebook/audio-magnet-medium", "magnet-audio", _NON_COMMERCIAL, "t5-large"),
    Checkpoint("t5-base", "google-t5/t5-base", "", "Apache-2.0"),
    Checkpoint("t5-large", "google-t5/t5-large", "", "Apache-2.0"),
    Checkpoint("ace-step-xl-turbo", "ACE-Step/acestep-v15-xl-turbo-diffusers", "ace-step", "MIT"),
    Checkpoint("ace-step-xl-base", "ACE-Step/acestep-v15-xl-base-diffusers", "ace-step", "MIT"),
)
_CONVERT = (
    "Its weights are published in another form: convert stabilityai/stable-audio-3-medium with diffusers'"
    " scripts/convert_stable_audio_3_to_diffusers.py into a folder stable-audio there."
)
_BY_HAND = {"stable-audio": _CONVERT, "stable-audio-effects": _CONVERT}


def checkpoints_for(model: str) -> list[Checkpoint]:
    """The one to begin with first."""
    return [checkpoint for checkpoint in CHECKPOINTS if checkpoint.model == model]


def how_to_have(model: str) -> str:
    """What brings its weights into the folder of models; empty where none are known."""
    known = checkpoints_for(model)
    return f"Fetch its weights with: soundbox models pull {known[0].name}" if known else _BY_HAND.get(model, "")


def checkpoint_named(name: str) -> Checkpoint | None:
    """By its own name, or the first of a model."""
    by_name = {checkpoint.name: checkpoint for checkpoint in CHECKPOINTS}
    return by_name.get(name) or (next(iter(checkpoints_for(name)), None) if name else None)
