"""What happens to a sound after the engine: judged, made into files, published. On threads of its own."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass

from soundbox.audio.wav import WavError
from soundbox.config import Config
from soundbox.engines.protocol import ModelInfo, Sound
from soundbox.extensions import Database
from soundbox.jobs.claims import Claim
from soundbox.jobs.publishing import NothingToHear, Publication, publish
from soundbox.jobs.takes import Take, deserves_another
from soundbox.media.local import LocalMedia, MediaFull

log = logging.getLogger(__name__)

THREADS = 2
MOST_WAITING = 8  # sounds held in memory; a worker with so many starts nothing new


@dataclass(frozen=True)
class Finishable:
    """A sound on its way to a track. `best`: the best of earlier takes."""

    claim: Claim
    info: ModelInfo
    sound: Sound
    seed: int
    retakes: int
    best: Take | None
    claimed_at: float


@dataclass(frozen=True)
class Ended:
    """Published, failed or lost: the worker can forget it."""

    claim: Claim


@dataclass(frozen=True)
class AnotherTake:
    """Not good enough yet."""

    claim: Claim
    best: Take


Outcome = Ended | AnotherTake


class Finishing:
    """`wake` is called whenever an outcome is there to be collected, `published` with the stem of each new track."""

    def __init__(
        self,
        database: Database,
        media: LocalMedia,
        config: Config,
        wake: Callable[[], object],
        published: Callable[[str], object],
    ) -> None:
        self.outcomes: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
        self._database = database
        self._media = media
        self._config = config
        self._wake = wake
        self._published = published
        self._work: queue.SimpleQueue[Finishable | None] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._finish_all, name="finishing", daemon=True) for _ in range(THREADS)
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """What has begun is still ended."""
        for _ in self._threads:
            self._work.put(None)
        for thread in self._threads:
            if thread.is_alive():
                thread.join(timeout=5)

    def submit(self, item: Finishable) -> None:
        self._work.put(item)

    def finish(self, item: Finishable) -> Outcome:
        """Judge one sound and, unless another take may do better, publish the best."""
        try:
            best = Take.of(item.sound, item.seed, item.info).better_of(item.best)
            if deserves_another(best, item.claim, item.retakes):
                return AnotherTake(item.claim, best)
            publication = Publication(item.claim, item.info, best, item.retakes, item.claimed_at)
            if publish(self._database, self._media, publication, self._config):
                self._published(item.claim.stem)
        except Exception as error:
            log.exception("Job %s could not be finished", item.claim.id)
            self._fail(item.claim, error)
        return Ended(item.claim)

    def _finish_all(self) -> None:
        while (item := self._work.get()) is not None:
            self.outcomes.put(self.finish(item))
            del item  # or its samples would stay until the next one comes
            self._wake()

    def _fail(self, claim: Claim, error: Exception) -> None:
        retry = not isinstance(error, MediaFull | OSError | NothingToHear | WavError)
        try:
            with self._database.money() as session:
                claim.fail(session, in_words(error), retry=retry)
        except Exception:
            log.exception("Job %s stays claimed until its lease runs out", claim.id)


def in_words(error: Exception) -> str:
    """Why it failed, for the person who waits for it."""
    if isinstance(error, NothingToHear):
        return f"{error} Another prompt or seed may work."
    if isinstance(error, MediaFull):
        return "The disk is full, so the sound could not be stored."
    if isinstance(error, WavError):
        return "The file of the sound came out damaged, so it was not stored."
    if isinstance(error, OSError):
        return f"The sound could not be stored: {error.strerror or error}."
    return f"Something went wrong while the sound was finished ({type(error).__name__}). It was tried three times."
