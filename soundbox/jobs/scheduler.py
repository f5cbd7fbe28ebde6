"""Who starts next. Pure. Claims, positions, reasons and times all use `order`: what people see is what happens."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

SKIP = 0  # the band of paid skips; their turn is the moment of payment
ORDINARY = 1  # the band of everybody else; strict tiers have bands of their own, 1 for the highest

PATIENCE_STARTS = 3  # then one start goes to whoever has waited longest, whatever others paid
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
    def arrival(self) -> tuple[int, int]:
        """Who has waited longest: nothing but the order of arrival, inside a band."""
        return (self.band, self.seq)

    @property
    def skipped(self) -> bool:
        return self.band == SKIP


@dataclass(frozen=True)
class Start:
    """One start to come."""

    job: Waiting
    since_longest: int  # starts since one went to whoever had waited longest, this one included
    overtakes: tuple[str, ...] = ()  # the rows it passes over because its model is loaded
    by_waiting: bool = False  # no turn brought it here: it had waited longest and was due


def order(
    waiting: Iterable[Waiting],
    since_longest: int = 0,
    loaded: Sequence[str] = (),
    now_ms: int = 0,
    limit: int | None = None,
) -> list[Start]:
    """The next starts, first one first, if nobody else came.

    Of any four starts in a row, one goes to the row that came first of all who have not paid for a skip: nobody has
    more than four starts ahead for each row that came before. `since_longest`: starts since the last of those.
    `loaded`: models that hold memory now, most recently used first; the device is taken to hold as many from now on.
    Empty: nothing to prefer, so nothing is reordered.
    """
    line = _Line(waiting, since_longest, tuple(loaded), now_ms)
    starts: list[Start] = []
    while (line.skips or line.others) and (limit is None or len(starts) < limit):
        starts.append(line.start_next())
    return starts


class _Line:
    """The rows still waiting while the starts to come are played through."""

    def __init__(self, waiting: Iterable[Waiting], since_longest: int, loaded: tuple[str, ...], now_ms: int) -> None:
        rows = sorted(waiting, key=lambda row: row.place)
        self.skips = deque(row for row in rows if row.skipped)
        self.others = [row for row in rows if not row.skipped]
        self._arrivals = deque(sorted(self.others, key=lambda row: row.arrival))
        self._since_longest = since_longest
        self._started: set[str] = set()
        self._loaded = loaded
        self._now_ms = now_ms

    def start_next(self) -> Start:
        while self._arrivals and self._arrivals[0].id in self._started:
            self._arrivals.popleft()
        longest = self._arrivals[0] if self._arrivals else None
        by_waiting = False
        overtakes: tuple[str, ...] = ()
        if longest and self._since_longest >= PATIENCE_STARTS:
            index = next(i for i, row in enumerate(self.others) if row.id == longest.id)
            job, by_waiting = self.others.pop(index), index > 0 or bool(self.skips)
        elif self.skips:
            job = self.skips.popleft()
        else:
            job, overtakes = self._take_turn()
        self._started.add(job.id)
        is_longest = longest is not None and job.id == longest.id
        self._since_longest = 0 if is_longest else min(self._since_longest + 1, PATIENCE_STARTS)
        self._loaded = _after_loading(job.model, self._loaded)
        return Start(job, self._since_longest, overtakes, by_waiting)

    def _take_turn(self) -> tuple[Waiting, tuple[str, ...]]:
        """Remove the row whose turn it is, counting the overtaking on every row that it passes. It, and their ids."""
        index = _preferred(self.others, self._loaded, self._now_ms)
        job = self.others.pop(index)
        passed = self.others[:index]
        self.others[:index] = [replace(row, overtaken=row.overtaken + 1) for row in passed]
        return job, tuple(row.id for row in passed)


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
