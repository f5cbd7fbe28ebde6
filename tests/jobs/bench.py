"""A worker on a fake device, and disks that misbehave."""

import threading
from pathlib import Path

from sqlalchemy import select

from soundbox.config import Config
from soundbox.extensions import db
from soundbox.jobs.models import Job
from soundbox.jobs.room import Ideas
from soundbox.jobs.worker import Worker
from soundbox.media.local import LocalMedia
from soundbox.tracks.models import Track
from tests.jobs.fake import FakeCatalogue, FakeEngine


class Clock:
    """Monotonic seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


class Bench:
    """A worker on a fake device, stepped by hand; sounds are finished on real threads."""

    def __init__(
        self,
        config: Config,
        engine: FakeEngine | None = None,
        media: LocalMedia | None = None,
        *,
        begin: bool = True,
        ideas: Ideas | None = None,
        plays_for_the_room: int = 0,
    ) -> None:
        config = config.model_copy(update={"plays_for_the_room": plays_for_the_room})
        config.instance.mkdir(parents=True, exist_ok=True)
        self.engine = engine or FakeEngine()
        self.media = media or LocalMedia(config.media_folder)
        self.clock = Clock()
        self.worker = Worker(db, FakeCatalogue(self.engine), self.media, config, "cpu", self.clock, ideas)
        if begin:
            self.worker.finishing.start()

    def step(self, times: int = 1) -> None:
        for _ in range(times):
            self.worker.making.look_now()
            self.worker.step()

    def work_until(self, status: str, *jobs: Job) -> None:
        """Step until these jobs have this state; gives up after about 30 s."""
        patience = threading.Event()
        for _ in range(3000):
            self.step()
            if all(state_of(job) == status for job in jobs):
                return
            patience.wait(0.01)
        raise AssertionError(f"still {[state_of(job) for job in jobs]}")

    def wait_for_file(self, *keys: str) -> None:
        """Made by another thread; gives up after about 30 s."""
        patience = threading.Event()
        for _ in range(3000):
            if all(map(self.media.exists, keys)):
                return
            patience.wait(0.01)
        raise AssertionError(f"still without {[key for key in keys if not self.media.exists(key)]}")

    @property
    def ran(self) -> list[str]:
        return [request.job_id for request in self.engine.submitted]


def state_of(job: Job) -> str:
    with db.read() as session:
        return session.get_one(Job, job.id).status


def track_of(job: Job) -> Track | None:
    with db.read() as session:
        return session.scalar(select(Track).where(Track.id == job.id))


class BadDisk(LocalMedia):
    """Every file with this suffix ends in an error."""

    def __init__(self, root: Path, suffix: str, error: Exception) -> None:
        super().__init__(root)
        self.suffix, self.error = suffix, error

    def write(self, key, writer, check=None):
        if key.endswith(self.suffix):
            raise self.error
        return super().write(key, writer, check)


class SlowDisk(LocalMedia):
    """Holds the files of the first job, or of all, until the test lets go."""

    def __init__(self, root: Path, *, of_all: bool = False) -> None:
        super().__init__(root)
        self.first, self.of_all, self.let_go = "", of_all, threading.Event()

    def write(self, key, writer, check=None):
        self.first = self.first or key[:32]
        if self.of_all or key.startswith(self.first):
            self.let_go.wait(10)
        return super().write(key, writer, check)
