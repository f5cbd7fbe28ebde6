"""What one's tracks take, and making room: several at once, after a look at what would go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from flask import Blueprint, Response, request, url_for
from pydantic import BaseModel, Field

from soundbox.accounts.principal import Principal, principal
from soundbox.clock import age, iso_z
from soundbox.extensions import db
from soundbox.tracks.instance import media
from soundbox.tracks.models import Track
from soundbox.tracks.removal import remove, remove_files
from soundbox.tracks.storage import biggest_of, chosen_of, used_bytes
from soundbox.web.bodies import FORMS, Body, Text, checked, parse_body, parse_query
from soundbox.web.describe import describe
from soundbox.web.errors import Refusal
from soundbox.web.respond import respond

blueprint = Blueprint("storage", __name__)

PER_PAGE = 50
MOST_AT_ONCE = 100


class StorageQuery(Body):
    page: int = Field(1, ge=1, le=2**31)


class DeleteBody(Body):
    ids: list[Annotated[Text, Field(max_length=64)]] = Field(min_length=1, max_length=MOST_AT_ONCE)
    confirm: bool = Field(False, description="false only tells what would go; there is no way back afterwards")


class KeptTrack(BaseModel):
    id: str
    name: str
    visibility: str
    seconds: float
    size_bytes: int = Field(description="With copies in other formats")
    copies_bytes: int = Field(description="Of these, the copies that were made when somebody asked for them")
    created: str
    page_url: str

    @classmethod
    def of(cls, track: Track) -> KeptTrack:
        return cls(
            id=track.id,
            name=track.name,
            visibility=track.visibility,
            seconds=track.seconds,
            size_bytes=track.taken_bytes,
            copies_bytes=track.derived_bytes,
            created=iso_z(track.created_ms),
            page_url=url_for("library.show", track_id=track.id),
        )


class StorageAnswer(BaseModel):
    used_bytes: int
    limit_bytes: int | None = Field(description="null: no limit")
    copies_bytes: int
    tracks: list[KeptTrack] = Field(description="What takes the most first")
    total: int
    page: int
    pages: int


class RoomAnswer(BaseModel):
    deleted: bool
    count: int
    freed_bytes: int


@blueprint.get("/mine/storage")
@describe(
    "Library",
    "What one's tracks take, the biggest first",
    query=StorageQuery,
    answers={200: StorageAnswer},
    has_page=True,
)
def index() -> Response:
    query, who = parse_query(StorageQuery), principal()
    with db.read() as session:
        used = used_bytes(session, who.user_id or 0)
        filled = biggest_of(session, who.user_id or 0, query.page, PER_PAGE)
        ages = {track.id: age(track.created_ms) for track in filled.tracks}
    pages = max(1, -(-filled.total // PER_PAGE))
    answer = StorageAnswer(
        used_bytes=used,
        limit_bytes=who.tier.storage_bytes,
        copies_bytes=filled.derived_bytes,
        tracks=[KeptTrack.of(track) for track in filled.tracks],
        total=filled.total,
        page=query.page,
        pages=pages,
    )
    links = {
        "prev": url_for(".index", page=query.page - 1) if query.page > 1 else None,
        "next": url_for(".index", page=query.page + 1) if query.page < pages else None,
    }
    return respond(answer, template="storage/index.html", kept=answer, ages=ages, tier=who.tier.name, links=links)


@blueprint.post("/mine/storage/delete")
@describe(
    "Library",
    "Delete several of one's tracks; without `confirm` it only tells what that would free",
    body=DeleteBody,
    answers={200: RoomAnswer},
    has_page=True,
    example='{"ids": ["{track_id}"], "confirm": true}',
    refusals={404: "None of them is one's own"},
)
def delete() -> Response:
    who = principal()
    who.demand("generate")
    body = _asked()
    if not body.confirm:
        return _look_first(who, body.ids)
    with db.write() as session:
        tracks = _own(chosen_of(session, who.user_id or 0, body.ids, lock=True))
        freed = sum(track.taken_bytes for track in tracks)
        stems = [remove(session, track) for track in tracks]
    for stem in stems:
        remove_files(media(), stem)
    said = f"{len(stems)} track{'s' if len(stems) > 1 else ''} deleted."
    return respond(RoomAnswer(deleted=True, count=len(stems), freed_bytes=freed), see=url_for(".index"), say=said)


def _asked() -> DeleteBody:
    """A form has one field for each id."""
    if request.mimetype not in FORMS:
        return parse_body(DeleteBody)
    if not request.form.getlist("ids"):
        raise Refusal(400, "Nothing was chosen", advice="Go back and tick what should go.")
    return checked(DeleteBody, {**request.form.to_dict(), "ids": request.form.getlist("ids")})


def _look_first(who: Principal, ids: list[str]) -> Response:
    with db.read() as session:
        tracks = [KeptTrack.of(track) for track in _own(chosen_of(session, who.user_id or 0, ids))]
    freed = sum(track.size_bytes for track in tracks)
    answer = RoomAnswer(deleted=False, count=len(tracks), freed_bytes=freed)
    return respond(answer, template="storage/confirm.html", tracks=tracks, freed=freed)


def _own(tracks: Sequence[Track]) -> Sequence[Track]:
    if not tracks:
        raise Refusal(404, "Track not found", advice="None of these is yours any more.")
    return tracks
