"""A request becomes jobs, or a quote of what it would become."""

from __future__ import annotations

from flask import request
from sqlalchemy.orm import Session

from soundbox.accounts.principal import principal
from soundbox.accounts.replays import Replay
from soundbox.extensions import db
from soundbox.jobs.admission import Refused, enqueue
from soundbox.jobs.answers import Seconds, Skip
from soundbox.jobs.line import Line
from soundbox.jobs.models import Job
from soundbox.jobs.offers import Terms
from soundbox.tracks.blocklist import refuse_blocked
from soundbox.tracks.instance import catalogue, settings
from soundbox.web.errors import Refusal

from .answers import GenerationAnswer, QuoteAnswer
from .checks import wish_of
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


def quote(asked: GenerationRequest) -> QuoteAnswer:
    """What the same request would get now: it is accepted for real, and then taken back. Raises `Refusal`."""
    with db.write() as session:
        first = _enqueue(session, asked)[0]
        terms = Terms.read(session, principal(), settings(), catalogue())
        answer = _quote(first, Line.read(session, settings()), terms)
        session.rollback()
    return answer


def _enqueue(session: Session, asked: GenerationRequest) -> list[Job]:
    who, config = principal(), settings()
    spoken = (value for value in asked.parameters.values() if isinstance(value, str))
    refuse_blocked(config.instance, "prompt", asked.prompt, *spoken)
    refuse_blocked(config.instance, "title", asked.title)
    wish = wish_of(session, who, catalogue(), asked)
    try:
        return enqueue(
            session,
            who.settle(session),
            wish,
            takes=asked.takes,
            room=config.queue_limit,
            strict_tiers=config.queue_strict,
        )
    except Refused as refused:
        raise Refusal(
            refused.status, str(refused), advice=refused.advice, retry_after_seconds=refused.retry_after
        ) from None


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


def _quote(job: Job, line: Line, terms: Terms) -> QuoteAnswer:
    left = line.finished_in(job)
    return QuoteAnswer(
        position=line.position(job),
        priority=job.tier,
        eta_seconds=Seconds(p50=round(left.p50, 1), p90=round(left.p90, 1)),
        why=line.why(job),
        at_most=line.at_most(job),
        skip=Skip.of(terms.offer(job, line)),
    )
