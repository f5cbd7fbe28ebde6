"""What a form offers to narrow the library by, each with how many tracks it alone leaves."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from .filters import FAMILIES
from .tallies import Tally
from .totals import CategoryCount, categories_in


@dataclass(frozen=True)
class Choices:
    kinds: dict[str, int]
    categories: list[CategoryCount]  # by name
    licences: dict[str, int]
    loops: int
    commercial: int
    remixes: int
    presets: dict[str, int]  # by slug

    @classmethod
    def of(cls, session: Session, kind: str | None, presets: Collection[str]) -> Choices:
        """`kind`: only its categories; none: those of every kind. `presets`: which ones are offered, by slug."""
        categories = f"category/{kind}/" if kind else "category/"
        counts = Tally.under(
            session,
            "kind/",
            "licence/",
            "loop/",
            "commercial/",
            "remix/",
            categories,
            besides=[f"preset/{slug}" for slug in presets],
        )
        named = {name: count for name, count in counts.items() if name.startswith(categories)}
        return cls(
            kinds={family: counts.get(f"kind/{family}", 0) for family in FAMILIES},
            categories=sorted(categories_in(named), key=lambda category: category.name),
            licences={name.partition("/")[2]: counts[name] for name in sorted(counts) if name.startswith("licence/")},
            loops=counts.get("loop/yes", 0),
            commercial=counts.get("commercial/yes", 0),
            remixes=counts.get("remix/yes", 0),
            presets={slug: counts.get(f"preset/{slug}", 0) for slug in presets},
        )
