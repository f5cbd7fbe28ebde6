"""Which tracks a station plays next. No database: from what could be played and what was, to entries.

In each place of a programme stands what was asked for, then what was just made, then one of two things by chance: the
next of those that are to be explored, so that every track is on air some day, or one by the weight of its votes and its
youth. Nothing comes again within `REPEAT_FRAMES`, on a small station not before half of it was on air, and no maker
within `MAKER_SPACING` places where there are more of them.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from . import timeline
from .programme import Entry, Why

REPEAT_FRAMES = timeline.frames_in(2 * 3600)
MAKER_SPACING = 3  # places in which a maker stands once
EXPLORED_SHARE = 0.25
REQUEST_EVERY = 2  # places: not all of a programme is what was asked for
YOUNG_DAYS = 7.0  # how old a track is when its bonus for youth has halved
YOUTH = 0.5  # that bonus, at birth
NEVER = -(1 << 62)
RATED = 8.0  # how much more often the best is drawn than what has no votes


@dataclass(frozen=True)
class Playable:
    """A track that may be drawn. `rating` is between 0 and 1."""

    track_id: str
    maker: int
    frames: int
    rating: float
    age_days: float

    @property
    def weight(self) -> float:
        return (1.0 + (RATED - 1.0) * self.rating) * (1.0 + YOUTH * 0.5 ** (self.age_days / YOUNG_DAYS))


@dataclass(frozen=True)
class Choice:
    """All that a programme is drawn from, each list in the order in which its tracks come."""

    drawn: Sequence[Playable]
    unheard: Sequence[Playable] = ()
    new: Sequence[Playable] = ()
    requested: Sequence[Playable] = ()


@dataclass
class Past:
    """What was on air: the frame at which each track ended last, and the makers of the last places."""

    ended: dict[str, int] = field(default_factory=dict)
    makers: deque[int] = field(default_factory=lambda: deque(maxlen=MAKER_SPACING - 1))

    def add(self, track: Playable, end_frame: int) -> None:
        self.ended[track.track_id] = end_frame
        self.makers.append(track.maker)


def draw(choice: Choice, past: Past, start_frame: int, end_frame: int, seed: str) -> list[Entry]:
    """Entries from `start_frame` on that reach `end_frame` or beyond it; none when there is nothing to play."""
    return _Draw(choice, past, random.Random(seed)).until(start_frame, end_frame)


class _Draw:
    def __init__(self, choice: Choice, past: Past, dice: random.Random) -> None:
        self.past = past
        self.dice = dice
        self.requested = deque(choice.requested)
        self.new, self.unheard = list(choice.new), list(choice.unheard)
        self.pool = list({track.track_id: track for track in (*choice.drawn, *choice.unheard)}.values())
        self.makers = len({track.maker for track in self.pool})
        self.frame = 0

    def until(self, start_frame: int, end_frame: int) -> list[Entry]:
        self.frame = start_frame
        entries: list[Entry] = []
        while self.frame < end_frame and (found := self._next(len(entries))):
            track, why = found
            entries.append(Entry(track.track_id, track.frames, why))
            self.frame += track.frames
            self.past.add(track, self.frame)
        return entries

    def _next(self, place: int) -> tuple[Playable, Why] | None:
        if self.requested and place % REQUEST_EVERY == 0:
            return self.requested.popleft(), Why.requested
        if new := self._first_of(self.new):
            return new, Why.new
        if self.dice.random() < EXPLORED_SHARE and (unheard := self._first_of(self.unheard)):
            return unheard, Why.unheard
        if self.pool:
            return self._weighed(), Why.drawn
        return (self.requested.popleft(), Why.requested) if self.requested else None

    def _first_of(self, tracks: list[Playable]) -> Playable | None:
        """The first that was not on air lately and stands apart from others of its maker, which wait."""
        tracks[:] = [track for track in tracks if not self._is_repeated(track)]
        found = next((track for track in tracks if self._stands_apart(track)), None)
        if found:
            tracks.remove(found)
        return found

    def _stands_apart(self, track: Playable) -> bool:
        """Where there are too few makers for that, everything does."""
        return track.maker not in self.past.makers or self.makers < MAKER_SPACING

    def _weighed(self) -> Playable:
        eligible = self._rested()
        spaced = [track for track in eligible if track.maker not in self.past.makers] or eligible
        return self.dice.choices(spaced, [track.weight for track in spaced])[0]

    def _rested(self) -> list[Playable]:
        """Those that do not repeat, and in any case the half that was on air the longest ago."""
        longest_ago = sorted(self.pool, key=lambda track: self.past.ended.get(track.track_id, NEVER))
        rested = sum(not self._is_repeated(track) for track in longest_ago)
        return longest_ago[: max(rested, (len(longest_ago) + 1) // 2)]

    def _is_repeated(self, track: Playable) -> bool:
        return self.frame - self.past.ended.get(track.track_id, NEVER) < REPEAT_FRAMES


def in_time(tracks: Iterable[Playable], frames: int) -> list[Playable]:
    """As many of the first of them as begin within so many frames, every `REQUEST_EVERY`-th place being one of them."""
    fitting, taken = [], 0
    for track in tracks:
        if taken >= frames:
            break
        fitting.append(track)
        taken += REQUEST_EVERY * track.frames
    return fitting
