"""How much somebody may still ask for, told on every answer that a limit counts.

After draft-ietf-httpapi-ratelimit-headers-10: `RateLimit-Policy` names each quota and its window, `RateLimit` what is
left of it and when it is whole again. `Retry-After`, in seconds, is on every 429 and 503.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

from flask import Flask, Response, g
from flask_limiter import RequestLimit

from soundbox.extensions import limiter

RETRY_SECONDS = 30


@dataclass(frozen=True)
class Quota:
    """`window_seconds` None: what counts is what exists now, such as jobs that wait."""

    name: str
    amount: int
    left: int
    window_seconds: int | None = None
    reset_seconds: int | None = None  # until something comes free


def init_app(app: Flask) -> None:
    app.after_request(tell)


def note(*quotas: Quota) -> None:
    """Limits that are counted elsewhere than by the limiter; this request's answer tells them, too."""
    g.quotas = [*g.get("quotas", ()), *quotas]


def tell(response: Response) -> Response:
    counted = limiter.current_limits
    quotas = [*map(_quota, counted), *g.get("quotas", ())]
    if quotas:
        response.headers["RateLimit-Policy"] = ", ".join(map(_policy, quotas))
        response.headers["RateLimit"] = ", ".join(map(_left, quotas))
    if response.status_code in (429, 503):
        waits = [_seconds_until(limit.window.reset_time) for limit in counted if limit.breached]
        response.headers.setdefault("Retry-After", str(max(waits, default=RETRY_SECONDS)))
    return response


def _quota(limit: RequestLimit) -> Quota:
    """A limit of the limiter, named after what it counts and its unit: reads/minute, jobs.cancel/hour."""
    item = limit.limit
    name = f"{limit.request_args[-1]}/{item.GRANULARITY.name}"
    return Quota(name, item.amount, limit.remaining, item.get_expiry(), _seconds_until(limit.window.reset_time))


def _seconds_until(moment: float) -> int:
    return max(1, math.ceil(moment - time.time()))


def _policy(quota: Quota) -> str:
    window = "" if quota.window_seconds is None else f";w={quota.window_seconds}"
    return f'"{quota.name}";q={quota.amount}{window}'


def _left(quota: Quota) -> str:
    reset = "" if quota.reset_seconds is None else f";t={quota.reset_seconds}"
    return f'"{quota.name}";r={max(0, quota.left)}{reset}'
