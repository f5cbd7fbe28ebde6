"""What a subscription is worth now: which tier, and until when."""

from __future__ import annotations

from dataclasses import dataclass

DAY_MS = 86_400_000
RUNS = frozenset({"active", "trialing"})
LATE = "past_due"


@dataclass(frozen=True)
class Plan:
    """A subscription, as Stripe tells it now. Times in ms. `order_id` and `person` are what we gave it at Checkout."""

    id: str
    order_id: str
    person: str
    customer: str
    tier: str
    status: str
    period_start_ms: int
    period_end_ms: int
    ends_ms: int | None  # cancelled: when it ends, or ended
    livemode: bool


def tier_until(plan: Plan, grace_days: int) -> int | None:
    """When the tier ends if nothing more is heard, in ms; None: it gives none now.

    A renewal is due at the end of the period. Until grace is over it may be late: Stripe tries a failed card again, and
    an event may be on its way. Stripe begins the new period whether it was paid or not.
    """
    grace_ms = grace_days * DAY_MS
    if plan.status in RUNS:
        return plan.ends_ms or plan.period_end_ms + grace_ms
    if plan.status == LATE:
        late_until = plan.period_start_ms + grace_ms
        return min(late_until, plan.ends_ms) if plan.ends_ms else late_until
    return None
