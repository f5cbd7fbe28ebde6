"""Money that goes back: refunds, and disputes in which a bank takes it."""

from __future__ import annotations

from dataclasses import dataclass

NO_REFUND = frozenset({"failed", "canceled"})  # a refund that came back to us
# An inquiry (warning_...) moves no money, a won dispute gives it back, a prevented one is told as a refund.
NOT_TAKEN = frozenset({"won", "prevented", "warning_needs_response", "warning_under_review", "warning_closed"})


@dataclass(frozen=True)
class Reversal:
    """One refund or dispute, as Stripe tells it now."""

    id: str
    cents: int
    currency: str
    status: str
    is_dispute: bool = False

    @property
    def counts(self) -> bool:
        return self.status not in (NOT_TAKEN if self.is_dispute else NO_REFUND)


def cents_back(reversals: list[Reversal], paid_cents: int, currency: str) -> int:
    """How much of a payment is gone: never more than came, however refund and dispute overlap. A bank that counts in
    another currency takes all of it."""
    gone = (r.cents if r.currency == currency else paid_cents for r in reversals if r.counts)
    return min(paid_cents, sum(gone))


def aura_back(aura: int, paid_cents: int, gone_cents: int) -> int:
    """The same part of the Aura, rounded in favour of whoever bought it; all of it for all of the money."""
    return aura * gone_cents // paid_cents if paid_cents else 0
