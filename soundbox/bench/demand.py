"""A made-up day of people who ask for sound: tiers, habits, bursts and paid skips, the same at every run."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass

from soundbox.accounts.tiers import TIERS

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
MODELS = {"music": 1.6, "audio": 1.1}  # seconds of work for one of sound, as a small GPU takes
SPREAD = 0.3  # of the logarithm of those


@dataclass(frozen=True)
class Person:
    name: str
    tier: str
    visits_a_day: float
    jobs_a_visit: tuple[int, int]  # from, to
    pays: float = 0.0  # the share of their waits that they pay to skip


@dataclass(frozen=True)
class Ask:
    """Somebody asks for one sound. `makes_ms`: what making it takes, which nobody knows beforehand."""

    at_ms: int
    person: Person
    model: str
    seconds: float
    makes_ms: int
    skips_after_ms: int | None


def town() -> list[Person]:
    """A few hundred people; most ask now and then, a few ask for as much as they may."""
    people = [Person(f"free{i}", "free", 3.0, (1, 2), 0.01) for i in range(360)]
    people += [Person(f"supporter{i}", "supporter", 4.0, (1, 3), 0.03) for i in range(40)]
    people += [Person(f"premium{i}", "premium", 4.0, (1, 4), 0.05) for i in range(20)]
    people += [Person(f"creator{i}", "creator", 5.0, (2, 6), 0.05) for i in range(8)]
    people += [Person(f"heavy{i}", "creator", 30.0, (10, 20)) for i in range(2)]
    people += [Person(f"greedy{i}", "free", 60.0, (2, 2)) for i in range(4)]
    return people


def day(seed: int) -> list[Ask]:
    """All that is asked for, in order. Evenings are busy, nights calm; at noon and at eight a crowd comes at once."""
    chance = random.Random(seed)
    asks = [ask for person in town() for ask in _habits(chance, person)]
    asks += _crowd(chance, 12 * HOUR_MS, 70)
    asks += _crowd(chance, 20 * HOUR_MS, 90)
    return sorted(asks, key=lambda ask: ask.at_ms)


def _habits(chance: random.Random, person: Person) -> Iterator[Ask]:
    visits = _poisson(chance, person.visits_a_day)
    for _ in range(visits):
        at_ms = _moment(chance)
        for _ in range(chance.randint(*person.jobs_a_visit)):
            yield _ask(chance, at_ms, person)
            at_ms += chance.randint(2_000, 20_000)


def _crowd(chance: random.Random, at_ms: int, count: int) -> Iterator[Ask]:
    """As when somebody with many followers shows the place."""
    for i in range(count):
        yield _ask(chance, at_ms + chance.randint(0, 600_000), Person(f"crowd{at_ms + i}", "free", 0, (1, 1), 0.02))


def _ask(chance: random.Random, at_ms: int, person: Person) -> Ask:
    model = chance.choices(("music", "audio"), (0.6, 0.4))[0]
    longest = min(TIERS[person.tier].longest_seconds, 180 if model == "music" else 30)
    seconds = float(min(longest, round(chance.lognormvariate(math.log(12), 0.7)) + 1))
    makes_ms = round(1000 * seconds * MODELS[model] * chance.lognormvariate(0, SPREAD))
    skips = chance.randint(10_000, 120_000) if chance.random() < person.pays else None
    return Ask(at_ms, person, model, seconds, max(200, makes_ms), skips)


def _moment(chance: random.Random) -> int:
    """Some time of the day, three times as likely at nine in the evening as at nine in the morning."""
    while True:
        at_ms = chance.randrange(DAY_MS)
        busy = 0.5 + 0.5 * math.cos(2 * math.pi * (at_ms / HOUR_MS - 21) / 24)
        if chance.random() < 0.25 + 0.75 * busy:
            return at_ms


def _poisson(chance: random.Random, mean: float) -> int:
    limit, product, count = math.exp(-mean), chance.random(), 0
    while product > limit:
        product *= chance.random()
        count += 1
    return count
