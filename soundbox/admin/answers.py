"""The site as those who run it read it."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, Field

from soundbox.accounts.audit import AuditEntry
from soundbox.clock import iso_z
from soundbox.status.models import BrowserError
from soundbox.web.bodies import Body, Text, WholeNumber

from .health import Fact


class BrowserErrorRow(BaseModel):
    message: str
    url: str
    stack: str
    count: int
    last: str

    @classmethod
    def of(cls, row: BrowserError) -> BrowserErrorRow:
        return cls(message=row.message, url=row.url, stack=row.stack, count=row.count, last=iso_z(row.last_ms))


class OverviewAnswer(BaseModel):
    facts: list[Fact]
    browser_errors: list[BrowserErrorRow] = Field(description="The latest first")


class ModelRow(BaseModel):
    name: str
    kind: str
    state: str = Field(description="pending (no worker), loading, ready, unloaded or error")
    waiting: int = Field(description="Jobs in the queue")
    engine: str | None
    device: str | None = Field(description="What the engine runs on")
    memory_gb: float | None = Field(description="Of its weights; 0: it has none")
    licence: str | None = Field(description="SPDX id of what it makes")
    weights_licence: str | None = Field(description="SPDX id of its weights, where it has any")
    commercial_use: bool | None
    why_not: str = Field(description="What it would need to run here; empty: it does")
    advice: str = Field(
        description="What it would need to run on weights of its own; empty: it does, or there are none"
    )
    trouble: str = Field(description="Why it could not be loaded; empty: it could")
    in_memory: list[str] = Field(description="Devices that hold it now")
    seconds_a_second: float | None = Field(description="Seconds of work for one of sound, as measured; null: not yet")
    measured_jobs: int


class ModelsAnswer(BaseModel):
    models: list[ModelRow]


class AuditQuery(Body):
    name: Annotated[Text, Field(max_length=40)] = Field("", description="Who did it")
    action: Annotated[Text, Field(max_length=40)] = Field("", description="How it begins: user, job.cancel")
    subject: Annotated[Text, Field(max_length=80)] = Field("", description="In full: job:0123...")
    before: WholeNumber | None = Field(None, ge=1, le=2**53, description="As `next` says; otherwise the newest")


class AuditRow(BaseModel):
    id: int
    at: str
    name: str
    action: str
    subject: str
    detail: dict[str, Any]
    address: str

    @classmethod
    def of(cls, entry: AuditEntry) -> AuditRow:
        return cls(
            id=entry.id,
            at=iso_z(entry.created_ms),
            name=entry.name,
            action=entry.action,
            subject=entry.subject,
            detail=entry.detail,
            address=entry.address,
        )


class AuditAnswer(BaseModel):
    entries: list[AuditRow]
    next: str | None = Field(description="The address of the next page")
