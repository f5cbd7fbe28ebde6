"""Who is asking, settled once a request."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Flask, Response, current_app, g, request
from sqlalchemy import event
from sqlalchemy.orm import Session

from soundbox.config import Config
from soundbox.extensions import db
from soundbox.web.addresses import caller_address
from soundbox.web.errors import Refusal

from .models import OWNER_NAME, SCOPES, ApiToken, Kind, User
from .tiers import TIERS, Tier

COOKIE = "session_id"
COOKIE_SECONDS = 400 * 86_400  # the longest a browser keeps one


@dataclass(frozen=True)
class Principal:
    """A member, a guest, the owner of an open instance, or somebody who has not written anything yet."""

    user_id: int | None
    kind: str | None
    name: str
    tier: Tier
    is_admin: bool
    scopes: tuple[str, ...]
    address: str

    @property
    def is_guest(self) -> bool:
        return self.kind in (None, Kind.guest)

    @property
    def key(self) -> str:
        """What limits and repeated requests are counted under."""
        if self.kind == Kind.owner:
            return "owner"  # who has no row before the first write
        return f"user:{self.user_id}" if self.user_id and not self.is_guest else f"address:{self.address}"

    def owns(self, user_id: int) -> bool:
        return self.user_id == user_id

    def may_manage(self, user_id: int) -> bool:
        return self.owns(user_id) or self.is_admin

    def may_vote_on(self, maker_id: int) -> bool:
        """Nobody votes on their own; on an open instance everything is the owner's."""
        return self.kind == Kind.owner or not self.owns(maker_id)

    def demand(self, scope: str) -> None:
        """Raises `Refusal` 403 when a token was not given this power."""
        if scope not in self.scopes:
            raise Refusal(403, f"This token lacks the scope {scope!r}", advice="Use a token that has it.")

    def settle(self, session: Session) -> User:
        """This person's row. A guest's is made here and stands or falls with this transaction, their first write."""
        if self.user_id is not None:
            return session.get_one(User, self.user_id)
        config: Config = current_app.config["SOUNDBOX"]
        if config.is_open:
            user, secret = User.owner(session), None
        elif config.guests:
            user, secret = User.add_guest(session)
        else:
            raise Refusal(401, "Authentication required", advice="Sign in, or send a token.")
        event.listen(session, "after_commit", lambda _: _arrive(user, secret), once=True)
        return user

    def speaks_for(self, session: Session, label: str | None) -> User:
        """The row a vote, favorite or tag is written under: on an open instance `label` may name a local person;
        elsewhere nobody can speak for another."""
        if label and self.kind == Kind.owner:
            return User.local(session, label)
        return self.settle(session)

    def writes_as(self, session: Session, label: str | None) -> int:
        """The id of that row, which is not read again where it is known."""
        if self.user_id is not None and not (label and self.kind == Kind.owner):
            return self.user_id
        return self.speaks_for(session, label).id

    def reads_as(self, session: Session, label: str | None) -> int | None:
        """The same for reading, which makes nobody; None: somebody who has not written anything yet."""
        if label and self.kind == Kind.owner:
            local = User.local_if_known(session, label)
            return local.id if local else None
        return self.user_id

    def becomes(self, user: User) -> None:
        """Once that transaction is committed, the rest of this request is theirs."""
        g.principal = replace(self, user_id=user.id, kind=user.kind)


def init_app(app: Flask) -> None:
    app.before_request(identify)
    app.after_request(remember_guest)


def principal() -> Principal:
    """Somebody unknown, when a request is refused before anybody was recognised."""
    return g.get("principal") or _of(None)


def identify() -> None:
    """Before anything else is decided. An invalid token is refused on every path, never taken for a guest."""
    if request.path.startswith("/static/"):
        return
    config: Config = current_app.config["SOUNDBOX"]
    with db.glance() as session:
        g.principal = _recognise(session, config)
    g.limit_key = g.principal.key


def remember_guest(response: Response) -> Response:
    if secret := g.pop("new_guest_secret", None):
        response.set_cookie(
            COOKIE, secret, max_age=COOKIE_SECONDS, httponly=True, samesite="Lax", secure=request.is_secure
        )
    return response


def _recognise(session: Session, config: Config) -> Principal:
    authorization = request.headers.get("Authorization", "")
    if authorization and not config.is_open:
        return _bearer(session, authorization)
    if config.is_open:
        return _owner(User.owner_if_known(session))
    if secret := request.cookies.get(COOKIE):
        return _of(User.guest_with(session, secret))
    return _of(None)


def _bearer(session: Session, authorization: str) -> Principal:
    scheme, _, secret = authorization.partition(" ")
    token = ApiToken.valid(session, secret.strip()) if scheme.lower() == "bearer" else None
    if token is None:
        raise Refusal(401, "Authentication required", advice="The token is wrong, expired or revoked.")
    return _of(token.user, scopes=tuple(token.scopes.split()))


def _arrive(user: User, guest_secret: str | None) -> None:
    """From here on this request is that of somebody known."""
    g.principal = _of(user) if guest_secret else _owner(user)
    g.new_guest_secret = guest_secret


def _owner(user: User | None) -> Principal:
    user_id = user.id if user else None
    return Principal(user_id, Kind.owner, OWNER_NAME, TIERS["admin"], True, SCOPES, caller_address())


def _of(user: User | None, scopes: tuple[str, ...] = SCOPES) -> Principal:
    if user is None:
        return Principal(None, None, "guest", TIERS["free"], False, scopes, caller_address())
    return Principal(user.id, user.kind, user.display_name, user.limits, user.is_admin, scopes, caller_address())
