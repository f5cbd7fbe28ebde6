"""Makes the sounds that wait: claims, feeds the engines step by step, and hands on what they give."""

from __future__ import annotations

import logging
import shutil
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from soundbox.engines.protocol import Chunk, Done, Engine, EngineError, Event, Failed, ModelInfo, Progress, Samples
from soundbox.extensions import Database
from soundbox.jobs.claims import Claim, Report
from soundbox.jobs.finishing import MOST_WAITING, AnotherTake, Finishable, Finishing
from soundbox.jobs.growing import GrowingSounds
from soundbox.jobs.halting import is_paused
from soundbox.jobs.models import Job, is_queued
from soundbox.jobs.residency import Catalogue, Residency
from soundbox.jobs.room import ForTheRoom
from soundbox.jobs.takes import Take, request_for

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.2  # an idle worker looks for work so often
DISK_PAUSE = "Nothing new is started: less than {} MB of disk is free."
BROKEN = "The engine stopped with an error ({}) three times, so it was given up."


@dataclass
class Slot:
    """A claimed job while this worker holds it."""

    claim: Claim
    info: ModelInfo
    claimed_at: float  # monotonic seconds
    report: Report
    engine: Engine | None = None  # once it has taken the job
    retakes: int = 0
    best: Take | None = None
    is_finishing: bool = False
    waits: bool = False  # for a free place in the engine, to try another seed


