"""Speech: the prompt is the text, said sentence by sentence by espeak-ng or by a recorded voice."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from soundbox.engines import voices
from soundbox.engines.espeak import SAMPLE_RATE, Utterance
from soundbox.engines.models import SPEECH, SPEECH_INSTALL, speech_info
from soundbox.engines.piper_voices import RecordedVoice
from soundbox.engines.protocol import Chunk, Done, EngineError, Event, Failed, ModelInfo, Progress, Sound, SoundRequest
from soundbox.engines.speakers import Speaker, speaker_for

_ROOM = 4  # texts that may be under way at once
_LONGEST_CLAUSE = 140  # characters; longer sentences are parted at commas, so that progress is real
_PEAK = 10 ** (-3.0 / 20)
_SILENT = 0.004  # of full scale
_FADE_SECONDS, _LAST_PAUSE_SECONDS = 0.03, 0.08
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|(?<=[。！？])|\n+")  # East Asian full stops need no space
_CLAUSE_END = re.compile(r"(?<=[,;:、])\s+")


class SpeechEngine:
    """Engine of the model `tts`. One clause per step, in turns when several texts are under way."""

    def __init__(self, recorded: Sequence[RecordedVoice] = (), licence: str = "CC0-1.0") -> None:
        """`licence`: SPDX id the operator gives to what recorded voices say whose own leaves it open."""
        self._recorded, self._licence = recorded, licence
        self._readings: deque[_Reading] = deque()

    @staticmethod
    def available() -> bool:
        return voices.is_installed()

    def models(self) -> list[ModelInfo]:
        return [speech_info(self._recorded)] if self.available() else []

    def load(self, model: str) -> None:
        """Nothing to load: the library starts in milliseconds when it is first needed."""

    def unload(self, model: str) -> None:
        """Nothing to give back."""

    def room(self, model: str) -> int:  # noqa: ARG002 - there is one model
        return _ROOM - len(self._readings)

    def submit(self, request: SoundRequest) -> None:
        if not self.available():
            raise EngineError(f"Speech is not installed here. {SPEECH_INSTALL}")
        if request.model != SPEECH.id:
            raise EngineError(f'The speech engine has no model "{request.model[:40]}".')
        if not self.room(request.model):
            raise EngineError("Every slot of the speech engine is taken.")
        speaker = speaker_for(request, self._recorded, self._licence)
        self._readings.append(_Reading(request, speaker, deque(_clauses(request.prompt))))

    def step(self) -> list[Event]:
        if not self._readings:
            return []
        reading = self._readings.popleft()
        events = reading.step()
        if not isinstance(events[-1], Done | Failed):
            self._readings.append(reading)
        return events

    def cancel(self, job_id: str) -> None:
        self._readings = deque(reading for reading in self._readings if reading.request.job_id != job_id)


@dataclass
class _Reading:
    """One text on its way."""

    request: SoundRequest
    speaker: Speaker
    clauses: deque[str]
    spoken: list[Utterance] = field(default_factory=list)
    stopped_early: bool = False
    is_heard: bool = False

    def step(self) -> list[Event]:
        if not self.clauses or self.stopped_early:
            return [self._finished()]
        utterance = self._speak(self.clauses.popleft())
        done, left = len(self.spoken), 0 if self.stopped_early else len(self.clauses)
        told = Progress(self.request.job_id, done / max(1, done + left), f"spoke part {done} of {done + left}")
        return [told] if utterance is None else [self._chunk(utterance.samples), told]

    def _speak(self, clause: str) -> Utterance | None:
        """What is kept of it; None: there is no time left for any of it."""
        utterance = self.speaker.say(clause)
        left = self._most_frames - sum(len(spoken.samples) for spoken in self.spoken)
        if _end_of_speech(utterance.samples) > left:
            self.stopped_early = True
            if left <= self._most_frames / 2:
                return None
            utterance = _up_to_a_word(utterance, left)
        self.spoken.append(utterance)
        return utterance

    def _chunk(self, speech: NDArray[np.float32]) -> Chunk:
        """As it comes from the library. The first begins where the whole will begin."""
        if not self.is_heard:
            speech = speech[_start_of_speech(speech) :]
            self.is_heard = len(speech) > 0
        return Chunk(self.request.job_id, speech[np.newaxis, :])

    @property
    def _most_frames(self) -> int:
        return round(self.request.seconds * SAMPLE_RATE)

    def _finished(self) -> Done | Failed:
        speech = np.concatenate([np.zeros(0, np.float32), *(spoken.samples for spoken in self.spoken)])
        speech = _trimmed(speech[: self._most_frames])
        if not len(speech):
            return Failed(self.request.job_id, "There is nothing in this text that can be said.")
        speech = _with_soft_ends(speech) * np.float32(_PEAK / np.max(np.abs(speech)))
        made_by = self.speaker.made_by
        sound = Sound(speech[np.newaxis, :], SAMPLE_RATE, self._understood(), one_shot=True, made_by=made_by)
        return Done(self.request.job_id, sound)

    def _understood(self) -> tuple[str, ...]:
        said = self.speaker.understood
        if not self.stopped_early:
            return said
        words = sum(len(spoken.word_starts) for spoken in self.spoken)
        counted = "1 word" if words == 1 else f"{words} words"
        return (*said, f"stopped after {counted}: the text is longer than {self.request.seconds:g} s")


def _clauses(text: str) -> list[str]:
    clauses: list[str] = []
    for sentence in _SENTENCE_END.split(text.strip()):
        parts = _CLAUSE_END.split(sentence) if len(sentence) > _LONGEST_CLAUSE else [sentence]
        clauses += [part for part in parts if part.strip()]
    return clauses


def _up_to_a_word(utterance: Utterance, most_frames: int) -> Utterance:
    """The words that end before `most_frames`; where a word begins, the one before has ended."""
    ends = [start for start in utterance.word_starts[1:] if start <= most_frames]
    end = ends[-1] if ends else most_frames
    words = tuple(start for start in utterance.word_starts if start < end)
    return Utterance(_with_soft_ends(utterance.samples[:end]), words)


def _end_of_speech(speech: NDArray[np.float32]) -> int:
    loud = np.flatnonzero(np.abs(speech) > _SILENT)
    return int(loud[-1]) + 1 if len(loud) else 0


def _trimmed(speech: NDArray[np.float32]) -> NDArray[np.float32]:
    """Without the silence before, and with a short pause after."""
    return speech[_start_of_speech(speech) : _end_of_speech(speech) - 1 + round(_LAST_PAUSE_SECONDS * SAMPLE_RATE)]


def _start_of_speech(speech: NDArray[np.float32]) -> int:
    """Just before the first sound; the end where there is none."""
    loud = np.flatnonzero(np.abs(speech) > _SILENT)
    return max(0, int(loud[0]) - round(0.01 * SAMPLE_RATE)) if len(loud) else len(speech)


def _with_soft_ends(speech: NDArray[np.float32]) -> NDArray[np.float32]:
    shaped = speech - np.float32(np.mean(speech))
    into, out = (
        min(len(shaped) // 4, round(0.004 * SAMPLE_RATE)),
        min(len(shaped) // 4, round(_FADE_SECONDS * SAMPLE_RATE)),
    )
    shaped[:into] *= np.linspace(0.0, 1.0, into, dtype=np.float32)
    shaped[len(shaped) - out :] *= np.linspace(1.0, 0.0, out, dtype=np.float32)
    return shaped
