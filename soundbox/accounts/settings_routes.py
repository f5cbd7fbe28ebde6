"""The page that leads to everything about one's account."""

from __future__ import annotations

from flask import Blueprint, Response
from pydantic import BaseModel, Field

from soundbox.extensions import db
from soundbox.web.describe import describe
from soundbox.web.respond import respond

from .identities import Identity
from .models import User
from .principal import principal
from .second_factor import SecondFactor
from .tokens import live_tokens

blueprint = Blueprint("settings", __name__)


class SettingsAnswer(BaseModel):
    name: str
    user_id: str = Field(description="The public id")
    tier: str
    email: str | None
    email_confirmed: bool
    has_password: bool
    second_factor: bool
    providers: int = Field(description="How many one signs in with")
    tokens: int = Field(description="How many work")


@blueprint.get("/settings")
@describe("Accounts", "How one's account stands", answers={200: SettingsAnswer}, has_page=True)
def index() -> Response:
    user_id = principal().demand_member()
    with db.read() as session:
        user = session.get_one(User, user_id)
        answer = SettingsAnswer(
            name=user.display_name,
            user_id=user.public_id,
            tier=user.limits.name,
            email=user.email,
            email_confirmed=user.email_verified_ms is not None,
            has_password=user.password_hash is not None,
            providers=len(Identity.all_of(session, user_id)),
            second_factor=SecondFactor.is_on(session, user_id),
            tokens=len(live_tokens(session, user_id)),
        )
    return respond(answer, template="accounts/settings.html", account=answer)
