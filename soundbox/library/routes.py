"""The library: finding tracks, looking at one, keeping one's own in order."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, request, url_for
from sqlalchemy.orm import Session

from soundbox.accounts.audit import audit_power
from soundbox.accounts.principal import Principal, principal
from soundbox.extensions import db
from soundbox.jobs.showing import own_unfinished
from soundbox.moderation.models import REASON_WORDS
from soundbox.presets.answers import PresetAnswer
from soundbox.presets.finding import look_up
from soundbox.presets.house import house_presets
from soundbox.presets.tiles import preset_choices
from soundbox.tags.cards import TagPanel
from soundbox.tracks.access import owned, readable
from soundbox.tracks.answers import TrackAnswer
from soundbox.tracks.asking import filters_of, model_of
from soundbox.tracks.blocklist import refuse_blocked
from soundbox.tracks.browse import browse
from soundbox.tracks.bundle import masters_of
from soundbox.tracks.cards import TrackCard, cards_of, mark
from soundbox.tracks.choices import Choices
from soundbox.tracks.family import tree_of
from soundbox.tracks.filters import FAMILIES, Filters
from soundbox.tracks.instance import media, settings
from soundbox.tracks.lineage import family_of
from soundbox.tracks.models import Track
from soundbox.tracks.own import totals_of
from soundbox.tracks.preview import Preview
from soundbox.tracks.removal import remove, remove_files
from soundbox.tracks.reviewing import review_if_changed
from soundbox.votes.cards import Said
from soundbox.votes.feedback import Feedback
from soundbox.votes.models import Vote
from soundbox.web.bodies import parse_body, parse_query
from soundbox.web.describe import describe
from soundbox.web.errors import Refusal
from soundbox.web.respond import Done, respond, wants_html
from soundbox.web.zips import zip_response

from .answers import (
    EditBody,
    HistoryQuery,
    HistoryRow,
    LibraryAnswer,
    LibraryQuery,
    LineageAnswer,
    MineAnswer,
    MineQuery,
    RelativeAnswer,
)
from .paging import answer_of, links_of, page_of

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
        found = page_of(session, filters, query)
        answer, links = answer_of(found), links_of(found)
        is_shown = wants_html()  # a program needs neither the cards nor what may be chosen
        family = filters.model if filters.model in FAMILIES else None
        choices = Choices.of(session, family, house_presets()) if is_shown else None
        presets = preset_choices(session, principal(), choices.presets, query.preset) if choices else []
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
        choices=choices,
        keys=KEYS,
        presets=presets,
        links=links,
        here=_where(query),
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
            "preset": _preset_of(session, who, track),
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
        found = page_of(session, filters, query)
        count, size_bytes = totals_of(session, who)
        answer = MineAnswer(**answer_of(found).__dict__, size_bytes=size_bytes)
        cards = cards_of(session, found.tracks, who)
        jobs = own_unfinished(session, who) if wants_html() else []
        said = Feedback.for_maker(session, who.user_id)
    return respond(
        answer,
        template="library/mine.html",
        tracks=cards,
        jobs=jobs,
        count=count,
        bytes=size_bytes,
        said=said,
        page=answer.page,
        pages=answer.pages,
        links=links_of(found),
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


def _preset_of(session: Session, who: Principal, track: Track) -> PresetAnswer | None:
    """None also for one that is no longer there, or that its maker keeps to themselves."""
    found = look_up(session, who, track.preset) if track.preset else None
    return PresetAnswer.of(found, who) if found else None


def _where(query: LibraryQuery) -> dict[str, str]:
    """What of an address decides which tracks are listed, to ask for the same list in another form."""
    return {
        name: value
        for name, value in request.args.items()
        if name in type(query).model_fields and name not in ("page", "cursor") and value
    }
