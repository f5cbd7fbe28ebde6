"""People as admins see them, and what they ask to be done."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from soundbox.accounts.devices import device_name
from soundbox.accounts.models import User
from soundbox.accounts.sessions import BrowserSession
from soundbox.accounts.token_routes import TokenAnswer
from soundbox.clock import iso_z
from soundbox.jobs.models import Job
from soundbox.web.bodies import Body, Text, WholeNumber

LONGEST_REASON = 500
LONGEST_PROMPT = 120

Reason = Annotated[Text, Field(min_length=1, max_length=LONGEST_REASON)]
TierName = Literal["free", "supporter", "premium", "creator", "admin"]


class PeopleQuery(Body):
    search: Annotated[Text, Field(max_length=254)] = Field(
        "", description="How a name begins, a public id, or an e-mail address"
    )
    tier: Literal["", "free", "supporter", "premium", "creator", "admin"] = ""
    kind: Literal["", "member", "guest", "owner", "local"] = ""
    state: Literal["", "admin", "suspended"] = ""
    before: WholeNumber | None = Field(None, ge=1, le=2**31 - 1, description="As `next` says; otherwise the newest")


class ReasonBody(Body):
    reason: Reason = Field(description="Kept in the audit log")


class TierBody(ReasonBody):
    tier: TierName


class AdminBody(ReasonBody):
    is_admin: bool


class SuspendBody(Body):
    reason: Reason = Field(description="Kept in the audit log, and shown to them")
    cancel_jobs: bool = Field(False, description="End what of theirs waits or runs; otherwise it is still made")
    withhold_tracks: bool = Field(
        False, description="Take their sounds out of sight until they are restored; otherwise what is public stays so"
    )


class PersonRow(BaseModel):
    id: str
    name: str
    kind: str
    tier: str
    is_admin: bool
    suspended: bool
    email: str | None
    since: str

    @classmethod
    def of(cls, user: User) -> PersonRow:
        return cls(**facts_of(user))


class PeopleAnswer(BaseModel):
    people: list[PersonRow]
    next: str | None = Field(description="The address of the next page")


class JobRow(BaseModel):
    id: str
    status: str
    model: str
    prompt: str
    created: str
    error: str | None

    @classmethod
    def of(cls, job: Job) -> JobRow:
        return cls(
            id=job.id,
            status=job.status,
            model=job.model,
            prompt=job.prompt[:LONGEST_PROMPT],
            created=iso_z(job.created_ms),
            error=job.error,
        )


class SessionRow(BaseModel):
    device: str
    address: str = Field(description="At sign-in")
    since: str
    seen: str

    @classmethod
    def of(cls, row: BrowserSession) -> SessionRow:
        since, seen = iso_z(row.created_ms), iso_z(row.seen_ms)
        return cls(device=device_name(row.device), address=row.address, since=since, seen=seen)


class PersonAnswer(PersonRow):
    suspended_why: str
    tracks: int
    storage_bytes: int
    storage_limit_bytes: int | None
    aura: int
    jobs: list[JobRow] = Field(description="The latest")
    sessions: list[SessionRow]
    tokens: list[TokenAnswer]


class PasswordLink(BaseModel):
    link: str


class Changed(BaseModel):
    success: bool = True
    message: str


def facts_of(user: User) -> dict[str, Any]:
    return {
        "id": user.public_id,
        "name": user.display_name,
        "kind": user.kind,
        "tier": user.tier,
        "is_admin": user.is_admin,
        "suspended": user.is_suspended,
        "email": user.email,
        "since": iso_z(user.created_ms),
    }
