"""Forms as Stripe's API takes them: `line_items[0][price_data][currency]=usd`."""

from __future__ import annotations

import re
from typing import Any


def nested(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    """Objects in objects; those whose names are all numbers are lists."""
    made: dict[str, Any] = {}
    for name, value in pairs:
        *way, last = re.findall(r"[^\[\]]+", name)
        place = made
        for word in way:
            place = place.setdefault(word, {})
        place[last] = value
    return {name: _lists(value) for name, value in made.items()}


def _lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inner = {name: _lists(one) for name, one in value.items()}
    return list(inner.values()) if inner and all(name.isdigit() for name in inner) else inner
