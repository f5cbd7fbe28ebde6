"""Who can speak here: recorded voices first, then espeak-ng's, which speak every language a little."""

from __future__ import annotations

from hashlib import blake2s
from pathlib import Path

from pydantic import BaseModel, Field

from soundbox.engines import commands
from soundbox.engines.catalogue import Catalogue
from soundbox.engines.models import SPEECH
from soundbox.engines.protocol import EngineError, ModelInfo
from soundbox.engines.voices import languages, voice_name
from soundbox.media.derive import made
from soundbox.media.local import LocalMedia


class VoiceAnswer(BaseModel):
    name: str = Field(description="What the parameter `voice` takes")
    language: str = Field(description="In English")
    recorded: bool = Field(description="A recorded voice; otherwise a formant synthesizer")
    engine: str
    licence: str = Field(description="SPDX id of what it says")
    commercial_use: bool
    sample_url: str


class VoicesAnswer(BaseModel):
    voices: list[VoiceAnswer]


def voices_of(known: Catalogue) -> list[VoiceAnswer]:
    recorded = [
        _answer(name, voice.language_name, info, recorded=True)
        for voice in known.recorded_voices
        for name in voice.names
        if (info := known.info_for(SPEECH.id, {"voice": name}))
    ]
    return [*recorded, *(_answer(name, language, SPEECH) for name, language in languages().items())]


def sample_of(voice: str, known: Catalogue, media: LocalMedia, folder: Path | None) -> Path:
    """The file in which it counts to five, or the one it came with; made once.

    `folder`: of recorded voices. Raises `EngineError` for a voice that is none, and as `derive.made`.
    """
    recorded = {name: each for each in known.recorded_voices for name in each.names}.get(voice)
    if recorded is None:
        voice_name(voice)
    elif recorded.sample and voice == recorded.name:
        return recorded.sample
    if known.find(SPEECH.id) is None:
        raise EngineError(known.why_not(SPEECH.id) or "Nothing speaks here.")
    key = f"{blake2s(voice.encode(), digest_size=16).hexdigest()}.voice.wav"
    return made(media, key, commands.voice_sample(voice, folder))


def _answer(name: str, language: str, info: ModelInfo, *, recorded: bool = False) -> VoiceAnswer:
    return VoiceAnswer(
        name=name,
        language=language,
        recorded=recorded,
        engine=info.engine,
        licence=info.licence,
        commercial_use=info.commercial_use,
        sample_url=f"/voices/{name}/sample",
    )
