"""Every model with what makes it here, how it stands, and what the rest would need."""

from __future__ import annotations

from collections import Counter

from sqlalchemy.orm import Session

from soundbox.config import Config
from soundbox.engines.catalogue import Catalogue
from soundbox.engines.inventory import runs_on
from soundbox.engines.models import KINDS
from soundbox.jobs.estimates import measured_pace
from soundbox.jobs.models import Job
from soundbox.jobs.workers import WorkerRecord
from soundbox.status.states import model_states

from .answers import ModelRow


def models_here(session: Session, known: Catalogue, config: Config) -> list[ModelRow]:
    workers = WorkerRecord.live(session)
    states = model_states(known, bool(workers), workers)
    waiting = Counter(job.model for job in Job.waiting(session))
    return [_row(session, name, states[name], workers, waiting[name], known, config) for name in KINDS]


def _row(
    session: Session,
    name: str,
    state: str,
    workers: list[WorkerRecord],
    waiting: int,
    known: Catalogue,
    config: Config,
) -> ModelRow:
    info, pace = known.info_for(name, {}), measured_pace(session, name)
    return ModelRow(
        name=name,
        kind=KINDS[name],
        state=state,
        waiting=waiting,
        engine=info.engine if info else None,
        device=runs_on(info, config.device) if info else None,
        memory_gb=info.memory_gb if info else None,
        licence=info.licence if info else None,
        weights_licence=info.weights_licence or None if info else None,
        commercial_use=info.commercial_use if info else None,
        why_not=known.why_not(name) or "",
        advice=known.advice(name),
        trouble=next((worker.broken[name] for worker in workers if name in worker.broken), ""),
        in_memory=[worker.device for worker in workers if name in worker.loaded or (info and info.weightless)],
        seconds_a_second=round(pace.p50, 3) if pace.measured else None,
        measured_jobs=pace.measured,
    )
