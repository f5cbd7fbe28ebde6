"""How the instance is: alive, and what its models and its GPU do."""

from __future__ import annotations

from collections import Counter

from flask import Blueprint, Response
from pydantic import BaseModel, Field

from soundbox import __version__
from soundbox.extensions import db, limiter
from soundbox.jobs.line import Line
from soundbox.jobs.room import RoomState
from soundbox.jobs.workers import WorkerRecord
from soundbox.tracks.instance import catalogue, settings
from soundbox.web.describe import describe
from soundbox.web.respond import as_json

from .faults import database_fault, media_fault
from .gpu import Gpu, read_gpu
from .states import model_states

blueprint = Blueprint("status", __name__)


class Health(BaseModel):
    status: str = Field(description="healthy or unhealthy")
    version: str
    reasons: list[str] = Field(default_factory=list)


class Status(BaseModel):
    models: dict[str, str] = Field(description="pending (no worker), loading, ready, unloaded or error")
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
        states = model_states(catalogue(), line.worker.alive, WorkerRecord.live(session))
    waiting = Counter(job.model for job in (*line.running, *line.waiting))
    return as_json(
        Status(
            models=states,
            gpu=read_gpu(settings().device),
            queue_length=line.length,
            queue_by_model=dict(waiting),
            estimated_wait={model: line.wait_for(model) for model in states},
            worker=line.worker.text,
            room=room.text,
        )
    )


@blueprint.get("/health")
@limiter.exempt
@describe(
    "Status", "Alive: the database answers and the media folder can be written", answers={200: Health, 503: Health}
)
def health() -> Response:
    reasons = [reason for reason in (database_fault(), media_fault()) if reason]
    answer = Health(status="unhealthy" if reasons else "healthy", version=__version__, reasons=reasons)
    return as_json(answer, 503 if reasons else 200)
