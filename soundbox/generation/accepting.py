"""A request becomes jobs."""

from __future__ import annotations

from flask import request
from sqlalchemy.orm import Session

from soundbox.accounts.principal import principal
from soundbox.accounts.replays import Replay
from soundbox.extensions import db
from soundbox.jobs.admission import enqueue
from soundbox.jobs.line import Line
from soundbox.jobs.models import Job
from soundbox.presets.models import SavedPreset
from soundbox.tracks.instance import settings

from .answers import GenerationAnswer
from .checks import allowed_wish, in_words
from .request import GenerationRequest

ACTION = "generate"


def accept(asked: GenerationRequest) -> GenerationAnswer:
    """One transaction: the checks, the jobs, and the answer a repeated key will get. Raises `Refusal`."""
    who = principal()
    key = request.headers.get("Idempotency-Key")
    with db.write() as session:
        replay = Replay.held(session, who, ACTION, key, asked.model_dump(mode="json")) if key else None
        if replay and replay.answer:
            return GenerationAnswer(**replay.answer)
        jobs = _enqueue(session, asked)
        answer = _answer(jobs, Line.read(session, settings()).position(jobs[0]))
        if replay:
            replay.answer = answer.model_dump(mode="json")
        user = jobs[0].user
    who.becomes(user)
    return answer


def _enqueue(session: Session, asked: GenerationRequest) -> list[Job]:
    who, config = principal(), settings()
    wish = allowed_wish(session, asked)
    user = who.settle(session)
    with in_words():
        jobs = enqueue(
            session,
            user,
            wish,
            takes=asked.takes,
            room=config.queue_limit,
            strict_tiers=config.queue_strict,
        )
    if wish.preset:
        SavedPreset.count_use(session, wish.preset, user.id)
    return jobs


def _answer(jobs: list[Job], position: int) -> GenerationAnswer:
    first = jobs[0]
    return GenerationAnswer(
        job_id=first.id,
        jobs=[job.id for job in jobs],
        status=first.status,
        position=position,
        priority=first.tier,
        message=f"Job queued at position {position}",
    )
