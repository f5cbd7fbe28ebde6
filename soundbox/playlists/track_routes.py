"""The tracks of a playlist: putting them on it, taking them off, and their order."""

from __future__ import annotations

from flask import Blueprint, Response, url_for

from soundbox.accounts.principal import demand_community, principal
from soundbox.extensions import db
from soundbox.tracks import access as track_access
from soundbox.tracks.cards import TrackCard
from soundbox.web.bodies import parse_body
from soundbox.web.describe import describe
from soundbox.web.errors import Refusal
from soundbox.web.respond import respond

from .access import fillable, held, note_power
from .answers import (
    AddBody,
    AddByAddressBody,
    AddedAnswer,
    OrderAnswer,
    OrderBody,
    PlaylistAnswer,
    PlaylistsAnswer,
    RemovedAnswer,
    answer_of,
)
from .cards import PlaylistCard
from .models import PlaylistFull
from .ordering import moved, rearranged
from .shelf import contents_of, fillable_by, holding, numbers_by_id

blueprint = Blueprint("playlist_tracks", __name__)

FULL = {400: "Not possible, or no room for more; the sentence says how much there may be"}


@blueprint.get("/tracks/<track_id>/playlists")
@describe("Playlists", "The playlists this person may put this track on", answers={200: PlaylistsAnswer}, has_page=True)
def choose(track_id: str) -> Response:
    who = principal()
    with db.read() as session:
        track = track_access.readable(session, who, track_id)
        mine = fillable_by(session, who)
        contents = contents_of(session, who, mine)
        on_it = holding(session, mine, track)
    items = [PlaylistAnswer.of(one, contents[one.number], who, one.number in on_it) for one in mine]
    return respond(
        PlaylistsAnswer(items=items, total=len(items), page=1, pages=1, per_page=len(items)),
        template="playlists/choose.html",
        block="choices",
        track=TrackCard(track, who),
        playlists=[PlaylistCard(one, contents[one.number], who, one.number in on_it) for one in mine],
    )


@blueprint.post("/api/playlists/<playlist_id>/tracks/<track_id>")
@describe("Playlists", "Put a track on it", body=AddBody, answers={200: AddedAnswer}, has_page=True, refusals=FULL)
def add(playlist_id: str, track_id: str) -> Response:
    answer = _add(playlist_id, track_id, parse_body(AddBody))
    say = f"Added to {answer.playlist.name}." if answer.added else f"It is on {answer.playlist.name} already."
    return respond(answer, see=url_for("library.show", track_id=track_id), say=say)


@blueprint.post("/playlists/<playlist_id>/add")
@describe(
    "Playlists",
    "The same by a track's address",
    body=AddByAddressBody,
    answers={200: AddedAnswer},
    has_page=True,
    example='{"track": "/tracks/{track_id}"}',
    refusals=FULL,
)
def add_by_address(playlist_id: str) -> Response:
    demand_community()
    body = parse_body(AddByAddressBody)
    answer = _add(playlist_id, body.track_id, AddBody.model_validate({}))
    return respond(answer, see=answer.playlist.page_url, say="Added." if answer.added else "It is on it already.")


@blueprint.post("/playlists/<playlist_id>/tracks/<track_id>/remove", endpoint="remove")
@blueprint.delete("/api/playlists/<playlist_id>/tracks/<track_id>", endpoint="remove_api")
@describe("Playlists", "Take a track off it", answers={200: RemovedAnswer}, has_page=True)
def remove(playlist_id: str, track_id: str) -> Response:
    who = demand_community()
    with db.write() as session:
        playlist = held(session, who, playlist_id)
        entry = playlist.entry(session, track_id)
        if not who.may_manage(playlist.user_id) and (entry is None or entry.added_by != who.user_id):
            raise Refusal(403, "Not authorized to remove this", advice="Only its owner and who added it may.")
        position = entry.position if entry else None
        if entry:
            if entry.added_by != who.user_id:
                note_power(session, who, playlist, "remove", track=track_id)
            playlist.take_out(session, entry.track_number)
    see = url_for("playlists.show", playlist_id=playlist_id)
    return respond(RemovedAnswer(removed=entry is not None, position=position), see=see, say="Taken off.")


@blueprint.post("/playlists/<playlist_id>/order", endpoint="order")
@blueprint.put("/api/playlists/<playlist_id>/order", endpoint="order_api")
@describe(
    "Playlists",
    "Put its tracks in order: those named change places among themselves, all others stay where they are",
    body=OrderBody,
    answers={200: OrderAnswer},
    has_page=True,
    example='{"order": ["<third id>", "<first id>", "<second id>"]}',
)
def order(playlist_id: str) -> Response:
    who = demand_community()
    body = parse_body(OrderBody)
    with db.write() as session:
        playlist = fillable(session, who, playlist_id)
        numbers, seen = playlist.numbers(session), numbers_by_id(session, who, playlist)
        playlist.put_in_order(session, _ordered(body, numbers, seen))
        if not playlist.collaborative:
            note_power(session, who, playlist, "order")
        answer = OrderAnswer(order=list(numbers_by_id(session, who, playlist)))
    return respond(answer, see=url_for("playlists.show", playlist_id=playlist_id))


def _add(playlist_id: str, track_id: str, body: AddBody) -> AddedAnswer:
    who = demand_community()
    with db.write() as session:
        track = track_access.held(session, who, track_id)
        playlist = fillable(session, who, playlist_id)
        user = who.speaks_for(session, body.user_id)
        try:
            added = playlist.add(session, track.number, user.id, body.position)
        except PlaylistFull as full:
            raise Refusal(400, str(full), advice="Start another one.") from None
        if not playlist.collaborative:
            note_power(session, who, playlist, "add", track=track_id)
        return AddedAnswer(added=added, playlist=answer_of(session, playlist, has_track=True))


def _ordered(body: OrderBody, numbers: list[int], seen: dict[str, int]) -> list[int]:
    if body.order is not None:
        return rearranged(numbers, [seen[track_id] for track_id in body.order if track_id in seen])
    track_id, by = (body.up, -1) if body.up else (body.down, 1)
    if track_id is None:
        raise Refusal(400, "Order is required", fields={"order": "is required"})
    return moved(numbers, seen.get(track_id, 0), by, set(seen.values()))
