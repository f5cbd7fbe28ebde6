"""Those who run the site stop the queue: what starts, or what comes in. Kept in the database, so a restart changes
nothing.

Whoever claims or enqueues holds the same row, so nothing slips past a halt that was committed before.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from sqlalchemy import select
from sqlalchemy.orm import Session

from .models import DISPATCH_ID, Dispatch
from .workers import WorkerState

LONGEST_WHY = 200


class Halt(StrEnum):
    none = ""
    paused = "paused"  # nothing starts; what runs is finished, and new ones may wait
    draining = "draining"  # nothing new comes in; what waits is still made


@dataclass(frozen=True)
class Halted:
    """As everybody is told."""

    halt: Halt
    why: str

    @classmethod
    def of(cls, dispatch: Dispatch) -> Self:
        return cls(Halt(dispatch.halt), dispatch.halt_why)

    @property
    def text(self) -> str:
        reason = f" {self.why.rstrip('.')}." if self.why else ""
        return {
            Halt.none: "",
            Halt.paused: f"The queue is paused: nothing new starts until it is let go on.{reason}",
            Halt.draining: f"The queue takes nothing new; what waits is still made.{reason}",
        }[self.halt]

    def over(self, worker: WorkerState) -> WorkerState:
        """What is said of the workers, while this is so."""
        if self.halt is Halt.paused:
            return WorkerState(False, self.text)
        return replace(worker, text=f"{self.text} {worker.text}") if self.halt is Halt.draining else worker


def halt(session: Session, wanted: Halt, why: str) -> Halt:
    """Returns what was so before."""
    dispatch = Dispatch.held(session)
    before = Halt(dispatch.halt)
    dispatch.halt, dispatch.halt_why = wanted, why if wanted else ""
    return before


def is_paused(session: Session) -> bool:
    return session.scalar(select(Dispatch.halt).where(Dispatch.id == DISPATCH_ID)) == Halt.paused
