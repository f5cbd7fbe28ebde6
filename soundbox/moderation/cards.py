"""Reports and decisions as the page of moderators shows them."""

from __future__ import annotations

from dataclasses import dataclass

from soundbox.accounts.principal import Principal
from soundbox.clock import age, iso_z
from soundbox.tracks.cards import TrackCard

from .models import REASON_WORDS, ModerationEvent, Reason
from .waiting import Case

STATES = {
    "review": "A guest's, not reviewed yet",
    "reports": "Hidden by reports",
    "operator": "Hidden",
    "suspended": "Its maker is suspended",
}
DONE = {
    "reported": "hidden by reports",
    "hide": "hidden",
    "restore": "restored",
    "dismiss": "reports dismissed",
    "delete": "deleted",
}


@dataclass(frozen=True)
class ReportCard:
    words: str
    note: str
    by: str
    age: str


@dataclass(frozen=True)
class CaseCard:
    track: TrackCard
    state: str
    decisions: list[str]
    reports: list[ReportCard]
    age: str

    @classmethod
    def of(cls, case: Case, who: Principal) -> CaseCard:
        withheld = case.track.withheld
        possible = {"restore": withheld is not None, "dismiss": bool(case.reports), "hide": withheld != "operator"}
        return cls(
            track=TrackCard(case.track, who),
            state=STATES[withheld] if withheld else "Still listed",
            decisions=[*(name for name, is_possible in possible.items() if is_possible), "delete"],
            reports=[
                ReportCard(
                    words=REASON_WORDS[Reason(report.reason)],
                    note=report.note,
                    by=report.user.display_name if report.user else "somebody who has left",
                    age=age(report.created_ms),
                )
                for report in case.reports
            ],
            age=age(case.since_ms),
        )


@dataclass(frozen=True)
class EventCard:
    name: str
    done: str
    by: str
    reason: str
    age: str
    at: str

    @classmethod
    def of(cls, event: ModerationEvent) -> EventCard:
        return cls(
            name=event.track_name,
            done=DONE[event.action],
            by=event.user.display_name if event.user else "a rule",
            reason=event.reason,
            age=age(event.created_ms),
            at=iso_z(event.created_ms),
        )