class Making:
    """Used by one thread. Every step is short: it never waits for a sound to be finished or a report to be written."""

    def __init__(
        self,
        database: Database,
        catalogue: Catalogue,
        finishing: Finishing,
        growing: GrowingSounds,
        parent_of: Callable[[Job, ModelInfo], Samples | None],
        worker_id: str,
        disk: tuple[Path, int],
        clock: Callable[[], float] = time.monotonic,
        for_the_room: ForTheRoom | None = None,
    ) -> None:
        """`disk`: a folder, and the megabytes that must be free where it lies. `for_the_room`: what is made while
        nobody waits.
        """
        self.pause = ""
        self.residency = Residency(catalogue)
        self._database = database
        self._finishing = finishing
        self._growing = growing
        self._parent_of = parent_of
        self._worker_id = worker_id
        self._folder, self._minimum_free_mb = disk
        self._clock = clock
        self._for_the_room = for_the_room
        self._slots: dict[str, Slot] = {}
        self._again: deque[Slot] = deque()
        self._look_at = clock()

    @property
    def held(self) -> list[Claim]:
        return list(self.reports())

    def reports(self) -> dict[Claim, Report]:
        """What is held and how far it is; other threads may ask."""
        return {slot.claim: slot.report for slot in tuple(self._slots.values())}

    def look_now(self) -> None:
        self._look_at = self._clock()

    def step(self, *, start: bool = True) -> bool:
        """Settle, advance, start. False when there is nothing to do now."""
        settled = self._collect_finished()
        advanced = self._advance()  # before anything that a missing database could stop
        self._give_way(is_stopping=not start)
        started = self._take_again() or (start and (self._start_next() or self._start_for_the_room()))
        return settled or advanced or started

    def drop(self, claim: Claim) -> None:
        """Cancelled, or somebody else runs it now."""
        slot = self._slots.get(claim.id)
        if slot is not None and slot.claim == claim:
            self._clear(slot)
            self._growing.drop(claim)
            self._forget(slot)

    def give_back_all(self) -> None:
        """Every job to the place it had; whatever of it is still being finished comes too late."""
        for claim in self.held:
            self._give_back(claim)

    def _give_back(self, claim: Claim) -> None:
        with self._database.write() as session:
            claim.give_back(session)
        self.drop(claim)

    def _collect_finished(self) -> bool:
        collected = False
        while not self._finishing.outcomes.empty():
            outcome = self._finishing.outcomes.get()
            collected = True
            slot = self._slots.get(outcome.claim.id)
            if slot is None or slot.claim != outcome.claim:
                continue
            if isinstance(outcome, AnotherTake):
                slot.best, slot.retakes, slot.is_finishing = outcome.best, slot.retakes + 1, False
                slot.waits = True
                self._growing.drop(slot.claim)
                self._again.append(slot)
            else:
                self._forget(slot)
        return collected

    def _take_again(self) -> bool:
        """Another take comes before anybody's next job: this one has had its turn already."""
        if not self._again or self._room()[self._again[0].info.id] < 1:
            return False
        slot = self._again.popleft()
        slot.waits = False
        return self._submit(slot)

    def _start_next(self) -> bool:
        claim = self._claim()
        return claim is not None and self._start(claim)

    def _start(self, claim: Claim) -> bool:
        info = self.residency.models[claim.job.model]
        is_there = info.weightless or info.id in self.residency.loaded
        slot = Slot(claim, info, self._clock(), Report(0, "starting" if is_there else f"loading {info.engine}"))
        self._slots[claim.id] = slot
        return self._submit(slot)

    def _start_for_the_room(self) -> bool:
        """Nobody waits. No model is loaded for it: that could not be broken off, and people come for those there."""
        if self._for_the_room is None or self._slots or not self._may_start():
            return False
        models, room = self.residency.models, self._room()
        ready = {name: info for name, info in models.items() if info.weightless or name in self.residency.loaded}
        free = {name: info for name, info in ready.items() if room[name] > 0}
        claim = self._for_the_room.begin(free, list(models))
        return claim is not None and self._start(claim)

    def _give_way(self, *, is_stopping: bool) -> None:
        """Between two steps: what is made for the room ends as soon as somebody waits, or has been started beside it.
        What is being finished has left the engine already."""
        playing = [slot for slot in self._slots.values() if slot.claim.is_for_the_room and not slot.is_finishing]
        if playing and (is_stopping or self._is_wanted_by_people()):
            for slot in playing:
                self._give_back(slot.claim)

    def _is_wanted_by_people(self) -> bool:
        if any(not slot.claim.is_for_the_room for slot in self._slots.values()):
            return True
        if self._clock() < self._look_at:
            return False
        self._look_at = self._clock() + LOOK_SECONDS
        return self._somebody_waits(list(self.residency.models))

    def _claim(self) -> Claim | None:
        room = self._room()
        if not any(room.values()) or self._clock() < self._look_at or not self._may_start():
            return None
        self._look_at = self._clock() + LOOK_SECONDS
        if not self._somebody_waits(list(room)):
            return None
        loaded = [model for model in self.residency.loaded if room[model] > 0]
        with self._database.money() as session:
            claim = Claim.take(session, self._worker_id, room, loaded, busy=bool(self._slots))
        if claim is not None:
            self.look_now()
        return claim

    def _room(self) -> dict[str, int]:
        return self.residency.room([slot.info.id for slot in self._running()])

    def _running(self) -> list[Slot]:
        return [slot for slot in self._slots.values() if not (slot.is_finishing or slot.waits)]

    def _may_start(self) -> bool:
        if self._again or any(slot.claim.job.alone for slot in self._slots.values()):
            return False
        if sum(slot.is_finishing for slot in self._slots.values()) >= MOST_WAITING:
            return False
        lacks_room = shutil.disk_usage(self._folder).free < self._minimum_free_mb * 10**6
        self.pause = DISK_PAUSE.format(self._minimum_free_mb) if lacks_room else ""
        return not lacks_room

    def _somebody_waits(self, models: list[str]) -> bool:
        """A cheap look before a claim takes the write lock."""
        with self._database.read() as session:
            waiting = session.scalar(select(Job.id).where(is_queued(), Job.model.in_(models)).limit(1))
            return waiting is not None and not is_paused(session)

    def _submit(self, slot: Slot) -> bool:
        try:
            slot.engine = self.residency.make_ready(slot.info.id)
            parent = self._parent_of(slot.claim.job, slot.info)
            slot.engine.submit(request_for(slot.claim, slot.retakes, parent))
        except EngineError as error:
            self._fail(slot, str(error))
        except Exception as error:
            log.exception("Job %s could not be started", slot.claim.id)
            self._fail(slot, BROKEN.format(type(error).__name__), retry=True)
        return True

    def _advance(self) -> bool:
        """One step of every engine that runs something."""
        running = self._running()
        for engine in {id(slot.engine): slot.engine for slot in running if slot.engine}.values():
            try:
                events = engine.step()
            except Exception as error:
                log.exception("An engine failed")
                self._fail_all([slot for slot in running if slot.engine is engine], error)
                continue
            for event in events:
                self._take_in(event)
        return bool(running)

    def _fail_all(self, slots: list[Slot], error: Exception) -> None:
        """Any of them may have been the cause, so each runs again alone."""
        for slot in slots:
            self._clear(slot)
            self._fail(slot, BROKEN.format(type(error).__name__), retry=True)

    def _take_in(self, event: Event) -> None:
        slot = self._slots.get(event.job_id)
        if slot is None:
            return
        match event:
            case Progress(share=share, text=text):
                words = f"another take: {text}" if slot.retakes else text
                slot.report = Report(min(99, int(100 * share)), words[:120])
            case Chunk() if not slot.claim.is_for_the_room:
                self._growing.add(slot.claim, slot.retakes, slot.info.sample_rate, event)
            case Done(sound=sound):
                self.look_now()  # a place came free
                self._growing.end(slot.claim, slot.retakes)
                slot.is_finishing, best = True, slot.best
                slot.report, slot.best = Report(99, "finishing"), None
                seed = request_for(slot.claim, slot.retakes).seed
                info = sound.made_by or slot.info
                self._finishing.submit(Finishable(slot.claim, info, sound, seed, slot.retakes, best, slot.claimed_at))
            case Failed(reason=reason, retry=retry):
                self._fail(slot, reason, retry=retry)

    def _fail(self, slot: Slot, reason: str, *, retry: bool = False) -> None:
        self._growing.drop(slot.claim)
        self._forget(slot)
        with self._database.money() as session:
            slot.claim.fail(session, reason, retry=retry)

    def _clear(self, slot: Slot) -> None:
        try:
            if slot.engine:
                slot.engine.cancel(slot.claim.id)
        except Exception:
            log.exception("The engine did not let go of job %s", slot.claim.id)

    def _forget(self, slot: Slot) -> None:
        self.look_now()
        self._slots.pop(slot.claim.id, None)
        if slot.waits:
            self._again.remove(slot)
