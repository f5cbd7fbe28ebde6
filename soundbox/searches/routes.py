"""Keeping a search, and finding it again."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, Response, url_for
from pydantic import AfterValidator, BaseModel, Field

from soundbox.accounts.principal import demand_community, principal
from soundbox.clock import iso_z
from soundbox.extensions import db, limiter
from soundbox.web.bodies import Body, Text, parse_body
from soundbox.web.describe import describe
from soundbox.web.errors import Refusal
from soundbox.web.respond import respond

from . import adoption, leaving  # noqa: F401 - they listen
from .models import SavedSearch, TooManySearches

blueprint = Blueprint("searches", __name__)

NOT_KEPT = ("page", "cursor", "per_page")  # where somebody stood, not what they looked for


def _canonical(query: str) -> str:
    """The same filters in whatever order are the same search."""
    pairs = parse_qsl(query.removeprefix("?"), max_num_fields=30)
    return urlencode(sorted((name, value) for name, value in pairs if name not in NOT_KEPT))


class SearchBody(Body):
    name: Annotated[Text, Field(min_length=1, max_length=60)]
    query: Annotated[Text, Field(max_length=1000), AfterValidator(_canonical)] = Field(
        "", description="What stands behind /library? in the address"
    )


class SearchAnswer(BaseModel):
    id: str
    name: str
    query: str
    url: str
    created: str

    @classmethod
    def of(cls, kept: SavedSearch) -> SearchAnswer:
        url = url_for("library.index") + (f"?{kept.query}" if kept.query else "")
        return cls(id=kept.id, name=kept.name, query=kept.query, url=url, created=iso_z(kept.created_ms))


class SearchesAnswer(BaseModel):
    searches: list[SearchAnswer]


class Forgotten(BaseModel):
    success: bool = True


@blueprint.get("/api/searches")
@describe("Library", "One's saved searches, the newest first", answers={200: SearchesAnswer}, has_page=True)
def index() -> Response:
    with db.read() as session:
        kept = SavedSearch.of(session, principal().user_id)
    answer = SearchesAnswer(searches=[SearchAnswer.of(one) for one in kept])
    return respond(answer, template="searches/index.html", block="searches", searches=answer.searches)


@blueprint.post("/api/searches")
@limiter.limit("120/hour")
@describe(
    "Library",
    "Keep a search",
    body=SearchBody,
    answers={201: SearchAnswer},
    has_page=True,
    example='{"name": "Rainy loops", "query": "search=rain&loop=1"}',
)
def save() -> Response:
    who = demand_community()
    body = parse_body(SearchBody)
    with db.write() as session:
        try:
            kept = SavedSearch.save(session, who.settle(session).id, body.name, body.query)
        except TooManySearches as full:
            raise Refusal(400, str(full), advice="Forget one of them first.") from None
        answer = SearchAnswer.of(kept)
    return respond(answer, see=answer.url, say=f"Search kept as “{answer.name}”.", status=201)


@blueprint.delete("/api/searches/<search_id>", endpoint="forget")
@blueprint.post("/api/searches/<search_id>/forget", endpoint="forget_form")
@describe("Library", "Forget a saved search", answers={200: Forgotten}, has_page=True)
def forget(search_id: str) -> Response:
    who = demand_community()
    with db.write() as session:
        if not SavedSearch.forget(session, who.user_id, search_id):
            raise Refusal(404, "Search not found")
    return respond(Forgotten(), see=url_for("library.index"), say="Forgotten.")
