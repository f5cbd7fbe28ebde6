"""How the instance is: alive, and what its models and its GPU do."""

from __future__ import annotations

from collections import Counter

from flask import Blueprint, Response
from pydantic import BaseModel, Field

from soundbox import __version__
from soundbox.engines.catalogue import Catalogue
from soundbox.engines.models import ALIASES, KINDS
from soundbox.extensions import db, limiter
from soundbox.jobs.line import Line
from soundbox.jobs.room import RoomState
from soundbox.tracks.instance import catalogue, settings
from soundbox.web.describe import describe
from soundbox.web.respond import as_json

from .faults import database_fault, media_fault

blueprint = Blueprint("status", __name__)


class Health(BaseModel):
    status: str = Field(description="healthy or unhealthy")
    version: str
    reasons: list[str] = Field(default_factory=list)


class Gpu(BaseModel):
    name: str
    available: bool
    busy: bool
    memory_used_gb: float
    memory_total_gb: float
    memory_percent: float


NO_GPU = Gpu(name="none", available=False, busy=False, memory_used_gb=0.0, memory_total_gb=0.0, memory_percent=0.0)


class Status(BaseModel):
    models: dict[str, str] = Field(description="pending, loading, ready, unloaded or error")
    gpu: Gpu
    queue_length: int
    queue_by_model: dict[str, int]
    estimated_wait: dict[str, float] = Field(description="Seconds until a new job of this model would start")
    worker: str = Field(description="What the worker does, in a sentence")
    room: str = Field(description="What it makes while nobody waits, in a sentence")


@blueprint.get("/status")
@describe("Status", "What the models, the worker and the GPU do", answers={200: Status})
def status() -> Response:
    with db.read() as session:
        line = Line.read(session, settings())
        room = RoomState.read(session, settings().plays_for_the_room)
    waiting = Counter(job.model for job in (*line.running, *line.waiting))
    states = model_states(catalogue(), line.worker.alive)
    return as_json(
        Status(
            models=states,
            gpu=NO_GPU,
            queue_length=line.length,
            queue_by_model=dict(waiting),
            estimated_wait={model: line.wait_for(model) for model in states},
            worker=line.worker.text,
            room=room.text,
        )
    )


def model_states(known: Catalogue, worker_is_alive: bool) -> dict[str, str]:
    """Engines without weights are ready as soon as a worker lives; what cannot be served here is unloaded."""
    ready = "ready" if worker_is_alive else "pending"
    return {name: ready if known.find(name) else "unloaded" for name in (*KINDS, *ALIASES)}


@blueprint.get("/health")
@limiter.exempt
@describe(
    "Status", "Alive: the database answers and the media folder can be written", answers={200: Health, 503: Health}
)
def health() -> Response:
    reasons = [reason for reason in (database_fault(), media_fault()) if reason]
    answer = Health(status="unhealthy" if reasons else "healthy", version=__version__, reasons=reasons)
    return as_json(answer, 503 if reasons else 200)
