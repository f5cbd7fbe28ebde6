"""The library: finding tracks, looking at one, keeping one's own in order."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, request, url_for
from sqlalchemy.orm import Session

from soundbox.accounts.audit import audit_power
from soundbox.accounts.principal import principal
from soundbox.extensions import db
from soundbox.moderation.blocklist import refuse_blocked
from soundbox.moderation.models import REASON_WORDS
from soundbox.tags.cards import TagPanel
from soundbox.tracks.access import owned, readable
from soundbox.tracks.answers import TrackAnswer
from soundbox.tracks.asking import filters_of, kind_of, model_of
from soundbox.tracks.browse import Page, browse, effective_sort
from soundbox.tracks.bundle import masters_of
from soundbox.tracks.cards import TrackCard, cards_of, mark
from soundbox.tracks.categories import VOCABULARY, display_name
from soundbox.tracks.family import tree_of
from soundbox.tracks.filters import FAMILIES, Filters
from soundbox.tracks.instance import catalogue, media, settings
from soundbox.tracks.lineage import family_of
from soundbox.tracks.models import Track
from soundbox.tracks.own import totals_of
from soundbox.tracks.paging import BadCursor, Cursor
from soundbox.tracks.preview import Preview
from soundbox.tracks.removal import remove, remove_files
from soundbox.tracks.reviewing import review_if_changed
from soundbox.tracks.tallies import Tally
from soundbox.tracks.totals import category_counts, choices, kind_counts
from soundbox.votes.cards import Said
from soundbox.votes.feedback import Feedback
from soundbox.votes.models import Vote
from soundbox.web.bodies import parse_body, parse_query
from soundbox.web.describe import describe
from soundbox.web.errors import Refusal
from soundbox.web.respond import respond, wants_html
from soundbox.web.zips import zip_response

from .answers import (
    CategoriesAnswer,
    CategoriesQuery,
    CountsAnswer,
    Done,
    EditBody,
    HistoryQuery,
    HistoryRow,
    LibraryAnswer,
    LibraryQuery,
    LineageAnswer,
    MineAnswer,
    MineQuery,
    RelativeAnswer,
    StatsAnswer,
)

blueprint = Blueprint("library", __name__)

MOST_PER_PAGE = 100
NOTES = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "Bb", "B")
KEYS = [f"{note} {mode}" for mode in ("major", "minor") for note in NOTES]
HISTORY_ROWS = 200


@blueprint.get("/library", endpoint="index")
@blueprint.get("/api/library", endpoint="index_api")
@describe(
    "Library",
    "Public tracks: filters combine, sorted, in pages",
    query=LibraryQuery,
    answers={200: LibraryAnswer},
    has_page=True,
)
def index() -> Response:
    query = parse_query(LibraryQuery)
    filters = filters_of(query)
    with db.read() as session:
        found = _browse(session, filters, query)
        answer, links = _page_answer(found), _links(found)
        is_shown = wants_html()  # a program needs neither the cards nor what may be chosen
        family = filters.model if filters.model in FAMILIES else None
        kinds, counts = choices(session, family) if is_shown else ({}, [])
        cards = cards_of(session, found.tracks, principal()) if is_shown else []
    return respond(
        answer,
        template="library/index.html",
        block="tracks",
        headers={"Link": ", ".join(f'<{url}>; rel="{rel}"' for rel, url in links.items() if url)},
        tracks=cards,
        total=answer.total,
        total_capped=answer.total_capped,
        partial=answer.partial,
        page=answer.page,
        pages=answer.pages,
        per_page=answer.per_page,
        filters=query,
        categories=counts,
        kinds=kinds,
        keys=KEYS,
        links=links,
        here=_where(query),
    )


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
        return respond({row.key: row.count for row in category_counts(session, kind, most=None)})


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


@blueprint.get("/tracks/<track_id>", endpoint="show")
@blueprint.get("/api/library/<track_id>", endpoint="show_api")
@describe("Library", "One track", answers={200: TrackAnswer}, has_page=True)
def show(track_id: str) -> Response:
    who = principal()
    with db.read() as session:
        track = readable(session, principal(), track_id)
        answer = TrackAnswer.of(track)
        parent = Track.readable_by(session, who, track.parent_id) if track.parent_id else None
        card = TrackCard(track, who, parent)
        mark(session, [card], who)
        shown: dict[str, Any] = {
            "family": tree_of(family_of(session, who, track)),
            "preview": Preview.of(track),
            "said": Said.on(session, track, who),
            "tags": TagPanel.of(session, track, who.user_id),
            "report_reasons": REASON_WORDS,
        }
    return respond(answer, template="library/show.html", track=card, **shown)


@blueprint.get("/api/library/<track_id>/lineage")
@describe("Library", "What a track was made from and what was made of it", answers={200: LineageAnswer})
def lineage(track_id: str) -> Response:
    with db.read() as session:
        family = family_of(session, principal(), readable(session, principal(), track_id))
    return respond(LineageAnswer(tracks=[RelativeAnswer.of(relative) for relative in family]))


@blueprint.post("/tracks/<track_id>/edit", endpoint="edit")
@blueprint.patch("/api/library/<track_id>", endpoint="edit_api")
@describe(
    "Library",
    "Change the title or the visibility of one's track",
    body=EditBody,
    answers={200: TrackAnswer},
    has_page=True,
)
def edit(track_id: str) -> Response:
    who = principal()
    who.demand("generate")
    body = parse_body(EditBody)
    if body.title:
        refuse_blocked(settings().instance, "title", body.title)
    with db.write() as session:
        track = owned(session, who, track_id)
        change = body.model_dump(mode="json", exclude_none=True)
        audit_power(session, who, track.user_id, "track.edit", f"track:{track_id}", name=track.name[:80], **change)
        title, visibility = track.title, track.visibility
        track.edit(session, body.title, body.visibility)
        if not who.is_admin:
            review_if_changed(session, settings(), track, title=title, visibility=visibility)
        answer = TrackAnswer.of(track)
    return respond(answer, see=url_for("library.show", track_id=track_id), say="Saved.")


@blueprint.post("/tracks/<track_id>/delete", endpoint="delete")
@blueprint.delete("/api/library/<track_id>", endpoint="delete_api")
@describe("Library", "Delete one's track and its files", answers={200: Done}, has_page=True)
def delete(track_id: str) -> Response:
    who = principal()
    who.demand("generate")
    with db.write() as session:
        track = owned(session, who, track_id)
        audit_power(session, who, track.user_id, "track.delete", f"track:{track_id}", name=track.name[:80])
        stem = remove(session, track)
    remove_files(media(), stem)
    return respond(Done(), see=url_for("library.mine"), say="Deleted.")


@blueprint.get("/mine")
@describe("Library", "One's own tracks, private ones too", query=MineQuery, answers={200: MineAnswer}, has_page=True)
def mine() -> Response:
    query = parse_query(MineQuery)
    who = principal()
    filters = replace(filters_of(query), owned_by=who.user_id or 0, visibility=query.visibility)
    with db.read() as session:
        found = _browse(session, filters, query)
        count, size_bytes = totals_of(session, who)
        answer = MineAnswer(**_page_answer(found).__dict__, size_bytes=size_bytes)
        cards = cards_of(session, found.tracks, who)
        said = Feedback.for_maker(session, who.user_id)
    return respond(
        answer,
        template="library/mine.html",
        tracks=cards,
        count=count,
        bytes=size_bytes,
        said=said,
        page=answer.page,
        pages=answer.pages,
        links=_links(found),
    )


@blueprint.get("/mine/all.zip")
@describe(
    "Library",
    "All of one's own tracks in one zip",
    answers={200: bytes},
    media=("application/zip",),
    refusals={404: "There are none yet"},
)
def download_all() -> Response:
    who = principal()
    with db.read() as session:
        tracks = Track.all_of(session, who.user_id or 0)
    if not tracks:
        raise Refusal(404, "You have no tracks yet", advice="Make a sound first.")
    return zip_response(masters_of(tracks, media()), "sound-box.zip")


@blueprint.get("/history")
@describe("Library", "The newest public tracks as a plain list", query=HistoryQuery, answers={200: list[HistoryRow]})
def history() -> Response:
    query = parse_query(HistoryQuery)
    filters = Filters(model=model_of(query.model), maker=query.user_id)
    with db.read() as session:
        found = browse(session, filters, "recent", 1, HISTORY_ROWS)
        ratings = Vote.ratings(session, [track.number for track in found.tracks])
        rows = [HistoryRow.of(track, ratings.get(track.number, 0)).model_dump(mode="json") for track in found.tracks]
    return respond(rows)


def _browse(session: Session, filters: Filters, query: LibraryQuery) -> Page:
    """Raises `Refusal` 400 for a cursor that is none."""
    sort = effective_sort(filters, query.sort)
    try:
        cursor = Cursor.read(query.cursor, sort) if query.cursor else None
    except BadCursor:
        raise Refusal(400, "Unknown cursor", advice="Leave it out: the list then begins at its page.") from None
    return browse(session, filters, sort, query.page, min(query.per_page, MOST_PER_PAGE), cursor)


def _where(query: LibraryQuery) -> dict[str, str]:
    """What of an address decides which tracks are listed, to ask for the same list in another form."""
    return {
        name: value
        for name, value in request.args.items()
        if name in type(query).model_fields and name not in ("page", "cursor") and value
    }


def _page_answer(found: Page) -> LibraryAnswer:
    return LibraryAnswer(
        items=[TrackAnswer.of(track) for track in found.tracks],
        total=found.total,
        total_capped=found.capped,
        partial=found.partial,
        page=found.page,
        pages=found.pages,
        per_page=found.per_page,
    )


def _links(found: Page) -> dict[str, str | None]:
    """A cursor says where a page begins, its number beside it only what it is called."""

    def address(page: int, cursor: Cursor | None = None) -> str:
        asked = {**request.args.to_dict(), "page": str(page), "cursor": str(cursor) if cursor else None}
        return url_for(str(request.endpoint), **asked)  # type: ignore[arg-type]

    has_previous, is_elsewhere = found.page > 1, found.pages > 1
    return {
        "first": address(1) if is_elsewhere else None,
        "prev": address(found.page - 1, found.before) if has_previous else None,
        "next": address(found.page + 1, found.after) if found.has_next else None,
        "last": address(found.pages) if is_elsewhere and not found.capped else None,
    }
