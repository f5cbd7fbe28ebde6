"""A sound can be heard while it is made: what the engine gives of it is cut for players. On a thread of its own.

Nothing is lost without it: where it fails, the sound is heard when it is finished.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select

from soundbox.audio.growing import Growing, Stretch
from soundbox.engines.protocol import Chunk
from soundbox.extensions import Database
from soundbox.jobs.claims import Claim
from soundbox.jobs.models import Job, is_processing
from soundbox.media.growing import TEMPORARY, GrowingMedia
from soundbox.media.local import LocalMedia
from soundbox.tracks.air import cutter

log = logging.getLogger(__name__)

KEPT_SECONDS = 600.0  # after its end, for whoever listens: longer than the longest sound
SWEEP_SECONDS = 60.0


@dataclass(frozen=True)
class _Piece:
    """`chunk` None: nothing comes any more."""

    name: str
    rate: int = 0
    chunk: Chunk | None = None


@dataclass(frozen=True)
class _Drop:
    prefix: str


class GrowingSounds:
    """What can be heard of the sounds of one worker. `add`, `end` and `drop` never wait."""

    def __init__(self, database: Database, media: LocalMedia, clock: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._media = GrowingMedia(media.root)
        self._clock = clock
        self._work: queue.SimpleQueue[_Piece | _Drop | None] = queue.SimpleQueue()
        self._sounds: dict[str, Growing | None] = {}  # by name; None: it was given up
        self._thread = threading.Thread(target=self._work_all, name="growing", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """What has come is still cut."""
        self._work.put(None)
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    def add(self, claim: Claim, take: int, rate: int, chunk: Chunk) -> None:
        self._work.put(_Piece(_name(claim, take), rate, chunk))

    def end(self, claim: Claim, take: int) -> None:
        self._work.put(_Piece(_name(claim, take)))

    def drop(self, claim: Claim) -> None:
        """Nobody is to hear any of it: it ended without a sound, or begins again."""
        self._work.put(_Drop(claim.stem))

    def _work_all(self) -> None:
        sweep_at = self._clock()
        while True:
            if self._clock() >= sweep_at:
                self._safely(self._sweep)
                sweep_at = self._clock() + SWEEP_SECONDS
            try:
                work = self._work.get(timeout=SWEEP_SECONDS)
            except queue.Empty:
                continue
            match work:
                case None:
                    return
                case _Drop(prefix=prefix):
                    self._forget(prefix)
                case _Piece():
                    self._take_in(work)

    def _take_in(self, piece: _Piece) -> None:
        try:
            self._grow(piece)
        except Exception:
            log.warning("%s cannot be heard while it is made", piece.name, exc_info=True)
            self._forget(piece.name)
            self._sounds[piece.name] = None
        if piece.chunk is None:
            self._sounds.pop(piece.name, None)

    def _grow(self, piece: _Piece) -> None:
        if piece.chunk is None:
            sound = self._sounds.get(piece.name)
            if sound is not None:
                self._write(piece.name, sound.rest())
                self._media.end(piece.name)
            return
        if piece.name not in self._sounds:
            self._sounds[piece.name] = Growing(piece.rate)
        sound = self._sounds[piece.name]
        if sound is not None:
            self._write(piece.name, sound.add(piece.chunk.samples, piece.chunk.lufs))

    def _write(self, name: str, stretch: Stretch | None) -> None:
        if stretch is None:
            return
        self._media.folder.mkdir(parents=True, exist_ok=True)
        source, target = (self._media.folder / f"{TEMPORARY}{name}.{suffix}" for suffix in ("raw", "aac"))
        try:
            stretch.samples.tofile(source)
            cutter.make("stretch", source, target, stretch.before, stretch.frames)
            self._media.append(name, target.read_bytes())
        finally:
            source.unlink(missing_ok=True)
            target.unlink(missing_ok=True)

    def _forget(self, prefix: str) -> None:
        for name in [name for name in self._sounds if f"{name}.".startswith(f"{prefix}.")]:
            del self._sounds[name]
        self._safely(lambda: self._media.drop(prefix))

    def _sweep(self) -> None:
        sweep(self._database, self._media)

    def _safely(self, act: Callable[[], None]) -> None:
        try:
            act()
        except Exception:
            log.exception("What could be heard of unfinished sounds was not cleared away")


def sweep(database: Database, media: GrowingMedia) -> list[str]:
    """Remove what ended some time ago, and what a worker that died has left. Answers the names of the files."""
    with database.read() as session:
        growing = {
            (row.id, row.lease_gen) for row in session.execute(select(Job.id, Job.lease_gen).where(is_processing()))
        }
    return media.sweep(lambda job_id, lease_gen: (job_id, lease_gen) in growing, KEPT_SECONDS)


def _name(claim: Claim, take: int) -> str:
    return f"{claim.stem}.{take}"
