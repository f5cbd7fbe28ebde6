"""What runs in processes of its own: a worker and a web request, either of which can be killed at a named point."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import select

from soundbox.accounts.models import User
from soundbox.audio import wav
from soundbox.config import Config
from soundbox.extensions import db
from soundbox.jobs import admission, afterwards, finishing, publishing
from soundbox.jobs.admission import Wish
from soundbox.jobs.claims import Claim
from soundbox.jobs.making import Making
from soundbox.jobs.models import Job, is_unfinished
from soundbox.jobs.ownership import SUPERVISOR_VARIABLE
from soundbox.jobs.room import Idea
from soundbox.jobs.worker import Worker
from soundbox.media.local import LocalMedia
from soundbox.tracks.models import Track
from tests.jobs.fake import FakeCatalogue, FakeEngine

ACKNOWLEDGED = "acknowledged"
PLAYED_A_DAY = 3
IDEA = Idea("Rain", "audio", "rain", 2.0)


def run_worker(instance: Path, url: str, device: str = "cpu", kill_at: str = "", supervisor: str = "") -> None:
    """Until SIGTERM, or until nothing waits or runs."""
    if supervisor:
        os.environ[SUPERVISOR_VARIABLE] = supervisor
    if kill_at:
        WORKER_POINTS[kill_at]()
    config = Config.load(instance, database=url, worker="none")
    db.bind(url)
    worker = Worker(db, FakeCatalogue(), LocalMedia(config.media_folder), config, device)
    signal.signal(signal.SIGTERM, lambda *_: worker.stop())
    worker.start()
    threading.Thread(target=stop_when_done, args=(worker,), daemon=True).start()
    raise SystemExit(worker.run())


def play_for_the_room(instance: Path, url: str, kill_at: str) -> None:
    """A worker that nobody asks for anything, until it is killed."""
    WORKER_POINTS[kill_at]()
    config = Config.load(instance, database=url, worker="none", plays_for_the_room=PLAYED_A_DAY)
    db.bind(url)
    media = LocalMedia(config.media_folder)
    worker = Worker(db, FakeCatalogue(), media, config, "cpu", ideas=lambda *_: IDEA)
    worker.start()
    raise SystemExit(worker.run())


def stop_when_done(worker: Worker) -> None:
    while True:
        with db.read() as session:
            if session.scalar(select(Job.id).where(is_unfinished()).limit(1)) is None:
                return worker.stop()
        time.sleep(0.05)


def answer_request(instance: Path, url: str, kill_at: str = "") -> None:
    """POST /generate without the HTTP: commit, then acknowledge."""
    db.bind(url)
    with db.write() as session:
        cleo = User.named(session, "cleo")
        admission.enqueue(session, cleo, Wish("audio", "rain", 2.0))
        if kill_at == "before-enqueue-commit":
            die()
    if kill_at == "after-enqueue-commit":
        die()
    (instance / ACKNOWLEDGED).touch()


def die(*_: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def before(owner: Any, name: str) -> None:
    setattr(owner, name, die)


def after(owner: Any, name: str, counts: Callable[..., bool] = lambda *_: True) -> None:
    real = getattr(owner, name)

    def then_die(*arguments: Any, **named: Any) -> Any:
        result = real(*arguments, **named)
        if counts(result, *arguments):
            die()
        return result

    setattr(owner, name, then_die)


def in_the_middle_of_a_file() -> None:
    real = wav.write

    def half(path: Path, *rest: Any) -> None:
        real(path, *rest)
        os.truncate(path, path.stat().st_size // 2)
        die()

    wav.write = half


def while_stopping(kill: Callable[[Any, str], None]) -> Callable[[], None]:
    """The stop begins in the middle of a job, and time runs out at once."""

    def prepare() -> None:
        kill(Claim, "give_back")
        Worker._finish_up = lambda self: self.making.give_back_all()
        real = FakeEngine.step
        FakeEngine.step = lambda self: os.kill(os.getpid(), signal.SIGTERM) or real(self)

    return prepare


def of_wav(_result: Any, _media: Any, key: str, *_: Any) -> bool:
    return key.endswith(".wav")


WORKER_POINTS: dict[str, Callable[[], None]] = {
    "after-claim": lambda: after(Making, "_claim", lambda claim, *_: claim is not None),
    "after-submit": lambda: after(FakeEngine, "submit"),
    "mid-engine": lambda: after(FakeEngine, "step"),
    "before-write": lambda: before(publishing, "_write_files"),
    "mid-write": in_the_middle_of_a_file,
    "after-wav": lambda: after(LocalMedia, "write", of_wav),
    "after-pictures": lambda: after(publishing, "_write_files"),
    "before-publish-commit": lambda: after(Track, "publish"),
    "after-publish-commit": lambda: after(finishing, "publish"),
    "before-labelled": lambda: before(afterwards, "draw_labelled_later"),
    "before-give-back": while_stopping(before),
    "after-give-back": while_stopping(after),
}
WEB_POINTS = ("before-enqueue-commit", "after-enqueue-commit")
