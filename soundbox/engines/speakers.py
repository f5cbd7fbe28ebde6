"""Who says a text: espeak-ng, or a voice that was recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from soundbox.engines import espeak, voices
from soundbox.engines.espeak import Utterance
from soundbox.engines.models import recorded_speech
from soundbox.engines.piper_voices import RecordedVoice
from soundbox.engines.protocol import ModelInfo, SoundRequest
from soundbox.engines.voices import Voice


class Speaker(Protocol):
    @property
    def understood(self) -> tuple[str, ...]: ...

    @property
    def made_by(self) -> ModelInfo | None:
        """None: as the catalogue says."""
        ...

    def say(self, text: str) -> Utterance: ...


def speaker_for(request: SoundRequest, recorded: Sequence[RecordedVoice], licence: str) -> Speaker:
    """`licence`: SPDX id the operator gives. Raises `EngineError` for a voice that is none or cannot be loaded."""
    by_name = {name: voice for voice in recorded for name in voice.names}
    name = voices.chosen(request.parameters, tuple(by_name))
    if name not in by_name:
        return _Espeak(voices.voice_of(request.parameters))
    return _Recorded(by_name[name], name, voices.rate_of(request.parameters), request.seed, licence)


@dataclass(frozen=True)
class _Espeak:
    voice: Voice
    made_by: None = None

    @property
    def understood(self) -> tuple[str, ...]:
        return f"voice {self.voice.name}", f"{self.voice.words_a_minute} words a minute"

    def say(self, text: str) -> Utterance:
        return espeak.say(text, self.voice)


class _Recorded:
    def __init__(self, voice: RecordedVoice, name: str, rate: int, seed: int, licence: str) -> None:
        from soundbox.engines.piper import RecordedSpeaker

        self._network = RecordedSpeaker(voice, name, rate, seed)
        self.understood = (f"voice {name}", f"{rate} words a minute")
        self.made_by = recorded_speech(voice, licence)

    def say(self, text: str) -> Utterance:
        return self._network.say(text)
