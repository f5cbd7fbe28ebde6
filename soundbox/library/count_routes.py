"""How much there is in the library: of each kind, in each category, in all."""

from __future__ import annotations

from flask import Blueprint, Response

from soundbox.extensions import db
from soundbox.tracks.asking import kind_of
from soundbox.tracks.categories import VOCABULARY, display_name
from soundbox.tracks.filters import FAMILIES
from soundbox.tracks.instance import catalogue
from soundbox.tracks.tallies import Tally
from soundbox.tracks.totals import category_counts, kind_counts
from soundbox.web.bodies import parse_query
from soundbox.web.describe import describe
from soundbox.web.errors import Refusal
from soundbox.web.respond import respond

from .answers import CategoriesAnswer, CategoriesQuery, CountsAnswer, StatsAnswer

blueprint = Blueprint("counts", __name__)


@blueprint.get("/api/library/counts")
@describe("Library", "How many public tracks there are of each kind", answers={200: CountsAnswer})
def counts() -> Response:
    with db.read() as session:
        return respond(CountsAnswer(**kind_counts(session)))


@blueprint.get("/api/library/category-counts", endpoint="category_counts")
@describe(
    "Library",
    "How many public tracks there are in each category, the most first",
    query=CategoriesQuery,
    answers={200: dict[str, int]},
)
def all_category_counts() -> Response:
    kind = kind_of(parse_query(CategoriesQuery).model)
    with db.read() as session:
        return respond({row.key: row.count for row in category_counts(session, kind)})


@blueprint.get("/api/categories/<model>")
@describe(
    "Library",
    "The categories of a kind and how they are called",
    answers={200: CategoriesAnswer},
    refusals={404: "There is no such model"},
)
def categories(model: str) -> Response:
    kind = model if model in FAMILIES else getattr(catalogue().find(model), "kind", None)
    if kind is None:
        raise Refusal(404, "Unknown model")
    return respond(CategoriesAnswer(categories={key: display_name(key) for key in VOCABULARY[kind]}))


@blueprint.get("/api/stats")
@describe("Library", "How much there is", answers={200: StatsAnswer})
def stats() -> Response:
    with db.read() as session:
        tracks = CountsAnswer(**kind_counts(session))
        given = Tally.read(session, "votes", "favorites")
    return respond(
        StatsAnswer(
            total_generations=tracks.total,
            total_votes=given["votes"],
            total_favorites=given["favorites"],
            categories={kind: len(keys) for kind, keys in VOCABULARY.items()},
            tracks=tracks,
        )
    )
