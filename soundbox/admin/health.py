"""How the site is, as people read it: each fact a sentence, and whether somebody should look after it."""

from __future__ import annotations

import platform
import shutil
from importlib.metadata import version as version_of

import sqlalchemy
from pydantic import BaseModel, Field
from sqlalchemy import text
from sqlalchemy.orm import Session

from soundbox import __version__
from soundbox.accounts.outbox import Backlog
from soundbox.clock import age, now_ms
from soundbox.config import Config
from soundbox.extensions import db
from soundbox.jobs.line import Line
from soundbox.jobs.workers import WorkerRecord
from soundbox.status.faults import database_fault, media_fault
from soundbox.web.pages import in_bytes

from .payments import unapplied_lately
from .queue import Failures

BACKUP_FILE = "last_backup"  # whose age is that of the last backup
BACKUP_PATIENCE_MS = 7 * 86_400_000


class Fact(BaseModel):
    name: str
    words: str
    good: bool = Field(description="false: somebody should look after it")


def facts(session: Session, config: Config, line: Line, failures: Failures) -> list[Fact]:
    return [
        _database(session),
        _media(config),
        _workers(session),
        _queue(line),
        _failures(failures),
        *([] if config.is_open else [_letters(session)]),
        *([_payments(session)] if config.sells else []),
        _backup(config),
        _versions(),
    ]


def _database(session: Session) -> Fact:
    fault = database_fault()
    if fault:
        return Fact(name="Database", words=fault, good=False)
    schema = session.scalar(text("SELECT max(version_num) FROM alembic_version")) if _has_schema() else "none"
    size = in_bytes(_database_bytes(session))
    return Fact(name="Database", words=f"{_server(session)}, {size}, schema {schema}. It answers.", good=True)


def _has_schema() -> bool:
    return sqlalchemy.inspect(db.engine).has_table("alembic_version")


def _server(session: Session) -> str:
    if db.is_sqlite:
        return f"SQLite {session.scalar(text('SELECT sqlite_version()'))}"
    return f"PostgreSQL {str(session.scalar(text('SHOW server_version'))).split()[0]}"


def _database_bytes(session: Session) -> int:
    if not db.is_sqlite:
        return session.scalar(text("SELECT pg_database_size(current_database())")) or 0
    pages = session.scalar(text("PRAGMA page_count")) or 0
    return pages * (session.scalar(text("PRAGMA page_size")) or 0)


def _media(config: Config) -> Fact:
    if fault := media_fault():
        return Fact(name="Media", words=fault, good=False)
    free = shutil.disk_usage(config.media_folder).free
    words = f"The folder can be written, and its disk has {in_bytes(free)} free."
    enough = free >= config.minimum_free_mb * 10**6
    if not enough:
        words = f"Its disk has only {in_bytes(free)} free, so nothing new is started."
    return Fact(name="Media", words=words, good=enough)


def _workers(session: Session) -> Fact:
    live = WorkerRecord.live(session)
    if not live:
        return Fact(name="Workers", words="None is running, so nothing is being made.", good=False)
    told = [
        f"{worker.device}: {worker.running} running, heard of {age(worker.seen_ms)}"
        + (f". {worker.pause}" if worker.pause else "")
        for worker in live
    ]
    return Fact(name="Workers", words="; ".join(told), good=not any(worker.pause for worker in live))


def _queue(line: Line) -> Fact:
    words = f"{len(line.running)} being made, {len(line.waiting)} waiting. {line.halted.text}".strip()
    return Fact(name="Queue", words=words, good=not line.halted.text)


def _failures(failures: Failures) -> Fact:
    if not failures.total:
        return Fact(name="Failed jobs", words="None in the last day.", good=True)
    newest = failures.latest[0]
    words = f"{failures.total} in the last day. The latest: {newest.error or 'without a reason'}"
    return Fact(name="Failed jobs", words=words, good=False)


def _letters(session: Session) -> Fact:
    backlog = Backlog.read(session)
    if not backlog.total:
        return Fact(name="Letters", words="None is stuck.", good=True)
    words = f"{backlog.total} could not be sent yet, and {'is' if backlog.total == 1 else 'are'} tried again. "
    return Fact(name="Letters", words=f"{words}The latest: {backlog.fault}", good=False)


def _payments(session: Session) -> Fact:
    count = unapplied_lately(session)
    if not count:
        return Fact(name="Stripe's events", words="All of the last week were applied.", good=True)
    return Fact(name="Stripe's events", words=f"{count} of the last week were not applied: see Payments.", good=False)


def _backup(config: Config) -> Fact:
    """Backups are the operator's; a script that makes them touches this file."""
    path = config.instance / BACKUP_FILE
    try:
        made_ms = round(path.stat().st_mtime * 1000)
    except OSError:
        words = f"None is known of. Let the script that makes them touch {BACKUP_FILE} in the instance folder."
        return Fact(name="Backup", words=words, good=False)
    is_young = now_ms() - made_ms < BACKUP_PATIENCE_MS
    return Fact(name="Backup", words=f"The last one was made {age(made_ms)}.", good=is_young)


def _versions() -> Fact:
    parts = (
        f"Sound Box {__version__}",
        f"Python {platform.python_version()}",
        f"Flask {version_of('flask')}",
        f"SQLAlchemy {sqlalchemy.__version__}",
    )
    return Fact(name="Versions", words=", ".join(parts), good=True)
