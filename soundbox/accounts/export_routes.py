"""Taking along everything that is here about oneself."""

from __future__ import annotations

from flask import Blueprint, Response
from pydantic import BaseModel, Field

from soundbox.clock import now_ms
from soundbox.extensions import db, limiter
from soundbox.web.bodies import Body, parse_query
from soundbox.web.describe import describe
from soundbox.web.respond import respond
from soundbox.web.zips import zip_in_turn

from . import leaving  # noqa: F401 - listens
from .archive import Archive
from .models import User
from .principal import principal
from .signals import exporting

blueprint = Blueprint("export", __name__)


class ExportQuery(Body):
    masters: bool = Field(False, description="The sounds themselves, too, as WAV files")


class ExportPage(BaseModel):
    url: str = "/settings/export.zip"


@blueprint.get("/settings/export")
@describe("Accounts", "Where one's data can be taken along", answers={200: ExportPage}, has_page=True)
def page() -> Response:
    principal().demand_member()
    return respond(ExportPage(), template="accounts/export.html")


@blueprint.get("/settings/export.zip")
@limiter.limit("10/hour")
@describe(
    "Accounts",
    "Everything about oneself as JSON in one zip: profile, jobs, tracks, votes with notes, favorites, tags, playlists, "
    "searches, tokens and sessions without their secrets, Aura",
    query=ExportQuery,
    answers={200: bytes},
    media=("application/zip",),
    refusals={503: "Too many zips are being sent at the moment"},
)
def archive() -> Response:
    user_id = principal().demand_member()
    taken = Archive(with_masters=parse_query(ExportQuery).masters)
    with db.read() as session:
        user = session.get_one(User, user_id)
        exporting.send(session, user=user, archive=taken)
    return zip_in_turn(taken.files(now_ms()), f"sound-box-{user.handle}.zip")
