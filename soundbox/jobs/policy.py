"""How turns work: in a few sentences for people, and as data for programs, from the constants that decide."""

from __future__ import annotations

from pydantic import BaseModel, Field

from soundbox.accounts.tiers import TIERS, Tier
from soundbox.aura.pricing import PRICES
from soundbox.config import Config

from .answers import PriceAnswer
from .estimates import MEASURED_JOBS
from .outlook import STARTS_A_ROW
from .scheduler import (
    AFFINITY_PATIENCE_MS,
    AFFINITY_REACH,
    LONGEST_SPACING_MS,
    MOST_OVERTAKEN,
    ORDINARY,
    PATIENCE_STARTS,
    SHORTEST_SPACING_MS,
    SKIP,
    SPACING_FACTOR,
)


class TierPolicy(BaseModel):
    """None: no limit."""

    name: str
    price_dollars: int = Field(description="A month")
    head_start_minutes: int
    waiting_jobs: int | None
    jobs_an_hour: int | None
    longest_seconds: int
    aura_a_month: int

    @classmethod
    def of(cls, tier: Tier) -> TierPolicy:
        return cls(**{name: getattr(tier, name) for name in cls.model_fields})


class SpacingPolicy(BaseModel):
    factor: int = Field(description="Times the estimated seconds of the job before it")
    shortest_seconds: int
    longest_seconds: int


class AffinityPolicy(BaseModel):
    reach: int = Field(description="Rows among which a model that is loaded is looked for")
    patience_seconds: int = Field(description="Once the first has waited so long, it goes first")
    most_overtaken: int = Field(description="Times that a job may be passed so")


class SkipPolicy(BaseModel):
    most_in_a_row: int = Field(description="Then one start goes to whoever has waited longest")
    prices: list[PriceAnswer]
    currency: str = "aura"


class PolicyAnswer(BaseModel):
    words: str
    strict: bool = Field(description="Tiers go strictly before each other; then nothing is promised")
    order: list[str] = Field(description="What rows are sorted by; the smallest starts first")
    bands: dict[str, int]
    turn: str
    starts_a_row: int = Field(description="Of so many starts, one goes to the job that came first of all who wait")
    guarantee: str = Field(description="How at_most is found")
    spacing: SpacingPolicy
    affinity: AffinityPolicy
    skip: SkipPolicy | None = Field(description="None where nobody pays")
    tiers: list[TierPolicy]
    most_waiting: int = Field(description="Jobs of all people")
    reads_a_minute: int | None
    estimates_from_jobs: int = Field(description="The last so many of a model")

    @classmethod
    def of(cls, config: Config) -> PolicyAnswer:
        prices = [PriceAnswer(max_duration=each.max_duration, cost=each.cost, label=each.label) for each in PRICES]
        return cls(
            words=policy_sentence(config),
            strict=config.queue_strict,
            order=["band", "turn", "arrival"],
            bands={"skip": SKIP, "ordinary": ORDINARY},
            turn="the later of: arrival less the tier's head start; the turn of one's last unfinished job plus spacing",
            starts_a_row=STARTS_A_ROW,
            guarantee=f"{STARTS_A_ROW} starts for each job that came before, less those since one went by waiting",
            spacing=SpacingPolicy(
                factor=SPACING_FACTOR,
                shortest_seconds=SHORTEST_SPACING_MS // 1000,
                longest_seconds=LONGEST_SPACING_MS // 1000,
            ),
            affinity=AffinityPolicy(
                reach=AFFINITY_REACH, patience_seconds=AFFINITY_PATIENCE_MS // 1000, most_overtaken=MOST_OVERTAKEN
            ),
            skip=None if config.is_open else SkipPolicy(most_in_a_row=PATIENCE_STARTS, prices=prices),
            tiers=[] if config.is_open else [TierPolicy.of(tier) for tier in TIERS.values()],
            most_waiting=config.queue_limit,
            reads_a_minute=None if config.is_open else config.reads_a_minute or None,
            estimates_from_jobs=MEASURED_JOBS,
        )


def policy_sentence(config: Config) -> str:
    if config.is_open:
        return "First come, first served: this is your own Sound Box."
    if config.queue_strict:
        return "Higher tiers go first; within a tier, first come, first served and people take turns."
    return (
        "People take turns, and tiers have a head start. Whatever others pay, of any "
        f"{STARTS_A_ROW} starts one goes to whoever has waited longest, so every wait has an end that is known."
    )
