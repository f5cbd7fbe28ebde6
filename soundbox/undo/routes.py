"""Having back what one deleted a moment ago."""

from __future__ import annotations

from flask import Blueprint, Response

from soundbox.accounts.principal import demand_community
from soundbox.extensions import db, limiter
from soundbox.web.describe import describe
from soundbox.web.errors import Refusal
from soundbox.web.respond import respond

from . import adoption, leaving  # noqa: F401 - they listen
from .answers import UndoneAnswer
from .models import CannotBeUndone, Deleted

blueprint = Blueprint("undo", __name__)


@blueprint.post("/api/undo/<deleted_id>")
@limiter.limit("120/hour")
@describe(
    "Undo",
    "Bring back a playlist, station or preset of one's own that was deleted within the hour",
    answers={200: UndoneAnswer},
    has_page=True,
    refusals={400: "Its place is taken; the sentence says how", 404: "There is nothing of this id to bring back"},
)
def undo(deleted_id: str) -> Response:
    who = demand_community()
    with db.write() as session:
        kept = Deleted.held_by(session, who.user_id, deleted_id)
        if kept is None:
            raise Refusal(404, "Nothing to bring back", advice="What was deleted can be had back for an hour.")
        try:
            address = kept.bring_back(session, who.settle(session))
        except CannotBeUndone as taken:
            raise Refusal(400, str(taken)) from None
    return respond(UndoneAnswer(page_url=address), see=address, say="It is back.")
