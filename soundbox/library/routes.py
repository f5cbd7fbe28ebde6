"""The library: finding tracks, looking at one, keeping one's own in order."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request, url_for
from sqlalchemy.orm import Session

from soundbox.accounts.principal import principal
from soundbox.extensions import db
from soundbox.moderation.blocklist import refuse_blocked
from soundbox.moderation.models import REASON_WORDS
from soundbox.tags.cards import TagPanel
from soundbox.tracks.answers import TrackAnswer
from soundbox.tracks.browse import FAMILIES, SORTS, Filters, Page, browse, category_counts, totals_of
from soundbox.tracks.bundle import masters_of, zip_response
from soundbox.tracks.cards import TrackCard, cards_of, mark
from soundbox.tracks.categories import VOCABULARY
from soundbox.tracks.family import tree_of
from soundbox.tracks.instance import catalogue, media, settings
from soundbox.tracks.lineage import family_of
from soundbox.tracks.models import Track
from soundbox.tracks.preview import Preview
from soundbox.tracks.removal import remove, remove_files
from soundbox.tracks.reviewing import review_if_changed
from soundbox.votes.cards import Said
from soundbox.votes.feedback import Feedback
from soundbox.votes.models import Vote
from soundbox.web.bodies import parse_body, parse_query
from soundbox.web.describe import describe
from soundbox.web.errors import Refusal
from soundbox.web.respond import respond

from .answers import (
    Done,
    EditBody,
    HistoryQuery,
    HistoryRow,
    LibraryAnswer,
    LibraryQuery,
    LineageAnswer,
    MineAnswer,
    RelativeAnswer,
)

blueprint = Blueprint("library", __name__)

MOST_PER_PAGE = 100
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
        found = browse(session, filters, query.sort, query.page, min(query.per_page, MOST_PER_PAGE))
        counts = category_counts(session, filters.model if filters.model in FAMILIES else None)
        answer, cards = _page_answer(found), cards_of(session, found.tracks, principal())
    links = _links(found)
    return respond(
        answer,
        template="library/index.html",
        block="tracks",
        headers={"Link": ", ".join(f'<{url}>; rel="{rel}"' for rel, url in links.items() if url)},
        tracks=cards,
        total=answer.total,
        total_capped=False,
        page=answer.page,
        pages=answer.pages,
        per_page=answer.per_page,
        filters=query,
        categories=counts,
        links=links,
        here=_where(query),
    )


@blueprint.get("/tracks/<track_id>", endpoint="show")
@blueprint.get("/api/library/<track_id>", endpoint="show_api")
@describe("Library", "One track", answers={200: TrackAnswer}, has_page=True)
def show(track_id: str) -> Response:
    who = principal()
    with db.read() as session:
        track = _readable(session, track_id)
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
        family = family_of(session, principal(), _readable(session, track_id))
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
    body = parse_body(EditBody)
    who = principal()
    who.demand("generate")
    if body.title:
        refuse_blocked(settings().instance, "title", body.title)
    with db.write() as session:
        track = _owned(session, track_id)
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
    principal().demand("generate")
    with db.write() as session:
        track = _owned(session, track_id)
        stem = remove(session, track)
    remove_files(media(), stem)
    return respond(Done(), see=url_for("library.mine"), say="Deleted.")


@blueprint.get("/mine")
@describe("Library", "One's own tracks, private ones too", query=LibraryQuery, answers={200: MineAnswer}, has_page=True)
def mine() -> Response:
    query = parse_query(LibraryQuery)
    who = principal()
    filters = filters_of(query, owned_by=who.user_id or 0)
    with db.read() as session:
        found = browse(session, filters, query.sort, query.page, min(query.per_page, MOST_PER_PAGE))
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
    filters = Filters(model=_model(query.model), maker=query.user_id)
    with db.read() as session:
        found = browse(session, filters, "recent", 1, HISTORY_ROWS)
        ratings = Vote.ratings(session, [track.number for track in found.tracks])
        rows = [HistoryRow.of(track, ratings.get(track.number, 0)).model_dump(mode="json") for track in found.tracks]
    return respond(rows)


def filters_of(query: LibraryQuery, owned_by: int | None = None) -> Filters:
    """Raises `Refusal` 400 for a sort, model or category that does not exist."""
    if query.sort not in SORTS:
        raise Refusal(400, f"Unknown sort; the sorts are {', '.join(SORTS)}")
    if query.category and not any(query.category in keys for keys in VOCABULARY.values()):
        raise Refusal(400, "Unknown category")
    return Filters(query.search, _model(query.model), query.category, query.user_id, query.loop, owned_by)


def _where(query: LibraryQuery) -> dict[str, str]:
    """What of an address decides which tracks are listed, to ask for the same list in another form."""
    return {
        name: value
        for name, value in request.args.items()
        if name in type(query).model_fields and name != "page" and value
    }


def _model(name: str | None) -> str | None:
    if name is None or name in FAMILIES:
        return name
    known = catalogue().find(name)
    if known is None:
        raise Refusal(400, "Unknown model")
    return known.id


def _readable(session: Session, track_id: str) -> Track:
    track = Track.readable_by(session, principal(), track_id)
    if track is None:
        raise Refusal(404, "Track not found")
    return track


def _owned(session: Session, track_id: str) -> Track:
    track = Track.held_by(session, principal(), track_id)
    if track is None:
        raise Refusal(404, "Track not found")
    if not principal().may_manage(track.user_id):
        raise Refusal(403, "Not authorized to change this track")
    return track


def _page_answer(found: Page) -> LibraryAnswer:
    items = [TrackAnswer.of(track) for track in found.tracks]
    return LibraryAnswer(items=items, total=found.total, page=found.page, pages=found.pages, per_page=found.per_page)


def _links(found: Page) -> dict[str, str | None]:
    def address(page: int) -> str:
        return url_for(str(request.endpoint), **{**request.args.to_dict(), "page": str(page)})  # type: ignore[arg-type]

    return {
        "prev": address(found.page - 1) if found.page > 1 else None,
        "next": address(found.page + 1) if found.page < found.pages else None,
    }
