"""What waits for an admin: reported tracks and those that nobody has reviewed yet, oldest first."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Subquery, func, select, union_all
from sqlalchemy.orm import Session

from soundbox.tracks.models import Track, Withheld

from .models import ModerationEvent, Report


@dataclass(frozen=True)
class Case:
    track: Track
    since_ms: int
    reports: list[Report]


@dataclass(frozen=True)
class Cases:
    cases: list[Case]
    total: int
    page: int
    per_page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.per_page))


def waiting(session: Session, page: int, per_page: int) -> Cases:
    return _read(session, _waiting_since(), page, per_page)


def hidden(session: Session, page: int, per_page: int) -> Cases:
    """What operators took out of sight, so that they can put it back."""
    decided = select(func.max(ModerationEvent.created_ms)).where(
        ModerationEvent.track_id == Track.id, ModerationEvent.action == "hide"
    )
    since = func.coalesce(decided.scalar_subquery(), Track.created_ms).label("since")
    return _read(
        session, select(Track.number, since).where(Track.withheld == Withheld.operator).subquery(), page, per_page
    )


def _waiting_since() -> Subquery:
    """Each track once, with the moment of its first open report or, for a review, of its publishing."""
    reported = select(Report.track_number.label("number"), Report.created_ms.label("since")).where(
        Report.closed_ms.is_(None)
    )
    unseen = select(Track.number, Track.created_ms.label("since")).where(Track.withheld == Withheld.review)
    both = union_all(reported, unseen).subquery()
    return select(both.c.number, func.min(both.c.since).label("since")).group_by(both.c.number).subquery()


def _read(session: Session, found: Subquery, page: int, per_page: int) -> Cases:
    total = session.scalar(select(func.count()).select_from(found)) or 0
    query = select(Track, found.c.since).join(found, found.c.number == Track.number)
    ordered = query.order_by(found.c.since, Track.number).limit(per_page).offset((page - 1) * per_page)
    rows = session.execute(ordered).all()
    reports: dict[int, list[Report]] = {}
    for report in Report.open_on(session, [track.number for track, _ in rows]):
        reports.setdefault(report.track_number, []).append(report)
    cases = [Case(track, since, reports.get(track.number, [])) for track, since in rows]
    return Cases(cases, total, page, per_page)
