"""Who starts next. Pure. Claims, positions, reasons and times all use `order`: what people see is what happens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

SKIP = 0  # the band of paid skips; their turn is the moment of payment
ORDINARY = 1  # the band of everybody else; strict tiers have bands of their own, 1 for the highest

SKIPS_IN_A_ROW = 3  # then one start goes to somebody who did not pay
AFFINITY_REACH = 8  # rows among which a loaded model is looked for
AFFINITY_PATIENCE_MS = 60_000  # the head goes first once it has waited this long
MOST_OVERTAKEN = 3  # times a row may be passed over because another model is loaded

SPACING_FACTOR = 4
SHORTEST_SPACING_MS = 60_000
LONGEST_SPACING_MS = 600_000


@dataclass(frozen=True)
class Waiting:
    """A queued job as the order sees it. Rows stand by (band, turn, seq)."""

    id: str
    band: int
    turn: int  # ms: a virtual start time; in band 0 the moment of payment
    seq: int
    model: str
    enqueued_ms: int
    overtaken: int = 0
    person: str = ""
    tier: str = ""
    head_start_ms: int = 0
    seconds: float = 0.0  # of sound asked for
    aura: int = 0  # paid for a skip

    @property
    def place(self) -> tuple[int, int, int]:
        return (self.band, self.turn, self.seq)

    @property
    def skipped(self) -> bool:
        return self.band == SKIP


@dataclass(frozen=True)
class Start:
    """One start to come, and the rows it passes over because its model is loaded."""

    job: Waiting
    overtakes: tuple[str, ...] = ()


def order(
    waiting: Iterable[Waiting],
    last_starts: Sequence[int] = (),
    loaded: Sequence[str] = (),
    now_ms: int = 0,
    limit: int | None = None,
) -> list[Start]:
    """The next starts, first one first, if nobody else came.

    `last_starts`: bands of the latest starts, newest last. `loaded`: models that hold memory now, most recently used
    first; the device is taken to hold as many from now on. Empty: nothing to prefer, so nothing is reordered.
    """
    rows = sorted(waiting, key=lambda row: row.place)
    skips = [row for row in rows if row.skipped]
    others = [row for row in rows if not row.skipped]
    bands, models = list(last_starts[-SKIPS_IN_A_ROW:]), tuple(loaded)
    starts: list[Start] = []
    while (skips or others) and (limit is None or len(starts) < limit):
        if skips and not (others and _skips_must_pause(bands)):
            start = Start(skips.pop(0))
        else:
            start = _take(others, models, now_ms)
        starts.append(start)
        bands = [*bands, start.job.band][-SKIPS_IN_A_ROW:]
        models = _after_loading(start.job.model, models)
    return starts


def _skips_must_pause(bands: Sequence[int]) -> bool:
    return len(bands) == SKIPS_IN_A_ROW and all(band == SKIP for band in bands)


def _take(others: list[Waiting], loaded: Sequence[str], now_ms: int) -> Start:
    """Remove the next ordinary row, counting the overtaking on every row that it passes."""
    index = _preferred(others, loaded, now_ms)
    job = others.pop(index)
    passed = others[:index]
    others[:index] = [replace(row, overtaken=row.overtaken + 1) for row in passed]
    return Start(job, tuple(row.id for row in passed))


def _preferred(others: Sequence[Waiting], loaded: Sequence[str], now_ms: int) -> int:
    if not loaded or now_ms - others[0].enqueued_ms >= AFFINITY_PATIENCE_MS:
        return 0
    for index, row in enumerate(others[:AFFINITY_REACH]):
        if row.model in loaded:
            return index
        if row.overtaken >= MOST_OVERTAKEN:
            return 0
    return 0


def _after_loading(model: str, loaded: tuple[str, ...]) -> tuple[str, ...]:
    """The least recently used model makes room for one that was not there."""
    return (model, *(other for other in loaded if other != model))[: len(loaded)]


def turn_for(enqueued_ms: int, head_start_ms: int, last_own_turn: int | None, last_own_estimated_seconds: float) -> int:
    """The virtual start time of a new job, as in fair queueing.

    `last_own_turn`: the latest turn among the same person's unfinished jobs, None without any. Spacing them by what
    the previous one costs lets others in between when somebody asks for twenty at once.
    """
    turn = enqueued_ms - head_start_ms
    if last_own_turn is None:
        return turn
    return max(turn, last_own_turn + spacing_ms(last_own_estimated_seconds))


def spacing_ms(estimated_seconds: float) -> int:
    wanted = round(SPACING_FACTOR * estimated_seconds * 1000)
    return min(max(wanted, SHORTEST_SPACING_MS), LONGEST_SPACING_MS)


def band_for(rank: int, strict: bool) -> int:
    """`rank`: 0 for the highest tier. Strict tiers stand in bands, so a higher one always goes first."""
    return ORDINARY + rank if strict else ORDINARY
