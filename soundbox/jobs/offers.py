"""May this job skip the queue now, what does it cost, and what would it change: for pages, programs and the verb."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from soundbox.accounts.principal import Principal
from soundbox.aura import ledger
from soundbox.aura.ledger import Purse
from soundbox.aura.pricing import skip_cost
from soundbox.config import Config
from soundbox.engines.catalogue import Catalogue

from .line import Line, Skipped
from .models import Job, State

INSUFFICIENT = "Insufficient Aura balance"


@dataclass(frozen=True)
class Offer:
    """`refusal`: why not, in the words programs know, and `why`, in words for people. Empty: it may be had."""

    cost: int  # Aura
    refusal: str = ""
    why: str = ""
    change: Skipped | None = None  # of a job that waits

    @property
    def available(self) -> bool:
        return not self.refusal


@dataclass(frozen=True)
class Terms:
    """What the answer depends on besides the job and the line: who asks, what they have, what the operator allows."""

    who: Principal
    purse: Purse
    config: Config
    catalogue: Catalogue

    @classmethod
    def read(cls, session: Session, who: Principal, config: Config, catalogue: Catalogue) -> Terms:
        purse = Purse() if config.is_open else ledger.purse(session, who.user_id)
        return cls(who, purse, config, catalogue)

    def offer(self, job: Job, line: Line) -> Offer:
        """The first reason that stands against it, or none."""
        cost = skip_cost(job.seconds)
        change = line.if_skipped(job) if line.position(job) else None
        refusal, why = self._refusal_of_place(job, change) or self._refusal_of_terms(job, cost) or ("", "")
        return Offer(cost, refusal, why, change)

    def _refusal_of_place(self, job: Job, change: Skipped | None) -> tuple[str, str] | None:
        if self.config.is_open:
            return "Skips are not offered here", "Everything here is yours: nobody pays."
        if job.aura:
            return "Job already skipped", "A job skips once."
        if job.status == State.processing:
            return "Cannot skip a job that is already processing", "It has started."
        if job.has_ended or change is None:
            return "Job is not in queue", "It has ended already."
        if not change.passed:
            return "Job is already first", "It would pass nobody, so there is nothing to pay for."
        return None

    def _refusal_of_terms(self, job: Job, cost: int) -> tuple[str, str] | None:
        if not self.who.may_manage(job.user_id):
            return "Not authorized", "It belongs to somebody else."
        info = self.catalogue.info_for(job.model, job.parameters)
        if info is not None and not (info.commercial_use or self.config.skips_on_noncommercial):
            return "This model cannot be skipped for Aura", f"The licence of {info.engine} forbids being paid for it."
        if self.purse.debt:
            return "Paid features are frozen", f"You owe {self.purse.debt} Aura for a payment that was taken back."
        if self.purse.balance < cost:
            return INSUFFICIENT, f"It costs {cost} Aura, and you have {self.purse.balance}."
        return None
