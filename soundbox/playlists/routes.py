"""Playlists: finding, making and changing them."""

from __future__ import annotations

from typing import Any, TypeVar

from flask import Blueprint, Response, request, url_for
from sqlalchemy.orm import Session

from soundbox.accounts.audit import audit_power
from soundbox.accounts.models import User
from soundbox.accounts.principal import Principal, demand_community, principal
from soundbox.extensions import db, limiter
from soundbox.tracks import access as track_access
from soundbox.tracks.blocklist import refuse_blocked
from soundbox.tracks.instance import settings
from soundbox.undo.answers import DeletedAnswer
from soundbox.web.bodies import parse_body, parse_query
from soundbox.web.describe import describe
from soundbox.web.errors import Refusal
from soundbox.web.respond import respond, wants_html

from . import adoption, leaving, undoing  # noqa: F401 - they listen
from .access import owned, readable
from .answers import (
    CreateBody,
    DuplicateBody,
    EditBody,
    EntryAnswer,
    PlaylistAnswer,
    PlaylistDetail,
    PlaylistsAnswer,
    PlaylistsQuery,
    TracksQuery,
    answer_of,
    facts_of,
)
from .cards import PlaylistCard, entry_cards
from .models import Playlist, PlaylistFull
from .packs import Pack, PackFormat
from .shelf import (
    SORTS,
    Contents,
    contents_of,
    entries_of,
    holding,
    numbers_by_id,
    outline_of,
    own_shelf,
    public_shelf,
)

blueprint = Blueprint("playlists", __name__)
Named = TypeVar("Named", CreateBody, EditBody, DuplicateBody)

MOST_PER_PAGE = 100
OWN_ON_FIRST_PAGE = 8
NO_TRACK = {404: "There is no such track"}
FULL = {400: "Not possible, or no room for more; the sentence says how much there may be"}


@blueprint.get("/playlists", endpoint="index")
@blueprint.get("/api/playlists", endpoint="index_api")
@describe(
    "Playlists",
    "Public playlists, or one's own",
    query=PlaylistsQuery,
    answers={200: PlaylistsAnswer},
    has_page=True,
    refusals=NO_TRACK,
)
def index() -> Response:
    query = parse_query(PlaylistsQuery)
    if query.sort not in SORTS:
        raise Refusal(400, f"Unknown sort; the sorts are {', '.join(SORTS)}")
    who = principal()
    page, per_page = query.page, min(query.per_page, MOST_PER_PAGE)
    with db.read() as session:
        person = who.reads_as(session, query.user_id) or 0
        search = "" if query.mine else query.search
        own = own_shelf(
            session, person, query.search if query.mine else "", "recent", page if query.mine else 1, per_page
        )
        shelf = own if query.mine else public_shelf(session, search, query.sort, page, per_page)
        contents = contents_of(session, who, [*shelf.playlists, *own.playlists])
        on_it = _on_it(session, who, query.track, shelf.playlists)
    items = [
        PlaylistAnswer.of(one, contents[one.number], who, one.number in on_it if query.track else None)
        for one in shelf.playlists
    ]
    return respond(
        PlaylistsAnswer(items=items, total=shelf.total, page=page, pages=shelf.pages, per_page=per_page),
        template="playlists/index.html",
        block="shelf",
        playlists=[PlaylistCard(one, contents[one.number], who) for one in shelf.playlists],
        own=[PlaylistCard(one, contents[one.number], who) for one in own.playlists[:OWN_ON_FIRST_PAGE]],
        own_total=own.total,
        shelf=shelf,
        query=query,
        links=_page_links(shelf.page, shelf.pages),
    )


@blueprint.post("/api/playlists")
@limiter.limit("120/hour")
@describe(
    "Playlists",
    "Make a playlist, with a first track where one is named",
    body=CreateBody,
    answers={201: PlaylistAnswer},
    has_page=True,
    example='{"name": "Slow evenings"}',
    refusals={**FULL, **NO_TRACK},
)
def create() -> Response:
    who = demand_community()
    body = _welcome(parse_body(CreateBody))
    with db.write() as session:
        track = track_access.held(session, who, body.track) if body.track else None
        user = who.speaks_for(session, body.user_id)
        playlist = _made(session, user, **body.model_dump(exclude={"track", "user_id"}))
        if track:
            playlist.fill_from(session, [track.number], user.id)
        answer = answer_of(session, playlist, has_track=True if track else None)
    return respond(answer, see=answer.page_url, say="Created.", status=201, headers={"Location": answer.page_url})


