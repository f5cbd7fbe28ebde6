"""One's own entries, and what anybody can check: the head of each day and the chain between them."""

from __future__ import annotations

import csv
import io
import json

from flask import Blueprint, Response, make_response, url_for

from soundbox.accounts.principal import principal
from soundbox.extensions import db
from soundbox.web.bodies import parse_query
from soundbox.web.describe import describe
from soundbox.web.respond import respond

from . import chain, leaving, ledger  # noqa: F401 - leaving listens
from .answers import (
    ChainAnswer,
    ChainQuery,
    DayAnswer,
    DaysAnswer,
    DaysQuery,
    EntriesAnswer,
    EntriesQuery,
    EntryAnswer,
)
from .days import DAYS_A_PAGE, days_before
from .models import Entry

blueprint = Blueprint("ledger", __name__)

ENTRIES_A_PAGE = 50
DIGESTS_A_PAGE = 1000


@blueprint.get("/aura/entries", endpoint="entries")
@blueprint.get("/api/aura/ledger", endpoint="entries_api")
@describe(
    "Aura",
    "One's own entries of the ledger, the newest first",
    query=EntriesQuery,
    answers={200: EntriesAnswer},
    has_page=True,
)
def entries() -> Response:
    query = parse_query(EntriesQuery)
    found = _mine(query.before, ENTRIES_A_PAGE + 1)
    shown = found[:ENTRIES_A_PAGE]
    older = shown[-1].number if len(found) > len(shown) else None
    answer = EntriesAnswer(entries=shown, before=older)
    with db.read() as session:
        purse = ledger.purse(session, principal().user_id)
    return respond(answer, template="aura/entries.html", block="entries", entries=shown, older=older, purse=purse)


@blueprint.get("/api/aura/ledger.json", endpoint="export_json")
@describe("Aura", "All of one's own entries as a file", answers={200: list[EntryAnswer]})
def export_json() -> Response:
    """As it is hashed: `soundbox.aura.chain` says how."""
    return _as_file(json.dumps([entry.model_dump() for entry in _mine()], indent=1), "json", "application/json")


@blueprint.get("/api/aura/ledger.csv", endpoint="export_csv")
@describe(
    "Aura",
    "All of one's own entries as a table",
    answers={200: bytes},
    media=("text/csv",),
)
def export_csv() -> Response:
    table = io.StringIO()
    writer = csv.DictWriter(table, EntryAnswer.model_fields)
    writer.writeheader()
    writer.writerows(entry.model_dump() for entry in _mine())
    return _as_file(table.getvalue(), "csv", "text/csv")


@blueprint.get("/aura/ledger", endpoint="days")
@describe(
    "Aura",
    "The last hash of each day of the ledger: whoever keeps one knows if the past is written anew",
    query=DaysQuery,
    answers={200: DaysAnswer},
    has_page=True,
)
def days() -> Response:
    query = parse_query(DaysQuery)
    with db.read() as session:
        found = days_before(session, query.before)
    older = found[-1].date if len(found) == DAYS_A_PAGE and found[-1].number > found[-1].entries else None
    answer = DaysAnswer(days=[DayAnswer.of(day) for day in found], before=older)
    chain_url = url_for("ledger.digests", _external=True)
    return respond(answer, template="aura/ledger.html", days=found, older=older, chain_url=chain_url)


@blueprint.get("/api/aura/chain")
@describe(
    "Aura",
    "The digest of every entry, without its contents: with one's own entry one can follow them to the head",
    query=ChainQuery,
    answers={200: ChainAnswer},
)
def digests() -> Response:
    after = parse_query(ChainQuery).after
    with db.read() as session:
        found = Entry.following(session, after, DIGESTS_A_PAGE)
    more = len(found) == DIGESTS_A_PAGE
    return respond(
        ChainAnswer(
            previous=found[0].previous if found else None,
            digests=[chain.digest(entry) for entry in found],
            hash=found[-1].hash if found else None,
            after=found[-1].number if more else None,
        )
    )


def _mine(before: int | None = None, most: int | None = None) -> list[EntryAnswer]:
    who = principal()
    who.demand("read")
    with db.read() as session:
        mine = ledger.accounts_of(session, who.user_id)
        return [EntryAnswer.of(entry, mine) for entry in Entry.touching(session, mine, before, most)]


def _as_file(body: str, form: str, mimetype: str) -> Response:
    response = make_response(body)
    response.mimetype = mimetype
    response.headers.set("Content-Disposition", "attachment", filename=f"aura-ledger.{form}")
    return response
