"""The ledger as those who run the site see it: verified on demand, its sums, and any entry."""

from __future__ import annotations

from typing import Annotated

from flask import Blueprint, Response, url_for
from pydantic import BaseModel, Field

from soundbox.accounts.admins import demand_admin
from soundbox.aura.models import Entry
from soundbox.aura.verifying import Verification
from soundbox.clock import iso_z
from soundbox.extensions import db
from soundbox.web.bodies import Body, Text, WholeNumber, parse_query
from soundbox.web.describe import describe
from soundbox.web.respond import respond

from .books import PER_PAGE, Sums, find

blueprint = Blueprint("admin_ledger", __name__)

FAULTS_SHOWN = 20


class BooksQuery(Body):
    search: Annotated[Text, Field(max_length=140)] = Field(
        "", description="A number, a person's name, an account such as held:0123..., a job or order, or a key"
    )
    verify: bool = Field(False, description="Recompute everything from the first entry; takes a while")
    before: WholeNumber | None = Field(None, ge=1, le=2**53, description="As `next` says; otherwise the newest")


class SumsAnswer(BaseModel):
    sold: int
    granted: int
    purses: int = Field(description="What people have and may spend")
    held: int
    spent: int
    owed: int
    entries: int


class BookRow(BaseModel):
    number: int
    at: str
    debit: str
    credit: str
    amount: int
    kind: str
    reference: str
    key: str
    hash: str

    @classmethod
    def of(cls, entry: Entry) -> BookRow:
        return cls(
            number=entry.number,
            at=iso_z(entry.created_ms),
            debit=entry.debit,
            credit=entry.credit,
            amount=entry.amount,
            kind=entry.kind,
            reference=entry.reference,
            key=entry.key,
            hash=entry.hash,
        )


class VerifiedAnswer(BaseModel):
    entries: int
    head: str = Field(description="The hash of the last entry")
    faults: list[str] = Field(description="None: all is well")


class BooksAnswer(BaseModel):
    sums: SumsAnswer
    verified: VerifiedAnswer | None = Field(description="null: not asked for")
    entries: list[BookRow]
    next: str | None


@blueprint.get("/admin/ledger")
@describe(
    "Admin",
    "The ledger's sums and entries, the newest first; verified when asked",
    query=BooksQuery,
    answers={200: BooksAnswer},
    has_page=True,
    refusals={403: "Only admins may do this"},
)
def index() -> Response:
    demand_admin()
    query = parse_query(BooksQuery)
    with db.snapshot() as session:
        sums = SumsAnswer.model_validate(Sums.read(session), from_attributes=True)
        found = find(session, query.search, query.before)
        verified = Verification.of(session) if query.verify else None
    rows = [BookRow.of(entry) for entry in found[:PER_PAGE]]
    asked = query.model_dump(exclude_defaults=True, exclude={"verify"})
    answer = BooksAnswer(
        sums=sums,
        verified=_told(verified) if verified else None,
        entries=rows,
        next=url_for(".index", **{**asked, "before": rows[-1].number}) if len(found) > PER_PAGE else None,
    )
    return respond(answer, template="admin/ledger.html", books=answer, query=query)


def _told(verified: Verification) -> VerifiedAnswer:
    return VerifiedAnswer(entries=verified.entries, head=verified.head, faults=verified.faults[:FAULTS_SHOWN])
