"""Reading the audit log: narrowed, in pages, and as a table for other programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from soundbox.accounts.audit import AuditEntry
from soundbox.clock import iso_z
from soundbox.extensions import db

from .answers import AuditQuery

PER_PAGE = 50
BATCH = 1000
COLUMNS = ("id", "at", "name", "action", "subject", "address", "detail")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def entries(session: Session, query: AuditQuery, most: int = PER_PAGE + 1) -> Sequence[AuditEntry]:
    """The newest first."""
    asked = select(AuditEntry)
    if query.name:
        asked = asked.where(AuditEntry.name == query.name)
    if query.action:
        asked = asked.where(AuditEntry.action.startswith(query.action, autoescape=True))
    if query.subject:
        asked = asked.where(AuditEntry.subject == query.subject)
    if query.before is not None:
        asked = asked.where(AuditEntry.id < query.before)
    return session.scalars(asked.order_by(AuditEntry.id.desc()).limit(most)).all()


def as_csv(query: AuditQuery) -> Iterator[str]:
    """All that match, read in batches while they are sent."""
    yield _line(COLUMNS)
    while True:
        with db.read() as session:
            batch = entries(session, query, BATCH)
        for entry in batch:
            detail = json.dumps(entry.detail, ensure_ascii=False)
            at = iso_z(entry.created_ms)
            yield _line((entry.id, at, entry.name, entry.action, entry.subject, entry.address, detail))
        if len(batch) < BATCH:
            return
        query = query.model_copy(update={"before": batch[-1].id})


def _line(cells: Sequence[object]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([_harmless(str(cell)) for cell in cells])
    return out.getvalue()


def _harmless(cell: str) -> str:
    """Spreadsheets take what begins so for a formula, and people choose names and prompts."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
