"""What a request would get now: the same checks, the same line, and nothing is stored and nobody made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from soundbox.accounts.principal import Principal, principal
from soundbox.clock import in_words as duration_in_words
from soundbox.clock import now_ms
from soundbox.extensions import db
from soundbox.jobs.admission import admit
from soundbox.jobs.allowance import Allowance, Asker
from soundbox.jobs.answers import Seconds, Skip
from soundbox.jobs.cards import starts_text
from soundbox.jobs.line import Line
from soundbox.jobs.models import Dispatch, Job
from soundbox.jobs.offers import Terms
from soundbox.tracks.instance import catalogue, settings
from soundbox.web.bodies import checked
from soundbox.web.errors import Refusal
from soundbox.web.quotas import Quota, note

from .answers import LimitsAnswer, QuoteAnswer
from .checks import allowed_wish, in_words
from .request import DEFAULT_SECONDS, GenerationRequest

QUOTED = ("model", "duration", "takes")  # what a quote depends on, of what a form holds


@dataclass(frozen=True)
class QuoteCard:
    """What the form tells beforehand. `refusal`: why it would be refused now."""

    position: int = 0
    starts_text: str = ""
    ready_text: str = ""
    at_most: int | None = None
    skip_cost: int = 0
    halt: str = ""
    refusal: str = ""


def quote(asked: GenerationRequest) -> QuoteAnswer:
    """Raises `Refusal`, as asking in earnest would."""
    who = principal()
    with db.read() as session:
        first, line = _foreseen(session, who, asked)
        terms = Terms.read(session, who, settings(), catalogue())
        left = line.finished_in(first)
        return QuoteAnswer(
            position=line.position(first),
            priority=first.tier,
            eta_seconds=Seconds(p50=round(left.p50, 1), p90=round(left.p90, 1)),
            why=line.why(first),
            at_most=line.at_most(first),
            skip=Skip.of(terms.offer(first, line)),
            limits=LimitsAnswer.of(allowance(session), who.tier.longest_seconds),
        )


def quote_card(values: dict[str, Any]) -> QuoteCard:
    """For a form with these values, whatever its prompt will be."""
    filled = {name: values[name] for name in QUOTED if values.get(name)}
    try:
        asked = checked(GenerationRequest, {"duration": DEFAULT_SECONDS, **filled, "prompt": "any"})
        with db.read() as session:
            first, line = _foreseen(session, principal(), asked)
            terms = Terms.read(session, principal(), settings(), catalogue())
            offer = terms.offer(first, line)
            return QuoteCard(
                position=line.position(first),
                starts_text=starts_text(line.start_in(first).p50),
                ready_text=duration_in_words(line.finished_in(first).p90),
                at_most=line.at_most(first),
                skip_cost=offer.cost if offer.change and offer.change.passed and not settings().is_open else 0,
                halt="" if line.worker.alive else line.worker.text,
            )
    except Refusal as refusal:
        return QuoteCard(refusal=refusal.message)


def allowance(session: Session) -> Allowance:
    return Allowance.of(session, _asker(principal()), now_ms())


def note_allowance() -> None:
    """The limits of the tier, beside those of the route."""
    with db.read() as session:
        used = allowance(session)
    limits = used.limits
    if limits.waiting_jobs is not None and used.may_wait is not None:
        note(Quota("waiting", limits.waiting_jobs, used.may_wait))
    if limits.jobs_an_hour is not None and used.may_ask is not None:
        note(Quota("jobs/hour", limits.jobs_an_hour, used.may_ask, 3600, used.next_place_in))


def _foreseen(session: Session, who: Principal, asked: GenerationRequest) -> tuple[Job, Line]:
    """The first job that would be made, and the line with all of them in it."""
    config = settings()
    who.demand_welcome()
    wish = allowed_wish(session, asked)
    with in_words():
        jobs = admit(
            session,
            _asker(who),
            wish,
            Dispatch.seen(session),
            takes=asked.takes,
            room=config.queue_limit,
            strict_tiers=config.queue_strict,
        )
    return jobs[0], Line.read(session, config).joined_by(session, jobs)


def _asker(who: Principal) -> Asker:
    return Asker(who.user_id, who.address if who.is_guest else None, who.tier)
