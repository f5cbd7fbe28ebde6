"""`soundbox bench library`: what every list, search, count and pick costs on the database of an instance."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from soundbox.accounts.models import User
from soundbox.extensions import db
from soundbox.tracks.browse import browse
from soundbox.tracks.filters import Filters
from soundbox.tracks.models import Track
from soundbox.tracks.paging import Cursor
from soundbox.tracks.picks import random_tracks
from soundbox.tracks.sorts import SORTS, Place
from soundbox.tracks.totals import category_counts, kind_counts
from soundbox.tracks.words import TrackText

ROUNDS, LONGEST_SECONDS = 50, 6.0
PER_PAGE, DEEP_PAGE = 20, 10_000
Read = Callable[[Session], Any]


@dataclass(frozen=True)
class Cost:
    """Milliseconds. CPU is that of this process and, on PostgreSQL, of its server process for us."""

    name: str
    cold: float
    p50: float
    p99: float
    cpu: float
    found: str


def every_read(rounds: int = ROUNDS) -> Iterator[Cost]:
    """Each read on a warm connection; `cold` is its first run on a fresh one (the system's own cache stays warm)."""
    with db.read() as session:
        reads = list(all_reads(session))
    yield from costs_of(reads, rounds)


def costs_of(reads: Iterable[tuple[str, Read]], rounds: int) -> Iterator[Cost]:
    for name, read in reads:
        db.engine.dispose()
        cold = _milliseconds(read)[0]
        times, cpu, began = [], 0.0, time.monotonic()
        for _ in range(rounds):
            took, used = _milliseconds(read)
            times.append(took)
            cpu += used
            if time.monotonic() - began > LONGEST_SECONDS:
                break
        with db.read() as session:
            found = _told(read(session))
        yield Cost(name, cold, _share(times, 0.5), _share(times, 0.99), cpu / len(times), found)


def _milliseconds(read: Read) -> tuple[float, float]:
    with db.read() as session:
        session.execute(text("SELECT 1"))
        server = None if db.is_sqlite else session.scalar(text("SELECT pg_backend_pid()"))
        began, used = time.perf_counter(), time.process_time() + _cpu_of(server)
        read(session)
        return (time.perf_counter() - began) * 1e3, (time.process_time() + _cpu_of(server) - used) * 1e3


def _cpu_of(process: int | None) -> float:
    """Seconds of a process on this machine, in steps of 10 ms."""
    if process is None:
        return 0.0
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _told(answer: Any) -> str:
    if not hasattr(answer, "tracks"):
        return str(len(answer))
    return f"{len(answer.tracks)} of {answer.total}{'+' if answer.capped else ''}{' partial' if answer.partial else ''}"


def _share(times: list[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def all_reads(session: Session) -> Iterator[tuple[str, Read]]:
    total = kind_counts(session)["total"]
    for sort in SORTS:
        if sort != "relevance":
            yield f"list by {sort}", _page(Filters(), sort)
    for name, filters in narrowed(session):
        for sort in ("recent", "popular"):
            yield f"{name} by {sort}", _page(filters, sort)
    yield "counts", kind_counts
    yield "category counts", lambda session: category_counts(session, None)
    for name, filters in (("all", Filters()), ("a kind", Filters(model="audio")), ("a search", Filters(search="rain"))):
        yield f"10 by chance of {name}", lambda session, filters=filters: random_tracks(session, filters, 10)  # type: ignore[misc]
    for name, words in searches(session):
        for sort in ("recent", "rating", "relevance"):
            yield f"search {name} ({words}) by {sort}", _page(Filters(search=words), sort)
    deep = min(DEEP_PAGE, max(2, total // PER_PAGE - 1))
    for sort in ("recent", "popular"):
        for page in (2, deep):
            yield f"page {page} by {sort}, by number", _page(Filters(), sort, page)
            yield f"page {page} by {sort}, by cursor", _page(Filters(), sort, page, cursor_before(session, sort, page))


def narrowed(session: Session) -> Iterator[tuple[str, Filters]]:
    category = category_counts(session, "music")
    yield f"category {category[0].key}", Filters(category=category[0].key)
    yield f"category {category[-1].key}", Filters(category=category[-1].key)
    makers = select(User.public_id, func.count()).join(Track, Track.user_id == User.id).group_by(User.public_id)
    some = session.execute(makers.where(User.id <= 2000).order_by(func.count().desc())).all()
    yield f"maker of {some[0][1]}", Filters(maker=some[0][0])
    yield f"maker of {some[-1][1]}", Filters(maker=some[-1][0])
    yield "music", Filters(model="music")
    yield "loops of a key", Filters(loop=True, key="A minor")
    yield "60-64 bpm, voted", Filters(min_tempo=60, max_tempo=64, voted=True)
    yield "audio, longest", Filters(model="audio", min_duration=29)
    yield "audio and piano", Filters(model="audio", search="piano")


def searches(session: Session) -> Iterator[tuple[str, str]]:
    newest = session.scalars(select(TrackText.words).order_by(TrackText.number.desc()).limit(400)).all()
    places = [words.split(" in ")[1].split()[0] for words in newest if " in " in words]
    yield "nothing", "xylocarp"
    yield "rare", max(places, key=len)
    yield "common", "piano"
    yield "most common", "a"
    yield "two terms", "rain piano"
    yield "two common", "piano bpm"
    yield "three", "lo-fi hip hop 80"
    yield "short prefix", "p"
    yield "prefix", "amb"


def _page(filters: Filters, sort: str, page: int = 1, cursor: Cursor | None = None) -> Read:
    return lambda session: browse(session, filters, sort, page, PER_PAGE, cursor)


def cursor_before(session: Session, sort: str, page: int) -> Cursor:
    """Where that page of an order begins."""
    row = session.execute(SORTS[sort].rows().limit(1).offset((page - 1) * PER_PAGE - 1)).one()
    return Cursor(sort, Place(row[1] if len(row) > 1 else None, row[0]))
