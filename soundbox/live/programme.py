"""What a station broadcasts in a period: entries one behind the other, each cut into segments.

A programme begins where the one before it ended and runs over the end of its period, so no sound is ever broken off.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import accumulate

from soundbox.audio.cut import SHORTEST_FRAMES

from . import timeline

LONGEST_SEGMENT_FRAMES = 188  # 4.01 s


class Why(StrEnum):
    """How an entry came to be drawn."""

    drawn = "drawn"
    new = "new"  # fresh off the queue
    unheard = "unheard"  # the next of those that are to be explored
    requested = "requested"


@dataclass(frozen=True)
class Entry:
    track_id: str
    frames: int
    why: Why = Why.drawn

    @property
    def segments(self) -> int:
        return -(-self.frames // LONGEST_SEGMENT_FRAMES)

    def part(self, number: int) -> tuple[int, int]:
        """Frames [first, end) of one of its segments, all of which are about equally long."""
        return self.frames * number // self.segments, self.frames * (number + 1) // self.segments


@dataclass(frozen=True)
class Segment:
    """A few seconds of the broadcast. `sequence` counts the segments of a station, one by one, for ever."""

    sequence: int
    start_frame: int  # of the broadcast
    entry: Entry
    first: int  # frames [first, end) of its sound
    end: int

    @property
    def frames(self) -> int:
        return self.end - self.first


@dataclass(frozen=True)
class Airing:
    """An entry and when it is on air."""

    start_frame: int
    entry: Entry
    first_sequence: int

    @property
    def end_frame(self) -> int:
        return self.start_frame + self.entry.frames

    def segments(self) -> Iterator[Segment]:
        for number in range(self.entry.segments):
            first, end = self.entry.part(number)
            yield Segment(self.first_sequence + number, self.start_frame + first, self.entry, first, end)


@dataclass(frozen=True)
class Programme:
    """Of one period; frozen once it is published."""

    period: int
    start_frame: int
    first_sequence: int
    entries: tuple[Entry, ...]

    @cached_property
    def airings(self) -> Sequence[Airing]:
        starts = accumulate((entry.frames for entry in self.entries), initial=self.start_frame)
        sequences = accumulate((entry.segments for entry in self.entries), initial=self.first_sequence)
        return [
            Airing(start, entry, first) for start, entry, first in zip(starts, self.entries, sequences, strict=False)
        ]

    @cached_property
    def end_frame(self) -> int:
        return self.start_frame + sum(entry.frames for entry in self.entries)

    @cached_property
    def next_sequence(self) -> int:
        return self.first_sequence + sum(entry.segments for entry in self.entries)

    def at(self, frame: int) -> Airing | None:
        found = bisect_right(self.airings, frame, key=lambda airing: airing.start_frame) - 1
        return self.airings[found] if found >= 0 and frame < self.end_frame else None

    def with_sequence(self, sequence: int) -> Segment | None:
        found = bisect_right(self.airings, sequence, key=lambda airing: airing.first_sequence) - 1
        if found < 0 or sequence >= self.next_sequence:
            return None
        return next(segment for segment in self.airings[found].segments() if segment.sequence == sequence)


def beginning(period: int, before: Programme | None) -> tuple[int, int]:
    """The first frame and the first sequence number of a period's programme.

    Without one right before it a station begins at the period's start, with a number from the clock. No segment is
    shorter than `SHORTEST_FRAMES`, so that number is above all that went before.
    """
    if before is not None:
        return before.end_frame, before.next_sequence
    start = timeline.start_of(period)
    return start, start // SHORTEST_FRAMES
