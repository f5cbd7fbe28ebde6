"""Keeping tracks, and finding them again."""

from __future__ import annotations

import json

from flask import Blueprint, Response, request, url_for

from soundbox.accounts.principal import demand_community, principal
from soundbox.extensions import db, limiter
from soundbox.tracks.access import held
from soundbox.tracks.answers import TrackAnswer
from soundbox.tracks.asking import model_of
from soundbox.tracks.cards import TrackCard, cards_of
from soundbox.tracks.models import Track
from soundbox.web.back import came_from
from soundbox.web.bodies import parse_body, parse_query
from soundbox.web.describe import describe
from soundbox.web.respond import respond, wants_html

from . import adoption, leaving  # noqa: F401 - they listen
from .answers import CheckBody, FavoriteAnswer, FavoriteBody, FavoritesAnswer, FavoritesQuery, UserBody
from .models import Favorite

blueprint = Blueprint("favorites", __name__)

MOST_PER_PAGE = 100
FAVORITES_A_MINUTE = "120/minute"  # of all guests of an address: whoever drops the cookie is somebody new
limited = limiter.shared_limit(FAVORITES_A_MINUTE, "favorites", exempt_when=lambda: not principal().is_guest)


@blueprint.post("/api/favorites/<track_id>", endpoint="keep")
@limited
@describe("Favorites", "Keep a track", body=FavoriteBody, answers={200: FavoriteAnswer}, has_page=True)
def keep(track_id: str) -> Response:
    body = parse_body(FavoriteBody)
    return _change(track_id, body.user_id, kept=body.favorited)


@blueprint.delete("/api/favorites/<track_id>", endpoint="drop")
@limited
@describe("Favorites", "Keep a track no longer", body=UserBody, answers={200: FavoriteAnswer}, has_page=True)
def drop(track_id: str) -> Response:
    return _change(track_id, parse_body(UserBody).user_id, kept=False)


@blueprint.get("/favorites", endpoint="index")
@blueprint.get("/api/favorites", endpoint="index_api")
@describe(
    "Favorites",
    "The tracks one keeps, the latest first",
    query=FavoritesQuery,
    answers={200: FavoritesAnswer},
    has_page=True,
)
def index() -> Response:
    query, who = parse_query(FavoritesQuery), principal()
    model, per_page = model_of(query.model), min(query.per_page, MOST_PER_PAGE)
    with db.read() as session:
        kept = Favorite.of(session, who.reads_as(session, query.user_id) or 0, model, query.page, per_page)
        cards = cards_of(session, kept.tracks, who) if wants_html() else []
    answer = FavoritesAnswer(
        items=[TrackAnswer.of(track) for track in kept.tracks],
        total=kept.total,
        page=query.page,
        pages=max(1, -(-kept.total // per_page)),
        per_page=per_page,
    )
    return respond(
        answer,
        template="favorites/index.html",
        tracks=cards,
        total=answer.total,
        page=answer.page,
        pages=answer.pages,
        model=query.model,
        links=_links(answer),
    )


@blueprint.post("/api/favorites/check", endpoint="check")
@describe(
    "Favorites",
    "Which of up to 100 tracks one keeps",
    body=CheckBody,
    answers={200: dict[str, bool]},
    example='{"generation_ids": []}',
)
def check() -> Response:
    who = principal()
    who.demand("read")
    body = parse_body(CheckBody)
    with db.read() as session:
        user_id = who.reads_as(session, body.user_id)
        known = Favorite.by_ids(session, user_id, body.generation_ids) if user_id else {}
    return respond(dict.fromkeys(body.generation_ids, False) | known)


def _change(track_id: str, label: str | None, *, kept: bool) -> Response:
    who = demand_community()
    with db.write() as session:
        track = held(session, who, track_id)
        change = Favorite.keep if kept else Favorite.drop
        change(session, track, who.writes_as(session, label))
    return _changed(track, kept)


def _changed(track: Track, kept: bool) -> Response:
    answer = FavoriteAnswer(favorited=kept, favorites=track.favorites)
    if not wants_html():
        return respond(answer)
    card = TrackCard(track, principal())
    card.is_favorite = kept
    told = {"id": track.id, "favorited": kept, "favorites": track.favorites}
    return respond(
        answer,
        template="favorites/control.html",
        block="control",
        see=came_from(url_for("library.show", track_id=track.id), f"keep-{track.id}"),
        headers={"HX-Trigger": json.dumps({"soundbox:favorited": told})},
        track=card,
    )


def _links(answer: FavoritesAnswer) -> dict[str, str | None]:
    def address(page: int) -> str:
        return url_for("favorites.index", **{**request.args.to_dict(), "page": str(page)})  # type: ignore[arg-type]

    return {
        "prev": address(answer.page - 1) if answer.page > 1 else None,
        "next": address(answer.page + 1) if answer.page < answer.pages else None,
    }
