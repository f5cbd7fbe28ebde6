"""What people report, and what admins see and decide."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from soundbox.clock import iso_plain
from soundbox.tracks.answers import TrackAnswer
from soundbox.web.bodies import Body, Text

from .deciding import Decision
from .models import LONGEST_NOTE, ModerationEvent, Reason, Report
from .waiting import Case

Words = Annotated[Text, Field(max_length=LONGEST_NOTE)]


class ReportBody(Body):
    reason: Reason
    note: Words = Field("", description="What else there is to say; only admins read it")
    user_id: Text | None = Field(None, max_length=64, description="On an open instance: the local person who reports")


class Reported(BaseModel):
    success: bool = True
    message: str = "Thank you. Somebody will look at it."


class CasesQuery(Body):
    state: str = Field("waiting", pattern="^(waiting|hidden)$", description="waiting, or hidden by operators")
    page: int = Field(1, ge=1, le=2**31)


class DecisionBody(Body):
    decision: Decision
    reason: Words = Field(min_length=1, description="Kept in the audit log")


class Decided(BaseModel):
    success: bool = True
    message: str


class ReportAnswer(BaseModel):
    reason: str
    note: str
    by: str
    at: str = Field(description="YYYY-MM-DDTHH:MM:SS, UTC")

    @classmethod
    def of(cls, report: Report) -> ReportAnswer:
        by = report.user.display_name if report.user else "somebody who has left"
        return cls(reason=report.reason, note=report.note, by=by, at=iso_plain(report.created_ms))


class CaseAnswer(BaseModel):
    track: TrackAnswer
    since: str
    withheld: str | None = Field(description="review, reports, operator or suspended")
    reports: list[ReportAnswer]

    @classmethod
    def of(cls, case: Case) -> CaseAnswer:
        return cls(
            track=TrackAnswer.of(case.track),
            since=iso_plain(case.since_ms),
            withheld=case.track.withheld,
            reports=[ReportAnswer.of(report) for report in case.reports],
        )


class EventAnswer(BaseModel):
    track_id: str
    track_name: str
    by: str = Field(description="Empty: a rule decided it")
    action: str
    reason: str
    at: str

    @classmethod
    def of(cls, event: ModerationEvent) -> EventAnswer:
        return cls(
            track_id=event.track_id,
            track_name=event.track_name,
            by=event.user.display_name if event.user else "",
            action=event.action,
            reason=event.reason,
            at=iso_plain(event.created_ms),
        )


class ModerationAnswer(BaseModel):
    cases: list[CaseAnswer]
    total: int
    page: int
    pages: int
    events: list[EventAnswer] = Field(description="What was decided last, newest first")
