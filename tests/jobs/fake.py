"""A device that makes short sounds and obeys the prompt's first word, so that a test can say what goes wrong."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass, field

import numpy as np

from soundbox.engines.protocol import Done, Engine, EngineError, Event, Failed, ModelInfo, Progress, Sound, SoundRequest

RATE = 8000
STEPS = 3
BEEP_SECONDS = 0.1


def model(name: str, *, batch: int = 1, weightless: bool = True) -> ModelInfo:
    return ModelInfo(
        id=name,
        kind="audio",
        engine="Fake device",
        engine_version="1",
        sample_rate=RATE,
        channels=1,
        min_seconds=0.5,
        max_seconds=180,
        licence="CC0-1.0",
        commercial_use=True,
        weightless=weightless,
        batch=batch,
    )


@dataclass
class FakeEngine:
    """`submitted` remembers every request in order."""

    infos: list[ModelInfo] = field(default_factory=lambda: [model("audio"), model("music")])
    submitted: list[SoundRequest] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    running: dict[str, list] = field(default_factory=dict)  # id: [request, steps done]
    cancelled: list[str] = field(default_factory=list)

    def models(self) -> list[ModelInfo]:
        return self.infos

    def load(self, model: str) -> None:
        self.loads.append(model)

    def unload(self, model: str) -> None:
        self.loads.append(f"-{model}")

    def room(self, model: str) -> int:
        batch = next(info.batch for info in self.infos if info.id == model)
        return batch - len(self.running)

    def submit(self, request: SoundRequest) -> None:
        self.submitted.append(request)
        if request.prompt == "impossible":
            raise EngineError("This model cannot sing.")
        self.running[request.job_id] = [request, 0]

    def step(self) -> list[Event]:
        events: list[Event] = []
        for job_id, state in list(self.running.items()):
            state[1] += 1
            events.append(self._advance(job_id, *state))
        return events

    def cancel(self, job_id: str) -> None:
        if self.running.pop(job_id, None):
            self.cancelled.append(job_id)

    def _advance(self, job_id: str, request: SoundRequest, steps: int) -> Event:
        if request.prompt == "explode":
            raise ZeroDivisionError
        if request.prompt == "poison":
            os.kill(os.getpid(), signal.SIGKILL)
        if request.prompt == "endless" or steps < STEPS:
            return Progress(job_id, min(0.9, steps / STEPS), f"step {steps} of {STEPS}")
        del self.running[job_id]
        if request.prompt == "hiccup":
            return Failed(job_id, "The device hiccuped.", retry=True)
        return Done(job_id, Sound(samples_for(request), RATE, one_shot=True))


def samples_for(request: SoundRequest) -> np.ndarray:
    if request.prompt == "silent" or (request.prompt == "silent first" and request.seed % 3 == 0):
        return np.zeros((1, RATE), np.float32)
    if request.prompt == "broken":
        return np.full((1, RATE), np.nan, np.float32)
    seconds = np.arange(int(BEEP_SECONDS * RATE)) / RATE
    pitch = 200 + request.seed % 1000
    return (0.5 * np.sin(2 * np.pi * pitch * seconds))[None].astype(np.float32)


@dataclass
class FakeCatalogue:
    engine: Engine = field(default_factory=FakeEngine)

    def models(self) -> list[ModelInfo]:
        return self.engine.models()

    def engine_for(self, name: str) -> Engine:
        assert name in {info.id for info in self.models()}
        return self.engine
