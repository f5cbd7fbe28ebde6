"""What a model takes besides its prompt, checked before anything is made by the readings of the engines themselves.

Imports no synthesis: the web process asks it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from soundbox.engines import voices
from soundbox.engines.diffusion import asked as song
from soundbox.engines.procedural.reading.pitch_names import asked_key, asked_tempo
from soundbox.engines.protocol import EngineError, ModelInfo
from soundbox.engines.transformer import asked, asked_spans

_READINGS: dict[str, Callable[[object], object]] = {
    "tempo": asked_tempo,
    "key": asked_key,
    "voice": voices.voice_name,
    "rate": voices.rate,
    "pitch": voices.pitch,
    "temperature": asked.temperature,
    "top_k": asked.top_k,
    "top_p": asked.top_p,
    "guidance": asked.guidance,
    "final_guidance": asked.guidance,
    "rounds": asked_spans.rounds,
    "spans": asked_spans.arrangement,
    "scoring": asked_spans.scoring,
    "lyrics": song.lyrics,
    "language": song.language,
}
_SHOWN = 40  # characters of a name that is none


class ParameterError(EngineError):
    """`name`: of the parameter that cannot be."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


def check(info: ModelInfo, parameters: Mapping[str, Any]) -> None:
    """Raises `ParameterError` for the first one that the model does not take, or not with this value."""
    for name, value in parameters.items():
        if name not in info.parameters:
            known = ", ".join(info.parameters) or "none"
            raise ParameterError(name[:_SHOWN], f"{info.id} has no parameter {name[:_SHOWN]!r}; it takes: {known}")
        if name == "voice" and value in info.voices:
            continue
        _read(name, value)
    if info.voices and "pitch" in parameters:
        _check_pitch(info, parameters)


def check_values(parameters: Mapping[str, Any]) -> None:
    """The same for whatever model: raises `ParameterError` for the first one that none takes, or not with this value.

    Voices are not looked up where speech is not installed: nobody can tell there which there are.
    """
    for name, value in parameters.items():
        if name not in _READINGS:
            raise ParameterError(
                name[:_SHOWN], f"There is no parameter {name[:_SHOWN]!r}; there are: {', '.join(_READINGS)}"
            )
        if name != "voice" or voices.is_installed():
            _read(name, value)


def _read(name: str, value: object) -> None:
    try:
        _READINGS[name](value)
    except EngineError as error:
        raise ParameterError(name, str(error)) from None


def _check_pitch(info: ModelInfo, parameters: Mapping[str, Any]) -> None:
    try:
        voices.chosen(parameters, info.voices)
    except EngineError as error:
        raise ParameterError("pitch", str(error)) from None
