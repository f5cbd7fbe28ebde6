"""How many tracks match, and which they are if they are few.

Exact for everything, for single filters (tallies) and for what is few; otherwise counted up to `MOST_COUNTED`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.types import BigInteger

from . import words
from .categories import display_name
from .filters import EVERYTHING, FAMILIES, Condition, Wanted
from .listing import LISTED
from .models import Track
from .sorts import LISTED as IS_LISTED
from .sorts import RECENT
from .tallies import Tally
from .walking import Deadline, Walk, expected

FEW = 3000  # so many are fetched and sorted; of more, enough are near in any order
MOST_COUNTED = 10_000
FEW_CARRIED = 700  # the same, where indexes carry what is asked: a walk need not look at rows
INDEX_SECONDS = 0.1  # what PostgreSQL may take to gather all that a short beginning means, before it is walked to
ONLY_THE_INDEX = select(  # for a limit, PostgreSQL would rather begin to read all texts than ask it
    func.set_config("statement_timeout", f"{round(INDEX_SECONDS * 1000)}", True),
    func.set_config("enable_seqscan", "off", True),
)
COUNTING_SECONDS = 0.05  # rarely needed: a range together with something common


@dataclass(frozen=True)
class CategoryCount:
    key: str
    name: str
    count: int


@dataclass(frozen=True)
class Size:
    """`few`: all that match, as far as an index can tell, and `left`: what is still to be asked of each."""

    total: int = 0
    capped: bool = False
    share: float | None = None  # of all that are listed
    few: Sequence[int] | None = None
    left: Wanted = EVERYTHING

    def is_soon_met(self, count: int) -> bool:
        """Would a walk to so many look at fewer tracks than `few` has? In a small library those are a large part."""
        return bool(self.few and self.share and expected(count, self.share) < len(self.few))


def size_of(session: Session, wanted: Wanted) -> Size:
    known, everything = tallied(session, wanted)
    if known == 0 or everything == 0:
        return Size(few=())
    few_enough = FEW_CARRIED if any(condition.reads for condition in wanted.conditions) else FEW
    if known is not None and (known > few_enough or not wanted.conditions):
        return Size(known, share=known / everything)
    for numbers, left in _through_an_index(session, wanted, known):
        is_all = known is None and not (left.conditions or left.terms)
        counted = _up_to(session, numbers, MOST_COUNTED if is_all else FEW)
        if counted is None:
            continue
        if counted <= FEW:
            few = session.scalars(numbers).all()
            total = _how_many_of(session, few, left)
            return Size(total, share=total / everything, few=few, left=left)
        if is_all and counted <= MOST_COUNTED:
            return Size(counted, share=counted / everything)
        if is_all:
            return Size(MOST_COUNTED, capped=True)
    return _walked(session, wanted)


def tallied(session: Session, wanted: Wanted) -> tuple[int | None, int]:
    """How many are wanted, if that is counted already (everything, or what one filter says), and how many there are."""
    names: tuple[str, ...] = ()
    if not wanted.terms and len(wanted.conditions) < 2:
        names = wanted.conditions[0].counted if wanted.conditions else (LISTED,)
    counts = Tally.read(session, LISTED, *names)
    return sum(counts[name] for name in names) if names else None, counts[LISTED]


def among(session: Session, numbers: Sequence[int]) -> ColumnElement[bool]:
    """Tracks of these numbers, told as one value: thousands of them need no statement of their own."""
    return Track.number.in_(select(as_rows(session, numbers)))


def as_rows(session: Session, numbers: Sequence[int]) -> Any:
    """A column with a row for each of these numbers."""
    if session.get_bind().dialect.name == "sqlite":
        return func.json_each(f"[{','.join(map(str, numbers))}]").table_valued("value").c.value
    return func.unnest(literal(list(numbers), ARRAY(BigInteger))).table_valued("value").render_derived().c.value


def still(session: Session, left: Wanted) -> list[ColumnElement[bool]]:
    """What is still to be asked, as clauses over the table of tracks."""
    clauses = [condition.holds(Track.__table__.c) for condition in left.conditions]
    return [*clauses, words.holds(session, Track.number, left.terms)] if left.terms else clauses


def _through_an_index(session: Session, wanted: Wanted, known: int | None) -> list[tuple[Select[Any], Wanted]]:
    """Ways to what is wanted through an index of its own, and what each leaves to be asked."""
    ways: list[tuple[Select[Any], Wanted]] = []
    facets = [condition.facet for condition in wanted.conditions if condition.facet]
    if facets or wanted.terms:
        rest = tuple(condition for condition in wanted.conditions if not condition.facet)
        found = words.some_numbers_of(session, [words.facet(*facet) for facet in facets], wanted.terms)
        ways.append((found, Wanted(rest)))
    if known is None:
        ways += [(one.numbers, _without(wanted, one)) for one in wanted.conditions if one.numbers is not None]
    return ways


def _without(wanted: Wanted, one: Condition) -> Wanted:
    return Wanted(tuple(condition for condition in wanted.conditions if condition is not one), wanted.terms)


def _up_to(session: Session, numbers: Select[Any], most: int) -> int | None:
    """How many there are, or one more than `most`. None: PostgreSQL would gather very many before it can count."""
    query = select(func.count()).select_from(numbers.limit(most + 1).subquery("some"))
    if session.get_bind().dialect.name == "sqlite":
        return session.scalar(query)
    attempt = session.connection().begin_nested()  # its end takes the settings back
    try:
        session.execute(ONLY_THE_INDEX)
        return session.scalar(query)
    except OperationalError:
        return None
    finally:
        attempt.rollback()


def _how_many_of(session: Session, few: Sequence[int], left: Wanted) -> int:
    if not (left.conditions or left.terms):
        return len(few)
    query = select(func.count()).select_from(Track).where(IS_LISTED, among(session, few), *still(session, left))
    return session.scalar(query) or 0


def _walked(session: Session, wanted: Wanted) -> Size:
    """Along the lengths of tracks where a length is asked for: that leaves out the most."""
    lengths = [condition.walked for condition in wanted.conditions if condition.walked]
    walk = Walk(session, lengths[0] if lengths else RECENT, wanted, Deadline(COUNTING_SECONDS))
    numbers = walk.numbers(MOST_COUNTED)
    if len(numbers) <= FEW and not walk.partial:
        return Size(len(numbers), few=numbers)
    return Size(min(len(numbers), MOST_COUNTED), capped=walk.partial or len(numbers) > MOST_COUNTED)


def kind_counts(session: Session) -> dict[str, int]:
    """How many listed tracks there are in all and of each kind."""
    names = {kind: f"kind/{kind}" for kind in FAMILIES}
    counts = Tally.read(session, LISTED, *names.values())
    return {"total": counts[LISTED], **{kind: counts[name] for kind, name in names.items()}}


def category_counts(session: Session, kind: str | None) -> list[CategoryCount]:
    """The categories of listed tracks, the most frequent first."""
    return categories_in(Tally.under(session, f"category/{kind}/" if kind else "category/"))


def categories_in(counts: Mapping[str, int]) -> list[CategoryCount]:
    """The most frequent first. Added up by name: the same word may be a category of several kinds."""
    found: Counter[str] = Counter()
    for name, count in counts.items():
        found[name.rpartition("/")[2]] += count
    return [CategoryCount(key, display_name(key), count) for key, count in found.most_common()]