@blueprint.get("/playlists/<playlist_id>", endpoint="show")
@blueprint.get("/api/playlists/<playlist_id>", endpoint="show_api")
@describe(
    "Playlists",
    "One playlist and its tracks, in pages",
    query=TracksQuery,
    answers={200: PlaylistDetail},
    has_page=True,
)
def show(playlist_id: str) -> Response:
    query = parse_query(TracksQuery)
    who = principal()
    with db.read() as session:
        playlist = readable(session, who, playlist_id)
        first = (query.page - 1) * query.per_page
        shown = entries_of(session, who, playlist, first, query.per_page)
        tracks = outline_of(session, who, playlist)
        cards = entry_cards(session, playlist, shown, who) if wants_html() else []
    contents = Contents.seen(tracks)
    pages = max(1, -(-len(tracks) // query.per_page))
    answer = PlaylistDetail(
        **facts_of(playlist, contents, who),
        tracks=[EntryAnswer.at(position, entry) for position, entry in enumerate(shown, first + 1)],
        page=query.page,
        pages=pages,
    )
    return respond(
        answer,
        template="playlists/show.html",
        playlist=PlaylistCard(playlist, contents, who),
        entries=cards,
        first=first,
        page=query.page,
        pages=pages,
        links=_page_links(query.page, pages, playlist_id=playlist_id),
        packs=[Pack(playlist.name, form, tracks, len(tracks)) for form in PackFormat],
    )


@blueprint.post("/playlists/<playlist_id>/edit", endpoint="edit")
@blueprint.patch("/api/playlists/<playlist_id>", endpoint="edit_api")
@describe(
    "Playlists", "Rename, describe, open or close it", body=EditBody, answers={200: PlaylistAnswer}, has_page=True
)
def edit(playlist_id: str) -> Response:
    who = demand_community()
    body = _welcome(parse_body(EditBody))
    with db.write() as session:
        playlist = owned(session, who, playlist_id)
        changed = body.model_dump(exclude_none=True)
        detail = {"name": playlist.name, "changed": list(changed)}
        audit_power(session, who, playlist.user_id, "playlist.edit", f"playlist:{playlist_id}", **detail)
        playlist.edit(**changed)
        answer = answer_of(session, playlist)
    return respond(answer, see=answer.page_url, say="Saved.")


@blueprint.post("/playlists/<playlist_id>/delete", endpoint="delete")
@blueprint.delete("/api/playlists/<playlist_id>", endpoint="delete_api")
@describe("Playlists", "Delete it; its tracks stay", answers={200: DeletedAnswer}, has_page=True)
def delete(playlist_id: str) -> Response:
    who = demand_community()
    with db.write() as session:
        playlist = owned(session, who, playlist_id)
        subject = f"playlist:{playlist_id}"
        audit_power(session, who, playlist.user_id, "playlist.delete", subject, name=playlist.name)
        answer = DeletedAnswer.of(undoing.keep(session, playlist) if who.owns(playlist.user_id) else None)
        session.delete(playlist)
    return respond(answer, see=url_for("playlists.index"), say="Deleted.", undo=answer.undo_url)


@blueprint.post("/playlists/<playlist_id>/duplicate", endpoint="duplicate")
@blueprint.post("/api/playlists/<playlist_id>/duplicate", endpoint="duplicate_api")
@limiter.limit("120/hour")
@describe(
    "Playlists",
    "A private copy of one's own, with the tracks one may see",
    body=DuplicateBody,
    answers={201: PlaylistAnswer},
    has_page=True,
    refusals=FULL,
)
def duplicate(playlist_id: str) -> Response:
    who = demand_community()
    body = _welcome(parse_body(DuplicateBody))
    with db.write() as session:
        original = readable(session, who, playlist_id)
        numbers = numbers_by_id(session, who, original).values()
        user = who.speaks_for(session, body.user_id)
        name = body.name or f"{original.name[:93]} (copy)"
        playlist = _made(session, user, name=name, description=original.description)
        playlist.fill_from(session, numbers, user.id)
        answer = answer_of(session, playlist)
    return respond(answer, see=answer.page_url, say="Copied.", status=201, headers={"Location": answer.page_url})


def _welcome(body: Named) -> Named:
    """Raises `Refusal` 400 for words on the operator's list."""
    for field in ("name", "description"):
        refuse_blocked(settings().instance, field, getattr(body, field, None) or "")
    return body


def _made(session: Session, user: User, **facts: object) -> Playlist:
    try:
        return Playlist.make(session, user, **facts)  # type: ignore[arg-type]
    except PlaylistFull as full:
        raise Refusal(400, str(full), advice="Delete one that you no longer need.") from None


def _on_it(session: Session, who: Principal, track_id: str | None, playlists: list[Playlist]) -> set[int]:
    if track_id is None:
        return set()
    return holding(session, playlists, track_access.readable(session, who, track_id))


def _page_links(page: int, pages: int, **place: str) -> dict[str, str | None]:
    def address(page: int) -> str:
        asked: dict[str, Any] = {**request.args.to_dict(), **place, "page": page}
        return url_for("playlists.show" if place else "playlists.index", **asked)

    return {"prev": address(page - 1) if page > 1 else None, "next": address(page + 1) if page < pages else None}
