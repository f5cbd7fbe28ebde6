"""What the worker and an engine say to each other. No Flask, no database: an engine runs alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]  # shape (channels, frames), nominally within -1..1
Relation = Literal["vary", "extend", "reference"]


@dataclass(frozen=True)
class ModelInfo:
    """What a model is, known without loading anything."""

    id: str  # what the user picks: music, audio, magnet-music, magnet-audio, tts
    kind: str  # music | audio | tts
    engine: str  # what really makes the sound, as people read it: "Sound Box composer"
    engine_version: str
    sample_rate: int  # Hz
    channels: int
    min_seconds: float
    max_seconds: float
    licence: str  # SPDX id of what comes out
    commercial_use: bool
    weightless: bool  # True: nothing to load, so no affinity and no memory
    memory_gb: float = 0.0
    batch: int = 1  # slots that may run at once
    parameters: tuple[str, ...] = ()  # names of `SoundRequest.parameters` it takes
    relations: tuple[Relation, ...] = ("vary",)  # that it serves with any sound of its kind
    shares: tuple[str, ...] = ()  # models that are in memory with it, since they run on the same weights
    own_relations: tuple[Relation, ...] = ()  # ... with one that it made itself, given as `SoundRequest.parent`
    weights_licence: str = ""  # SPDX id; empty: no weights
    voices: tuple[str, ...] = ()  # recorded ones that `voice` may name besides those of the engine


@dataclass(frozen=True)
class Recipe:
    """All that decides how a sound comes out. What is kept of a finished sound, so that relatives can be made of it.

    With a `parent`: *vary* is the parent again by another seed (tempo, key, style and motifs stay), *reference* is
    another prompt with the parent's tempo, key and motifs, *extend* is the parent up to its close with `seconds` of
    new music behind it.
    """

    prompt: str
    seconds: float
    seed: int  # 0 .. 2**32 - 1
    loop: bool = False
    parameters: Mapping[str, Any] = field(default_factory=dict)
    relation: Relation | None = None
    parent: Recipe | None = None


@dataclass(frozen=True)
class SoundRequest:
    """One take to make. Equal requests give equal samples, whoever shares the batch."""

    job_id: str
    model: str
    prompt: str
    seconds: float
    seed: int  # 0 .. 2**32 - 1
    loop: bool = False
    parameters: Mapping[str, Any] = field(default_factory=dict)
    start_audio: Samples | None = None  # for *extend*: the parent as it is kept, at the model's rate
    reference_audio: Samples | None = None  # for *reference*: the same, to sound like
    relation: Relation | None = None
    parent: Recipe | None = None

    @property
    def recipe(self) -> Recipe:
        return Recipe(self.prompt, self.seconds, self.seed, self.loop, self.parameters, self.relation, self.parent)


@dataclass(frozen=True)
class Sound:
    """Samples and what is known about them. `loop_points` are frames [start, end)."""

    samples: Samples
    sample_rate: int
    understood: tuple[str, ...] = ()  # what was read from the prompt, in words: ("lo-fi", "78 bpm", "D dorian")
    tempo: float | None = None  # beats a minute
    key: str | None = None  # "A minor", "D dorian"
    one_shot: bool = False  # its rest is room tail: silence at the end is no fault
    loop_points: tuple[int, int] | None = None  # set by an engine that cuts its own seamless loop
    made_by: ModelInfo | None = None  # where that is not what the catalogue says of the model: one voice of many


@dataclass(frozen=True)
class Progress:
    job_id: str
    share: float  # 0..1, never falls
    text: str  # "composing bar 9 of 16"


@dataclass(frozen=True)
class Chunk:
    """Samples that follow those of the chunk before: the sound while it grows, at the rate of the finished one.

    Joined they are the sound as far as it goes, but for what is done to the whole at the end: its level, and the touch
    of a master. An engine gives none of a sound in which nothing is final before all of it is.
    """

    job_id: str
    samples: Samples
    lufs: float | None = None  # how loud the whole will be at the level of these; None: it cannot be known yet


@dataclass(frozen=True)
class Done:
    job_id: str
    sound: Sound


@dataclass(frozen=True)
class Failed:
    job_id: str
    reason: str  # a sentence a person understands
    retry: bool = False  # True: the same request may succeed later


Event = Progress | Chunk | Done | Failed


class EngineError(Exception):
    """A request an engine cannot serve; the message is shown to the person who asked."""


class Engine(Protocol):
    """Runs models. Used by one thread; every call returns quickly, `step` within about half a second."""

    def models(self) -> list[ModelInfo]: ...

    def load(self, model: str) -> None: ...

    def unload(self, model: str) -> None: ...

    def room(self, model: str) -> int:
        """Free slots right now."""
        ...

    def submit(self, request: SoundRequest) -> None:
        """Take a slot. Raises `EngineError` for what can never work."""
        ...

    def step(self) -> list[Event]:
        """Advance every slot a little; [] when nothing is running."""
        ...

    def cancel(self, job_id: str) -> None:
        """Free its slot; a stranger's id is ignored."""
        ...
