"""Paying to go first. Nobody pays on an open instance, so it does not have this."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for
from sqlalchemy.orm import Session

from soundbox.accounts.audit import audit_power
from soundbox.accounts.principal import principal
from soundbox.accounts.replays import Replay
from soundbox.aura import ledger
from soundbox.extensions import db, limiter
from soundbox.tracks.instance import catalogue, settings
from soundbox.web.describe import describe
from soundbox.web.errors import Refusal
from soundbox.web.respond import respond

from .answers import SkipAnswer
from .line import Line
from .models import Dispatch, Job
from .offers import Terms
from .showing import readable, views
from .skips import Skip

blueprint = Blueprint("skips", __name__)

ACTION = "skip"
ADVICE = {
    "Insufficient Aura balance": "Nothing was taken. It still waits in its own turn.",
    "Job already skipped": "It stands where its skip put it.",
}


@blueprint.post("/api/queue/<job_id>/skip")
@limiter.limit("30/hour")
@describe(
    "Queue",
    "Pay Aura to pass the jobs ahead",
    answers={200: SkipAnswer},
    headers={"Idempotency-Key": "The same key within a day gets the same answer, and nothing is held twice"},
    has_page=True,
    refusals={422: "The Idempotency-Key was used for another job"},
)
def skip(job_id: str) -> Response:
    answer = _skipped(job_id)
    see = url_for("jobs.show", job_id=job_id)
    say = f"{answer.message}. {answer.new_balance} Aura left."
    return respond(answer, template="jobs/show.html", block="job", see=see, say=say, job=views(job_id)[1])


def _skipped(job_id: str) -> SkipAnswer:
    """One transaction: the place, what is held for it, and the answer a repeated key will get. Raises `Refusal`."""
    principal().demand("generate")
    key = request.headers.get("Idempotency-Key")
    with db.money() as session:
        replay = Replay.held(session, principal(), ACTION, key, {"job": job_id}) if key else None
        if replay and replay.answer:
            return SkipAnswer(**replay.answer)
        answer = _buy(session, job_id)
        if replay:
            replay.answer = answer.model_dump(mode="json")
    return answer


def _buy(session: Session, job_id: str) -> SkipAnswer:
    who = principal()
    dispatch = Dispatch.held(session)  # before the job, as a worker does that starts one
    job = _own(session, job_id)
    line = Line.read(session, settings())
    offer = Terms.read(session, who, settings(), catalogue()).offer(job, line)
    if not offer.available or offer.change is None or who.user_id is None:
        raise Refusal(400, offer.refusal, advice=ADVICE.get(offer.refusal, offer.why))
    audit_power(session, who, job.user_id, "job.skip", f"job:{job.id}", aura=offer.cost)
    Skip.buy(session, dispatch, job, who.user_id, offer.cost, offer.change.passed)
    left = ledger.purse(session, who.user_id)
    return SkipAnswer(
        message=f"Skipped to front of queue for {offer.cost} Aura",
        cost=offer.cost,
        new_balance=left.balance,
        held=left.held,
        position=offer.change.position,
    )


def _own(session: Session, job_id: str) -> Job:
    job = readable(session, job_id)
    if not principal().may_manage(job.user_id):
        raise Refusal(403, "Not authorized", advice="It belongs to somebody else.")
    session.refresh(job, with_for_update={"of": Job})  # or a worker could start it between our look and our verb
    return job
