"""Making, seeing and ending one's tokens."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from flask import Blueprint, Response, request, url_for
from pydantic import BaseModel, Field

from soundbox.clock import age, iso_z
from soundbox.extensions import db, limiter
from soundbox.web.bodies import FORMS, Body, Text, WholeNumber, checked, parse_body
from soundbox.web.describe import describe
from soundbox.web.respond import respond

from .models import SCOPES, ApiToken
from .principal import principal
from .tokens import live_tokens, mint, revoke

blueprint = Blueprint("tokens", __name__)

Scope = Literal["read", "generate", "community", "admin"]
SCOPE_WORDS = {
    "read": "Read everything you can see, private tracks too",
    "generate": "Make sounds, cancel jobs, change and delete your tracks",
    "community": "Vote, keep favorites, tag, report, fill playlists",
    "admin": "Use your powers as an admin",
}
DAYS = ((30, "30 days"), (90, "90 days"), (365, "a year"), (0, "No end"))


class TokenBody(Body):
    label: Annotated[Text, Field(min_length=1, max_length=64)] = Field(description="What it is for")
    scopes: list[Scope] = Field(min_length=1, description="What it may do: read, generate, community, admin")
    expires_days: WholeNumber = Field(90, ge=0, le=3650, description="0: it never expires")


class TokenAnswer(BaseModel):
    id: str
    label: str
    scopes: list[str]
    created: str
    expires: str | None
    last_used: str | None = Field(description="To the minute")

    @classmethod
    def of(cls, token: ApiToken) -> TokenAnswer:
        return cls(**_facts_of(token))


class NewToken(TokenAnswer):
    token: str = Field(description="It is never shown again")


class TokensAnswer(BaseModel):
    tokens: list[TokenAnswer]


class Revoked(BaseModel):
    success: bool = True


@blueprint.get("/settings/tokens", endpoint="index")
@blueprint.get("/api/tokens", endpoint="index_api")
@describe("Accounts", "One's tokens that work, the newest first", answers={200: TokensAnswer}, has_page=True)
def index() -> Response:
    with db.read() as session:
        tokens = live_tokens(session, principal().demand_member())
    answer = TokensAnswer(tokens=[TokenAnswer.of(token) for token in tokens])
    return respond(answer, template="accounts/tokens.html", **_shown(tokens))


@blueprint.post("/settings/tokens", endpoint="create")
@blueprint.post("/api/tokens", endpoint="create_api")
@limiter.limit("30/hour")
@describe(
    "Accounts",
    "Make a token for a program; one that is made with a token can do no more than that one, and lives no longer",
    body=TokenBody,
    answers={201: NewToken},
    has_page=True,
    example='{"label": "My game", "scopes": ["read", "generate"], "expires_days": 90}',
    refusals={403: "The token you use lacks one of these scopes"},
)
def create() -> Response:
    who = principal()
    who.demand_member()
    body = _token_body()
    with db.write() as session:
        token, secret = mint(session, who, body.label, body.scopes, body.expires_days or None)
        tokens = live_tokens(session, token.user_id)
    answer = NewToken(**_facts_of(token), token=secret)
    shown = _shown(tokens, made=answer)
    return respond(answer, template="accounts/tokens.html", status=201, headers={"Cache-Control": "no-store"}, **shown)


@blueprint.delete("/api/tokens/<token_id>", endpoint="revoke_api")
@blueprint.post("/settings/tokens/<token_id>/revoke", endpoint="revoke")
@describe(
    "Accounts", "End a token, and those that were made with it", answers={200: Revoked}, has_page=True,
    refusals={403: "It can do more than the token you use"},
)  # fmt: skip
def end(token_id: str) -> Response:
    with db.write() as session:
        revoke(session, principal(), token_id)
    return respond(Revoked(), see=url_for("tokens.index"), say="Revoked. Programs that use it are locked out now.")


def _token_body() -> TokenBody:
    """A form names a scope as often as one is chosen."""
    if request.mimetype not in FORMS:
        return parse_body(TokenBody)
    return checked(TokenBody, {**request.form.to_dict(), "scopes": request.form.getlist("scopes")})


def _facts_of(token: ApiToken) -> dict[str, Any]:
    return {
        "id": token.public_id,
        "label": token.label,
        "scopes": list(token.powers),
        "created": iso_z(token.created_ms),
        "expires": iso_z(token.expires_ms) if token.expires_ms else None,
        "last_used": iso_z(token.used_ms) if token.used_ms else None,
    }


def _shown(tokens: list[ApiToken], made: NewToken | None = None) -> dict[str, Any]:
    who = principal()
    offered = [name for name in SCOPES if name in who.scopes and (name != "admin" or who.is_admin)]
    return {
        "tokens": [(TokenAnswer.of(token), age(token.used_ms) if token.used_ms else "") for token in tokens],
        "made": made,
        "scopes": [(name, SCOPE_WORDS[name]) for name in offered],
        "days": DAYS,
    }
