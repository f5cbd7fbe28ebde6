"""A real worker with the real engines, stepped by hand until a job has got somewhere."""

from __future__ import annotations

import threading
from collections.abc import Callable

from flask import Flask

from soundbox.extensions import db
from soundbox.jobs.models import Job, State
from soundbox.jobs.worker import Worker

PAUSE_SECONDS = 0.005
MOST_STEPS = 4000


class Working:
    """The worker of an app: what it does, a test asked for."""

    def __init__(self, app: Flask) -> None:
        catalogue, media = app.extensions["soundbox_catalogue"], app.extensions["soundbox_media"]
        self.worker = Worker(db, catalogue, media, app.config["SOUNDBOX"], "cpu")
        self.worker.finishing.start()

    def finish(self, *job_ids: str) -> None:
        """Work until these jobs have ended, well or badly."""
        self._work_until(lambda: all(job_now(job_id).has_ended for job_id in job_ids))

    def begin(self, job_id: str) -> None:
        """Work until this job runs and has told how far it is."""
        self._work_until(lambda: job_now(job_id).status == State.processing and job_now(job_id).progress_pct > 0)

    def let_go(self) -> None:
        """Work until this worker holds nothing, without starting more."""
        self.worker.stop()
        self._work_until(lambda: not self.worker.making.held)

    def stop(self) -> None:
        for claim in self.worker.making.held:
            self.worker.making.drop(claim)
        self.worker.finishing.stop()

    def _work_until(self, done: Callable[[], bool]) -> None:
        patience = threading.Event()
        for _ in range(MOST_STEPS):
            self.worker.nudge()
            self.worker.step()
            self.worker.heartbeat.tell()
            if done():
                return
            patience.wait(PAUSE_SECONDS)
        raise AssertionError("The worker did not get there.")


def job_now(job_id: str) -> Job:
    with db.read() as session:
        return session.get_one(Job, job_id)
