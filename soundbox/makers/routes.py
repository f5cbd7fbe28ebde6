"""Makers: somebody's public sounds."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for
from pydantic import BaseModel, Field

from soundbox.accounts.models import User
from soundbox.accounts.principal import principal
from soundbox.extensions import db
from soundbox.tracks.answers import TrackAnswer
from soundbox.tracks.browse import browse
from soundbox.tracks.cards import cards_of
from soundbox.tracks.filters import Filters
from soundbox.web.bodies import Body, parse_query
from soundbox.web.describe import describe
from soundbox.web.errors import Refusal
from soundbox.web.respond import respond

blueprint = Blueprint("makers", __name__)

PER_PAGE = 20


class MakerQuery(Body):
    page: int = Field(1, ge=1, le=2**53)


class MakerAnswer(BaseModel):
    user_id: str = Field(description="Their public id")
    name: str
    items: list[TrackAnswer]
    total: int
    page: int
    pages: int
    per_page: int


@blueprint.get("/makers/<name>")
@describe(
    "Library", "A maker's public tracks, newest first", query=MakerQuery, answers={200: MakerAnswer}, has_page=True
)
def show(name: str) -> Response:
    page = parse_query(MakerQuery).page
    with db.read() as session:
        maker = User.with_handle(session, name)
        if maker is None:
            raise Refusal(404, "There is nobody of this name here")
        found = browse(session, Filters(maker=maker.public_id), "recent", page, PER_PAGE)
        answer = MakerAnswer(
            user_id=maker.public_id,
            name=maker.display_name,
            items=[TrackAnswer.of(track) for track in found.tracks],
            total=found.total,
            page=page,
            pages=found.pages,
            per_page=PER_PAGE,
        )
        cards = cards_of(session, found.tracks, principal())
    return respond(
        answer,
        template="makers/show.html",
        maker=maker,
        is_me=principal().owns(maker.id),
        tracks=cards,
        total=found.total,
        page=page,
        pages=found.pages,
        links=_links(name, page, found.pages),
    )


def _links(name: str, page: int, pages: int) -> dict[str, str | None]:
    def address(number: int) -> str:
        return url_for(str(request.endpoint), name=name, page=number)

    return {"prev": address(page - 1) if page > 1 else None, "next": address(page + 1) if page < pages else None}
