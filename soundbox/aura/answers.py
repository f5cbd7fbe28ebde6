"""What programs read of the ledger."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from pydantic import BaseModel, Field

from soundbox.clock import iso_z
from soundbox.web.bodies import Body, WholeNumber

from .days import Day
from .ledger import Kind
from .models import Entry


class EntriesQuery(Body):
    before: WholeNumber | None = Field(None, ge=1, le=2**62, description="Only entries with a smaller number")


class EntryAnswer(BaseModel):
    """With all that is hashed, so that whoever has it can check it."""

    number: int
    time: str
    what: str = Field(description="In words")
    change: int = Field(description="Of what one can spend; 0 where only something set aside moved")
    kind: str
    debit: str
    credit: str
    amount: int
    reference: str = Field(description="The job, order or person it was for")
    key: str
    created_ms: int
    previous: str = Field(description="The hash of the entry before")
    hash: str

    @classmethod
    def of(cls, entry: Entry, mine: Collection[str]) -> EntryAnswer:
        """To somebody whose accounts are `mine`."""
        purse = {name for name in mine if name.startswith("user:")}
        change = entry.amount * ((entry.credit in purse) - (entry.debit in purse))
        told = {name: getattr(entry, name) for name in HASHED}
        return cls(time=iso_z(entry.created_ms), what=WORDS[Kind(entry.kind)], change=change, **told)


class EntriesAnswer(BaseModel):
    entries: list[EntryAnswer]
    before: int | None = Field(description="What to ask for next; null: these were the oldest")


class DaysQuery(Body):
    before: date | None = Field(None, description="Only days before this one")


class DayAnswer(BaseModel):
    date: str
    entries: int = Field(description="Of this day, in UTC")
    number: int = Field(description="Of the last of them: how many there are up to then")
    hash: str = Field(description="Of the last of them; today's changes with every entry")

    @classmethod
    def of(cls, day: Day) -> DayAnswer:
        return cls(**vars(day))


class DaysAnswer(BaseModel):
    days: list[DayAnswer]
    before: str | None = Field(description="What to ask for next; null: these were the first days")


class ChainQuery(Body):
    after: WholeNumber = Field(0, ge=0, le=2**62, description="Only entries with a larger number")


class ChainAnswer(BaseModel):
    previous: str | None = Field(description="The hash before the first of these")
    digests: list[str] = Field(description="hash = SHA256(hash before + digest), one after the other")
    hash: str | None = Field(description="What comes out after the last of these")
    after: int | None = Field(description="What to ask for next; null: this is the head")


HASHED = ("number", "debit", "credit", "amount", "kind", "reference", "key", "created_ms", "previous", "hash")
WORDS = {
    Kind.purchase: "Bought",
    Kind.monthly: "With your tier",
    Kind.grant: "Given to you",
    Kind.refund: "Taken back with a refund",
    Kind.dispute: "Taken back with a disputed payment",
    Kind.reinstate: "Came back after a dispute",
    Kind.hold: "Set aside for a skip",
    Kind.capture: "Spent on a skip",
    Kind.release: "Came back from a skip",
    Kind.repay: "Paid what was owed",
    Kind.forfeit: "Left behind",
}
