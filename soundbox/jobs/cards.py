"""A job as pages show it: every state has its own words."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from soundbox.accounts.principal import Principal
from soundbox.accounts.tiers import TIERS
from soundbox.clock import in_words
from soundbox.tracks.answers import plain_number
from soundbox.tracks.cards import TrackCard
from soundbox.tracks.models import Track

from .answers import guarantee, progress_text, shown_id, shown_prompt
from .hearing import playlist_of
from .line import Line
from .models import Job, State
from .offers import Offer, Terms
from .outlook import Others
from .skips import Outcome, Skip

ADVICE = "Try again; if it fails once more, change the prompt or the length."
LONGEST_PAUSE_SECONDS = 10


@dataclass(frozen=True)
class JobCard:
    id: str
    status: str  # cancelled too: to the person who cancelled it, it has not failed
    prompt: str
    model: str
    duration: float | int
    loop: bool
    mine: bool
    manageable: bool  # one's own, or anybody's to an admin
    position: int
    why: list[str]
    guarantee: str  # the most that can go first, and about how long that takes
    tier: str  # where tiers count, and this one has a head start
    skipped: bool
    eta_range: str
    eta_text: str
    halt: str  # why nothing starts here, in a sentence
    progress: str
    progress_pct: int
    playlist_url: str  # of what can be heard of it while it is made
    error: str | None
    page_url: str
    track: TrackCard | None
    take: int  # which of several it is, or 0
    takes: list[tuple[int, str]]  # the others that were asked for together: which, and their ids
    offer: Offer | None  # of a skip, to whoever could be asked to pay for one
    skip_text: str  # what became of the skip it has had

    @classmethod
    def of(
        cls,
        job: Job,
        line: Line,
        who: Principal,
        track: Track | None = None,
        takes: Sequence[str] = (),
        *,
        terms: Terms | None = None,
        skip: Skip | None = None,
    ) -> JobCard:
        """`terms` None: no skip is offered. `skip`: the one it has had; of unfinished jobs the line knows it."""
        waits = job.status == State.queued
        may_be_asked = terms and waits and not job.aura and who.owns(job.user_id) and not terms.config.is_open
        return cls(
            id=job.id,
            status=job.status,
            prompt=job.prompt,
            model=job.model,
            duration=plain_number(job.seconds),
            loop=job.loop,
            mine=who.owns(job.user_id),
            manageable=who.may_manage(job.user_id),
            position=line.position(job),
            why=line.why(job, to_owner=who.owns(job.user_id)) if waits else [],
            guarantee=_guarantee(job, line) if waits and who.may_manage(job.user_id) else "",
            tier=job.tier if TIERS[job.tier].head_start_ms and line.others is not Others.nobody else "",
            skipped=waits and job.as_waiting().skipped,
            eta_range=eta_range(job, line),
            eta_text=eta_text(job, line),
            halt=line.worker.text if waits and not line.worker.alive else "",
            progress=job.progress or progress_text(job),
            progress_pct=job.progress_pct,
            playlist_url=playlist_of(job),
            error=job.error,
            page_url=url_for("jobs.show", job_id=job.id),
            track=TrackCard(track, who) if track else None,
            take=job.take,
            takes=[(number, take) for number, take in enumerate(takes, 1) if take != job.id],
            offer=terms.offer(job, line) if terms and may_be_asked else None,
            skip_text=skip_text(job, skip or line.skips.get(job.id)) if who.may_manage(job.user_id) else "",
        )

    @classmethod
    def in_public(cls, job: Job, line: Line, who: Principal, terms: Terms | None = None) -> JobCard:
        """In a list that everybody sees: nothing in it opens somebody else's job."""
        card = cls.of(job, line, who, terms=terms)
        if card.manageable:
            return card
        return cls(
            **{
                **card.__dict__,
                "id": shown_id(job, who),
                "prompt": shown_prompt(job, who),
                "page_url": "",
                "playlist_url": "",
            }
        )

    @property
    def has_ended(self) -> bool:
        return self.status not in (State.queued, State.processing)

    @property
    def cancellable(self) -> bool:
        return self.manageable and not self.has_ended

    @property
    def advice(self) -> str:
        return ADVICE if self.status == State.failed else ""

    @property
    def offer_text(self) -> str:
        """What one would get for it, or why one cannot have it."""
        if self.offer is None or self.offer.change is None:
            return ""
        if not self.offer.available:
            return self.offer.why
        passed = len(self.offer.change.passed)
        others = "other" if passed == 1 else "others"
        return f"Then it {starts_text(self.offer.change.starts_in.p50)} and passes {passed} {others}."

    @property
    def next_poll_seconds(self) -> int:
        """Close to its start often, far from it seldom."""
        return 1 if self.position <= 2 else min(LONGEST_PAUSE_SECONDS, self.position)

    @property
    def version(self) -> str:
        """Changes when anything that is shown changes."""
        progress = (self.status, self.progress, self.progress_pct, self.playlist_url)
        place = (
            self.position,
            self.why,
            self.guarantee,
            self.eta_text,
            self.eta_range,
            self.halt,
            self.offer_text,
            self.skip_text,
        )
        return hashlib.sha256(repr((progress, place)).encode()).hexdigest()[:12]


def eta_text(job: Job, line: Line) -> str:
    if job.status == State.processing:
        return f"ready in about {in_words(line.finished_in(job).p50)}"
    if job.status != State.queued or not line.worker.alive:
        return ""
    return starts_text(line.start_in(job).p50)


def _guarantee(job: Job, line: Line) -> str:
    """Nothing where it says no more than the place does."""
    at_most = line.at_most(job)
    return guarantee(at_most, line) if at_most is not None and at_most >= line.position(job) else ""


def eta_range(job: Job, line: Line) -> str:
    """When it can be heard: as likely earlier as later, and at the latest in nine of ten cases."""
    if job.status != State.queued or not line.worker.alive:
        return ""
    left = line.finished_in(job)
    return f"To be heard in about {in_words(left.p50)}, in nine of ten cases within {in_words(left.p90)}."


def starts_text(seconds: float) -> str:
    return "starts now" if seconds < 1 else f"starts in about {in_words(seconds)}"


def skip_text(job: Job, skip: Skip | None) -> str:
    """What is true of the Aura that was paid for it."""
    if skip is None:
        return ""
    aside = f"Set aside for its skip: {skip.cost} Aura."
    match skip.outcome, job.status:
        case Outcome.held, State.queued:
            return f"{aside} It all comes back if it fails or you cancel it before it starts."
        case Outcome.held, _:
            return f"{aside} It all comes back if it fails; if you stop it now, it is spent."
        case Outcome.captured, State.cancelled:
            return f"Spent on its skip: {skip.cost} Aura. It had started when it was stopped."
        case Outcome.captured, _:
            return f"Skipped for {skip.cost} Aura."
        case _, State.failed | State.cancelled:
            return f"The Aura for its skip came back: all {skip.cost}."
        case _:
            return f"All {skip.cost} Aura for its skip came back: when it started, nobody it had passed was waiting."


def version_of(cards: Sequence[JobCard], *besides: object) -> str:
    """Of a list: changes when any of them does."""
    shown = [card.version for card in cards], besides
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:12]
