"""What can be heard of a job, as players of HLS (RFC 8216) ask for it: a list that grows until its sound is whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from pathlib import Path
from typing import Self

from flask import url_for

from soundbox.audio.cut import FRAME_SAMPLES, RATE, SEGMENT_FRAMES
from soundbox.audio.packed import offsets_so_far, timestamp
from soundbox.media.growing import GrowingMedia, Growth
from soundbox.media.local import LocalMedia
from soundbox.tracks.instance import media

from .models import Job, State

SEGMENT_SECONDS = SEGMENT_FRAMES * FRAME_SAMPLES / RATE


@dataclass(frozen=True)
class Audible:
    """So much of a take as is there now; at least one segment, or nothing at all."""

    growth: Growth
    offsets: list[int]  # of each frame in its file, and where the last one ends

    @classmethod
    def of(cls, media: LocalMedia, job_id: str, lease_gen: int) -> Self | None:
        growth = GrowingMedia(media.root).find(job_id, lease_gen)
        if growth is None:
            return None
        try:
            found = growth.path.stat()
            heard = cls(growth, _offsets(growth.path, found.st_mtime_ns, found.st_size))
        except FileNotFoundError:
            return None  # dropped, or it has just become whole: asked again, there is more
        return heard if heard.segments else None

    @property
    def frames(self) -> int:
        return len(self.offsets) - 1

    @property
    def segments(self) -> int:
        """Only whole ones, until nothing comes any more."""
        return ceil(self.frames / SEGMENT_FRAMES) if self.growth.is_whole else self.frames // SEGMENT_FRAMES

    def playlist(self, address: Callable[[int], str]) -> str:
        """Media playlist with the address of each segment by its number."""
        entries = "".join(
            f"#EXTINF:{self._seconds(number):.5f},\n{address(number)}\n" for number in range(self.segments)
        )
        return listed(entries, SEGMENT_SECONDS, ended=self.growth.is_whole)

    def segment(self, number: int) -> bytes | None:
        """Its frames behind the moment at which it begins; None: it is not there, or not yet."""
        if number >= self.segments:
            return None
        first = number * SEGMENT_FRAMES
        start, end = self.offsets[first], self.offsets[min(first + SEGMENT_FRAMES, self.frames)]
        try:
            with self.growth.path.open("rb") as file:
                file.seek(start)
                return timestamp(first) + file.read(end - start)
        except FileNotFoundError:
            return None

    def _seconds(self, number: int) -> float:
        return min(SEGMENT_FRAMES, self.frames - number * SEGMENT_FRAMES) * FRAME_SAMPLES / RATE


def playlist_of(job: Job) -> str:
    """Where a running job can be heard; empty while nothing of it can."""
    if job.status != State.processing or Audible.of(media(), job.id, job.lease_gen) is None:
        return ""
    return url_for("listen.playlist", job_id=job.id)


def finished_playlist(address: str, seconds: float) -> str:
    """Of a sound that is whole: one segment, which may be a file of MP3."""
    return listed(f"#EXTINF:{seconds:.5f},\n{address}\n", seconds, ended=True)


def listed(entries: str, longest_seconds: float, *, ended: bool) -> str:
    """Players of something live begin near its end unless they are told to begin at its beginning."""
    head = ["#EXTM3U", "#EXT-X-VERSION:3", f"#EXT-X-TARGETDURATION:{max(1, round(longest_seconds))}",
            "#EXT-X-MEDIA-SEQUENCE:0", "#EXT-X-PLAYLIST-TYPE:EVENT", "#EXT-X-START:TIME-OFFSET=0"]  # fmt: skip
    return "\n".join(head) + "\n" + entries + ("#EXT-X-ENDLIST\n" if ended else "")


@lru_cache(maxsize=64)
def _offsets(path: Path, _changed_ns: int, _size: int) -> list[int]:
    return offsets_so_far(path.read_bytes())
