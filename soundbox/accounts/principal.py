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
from soundbox.web.logs import note_entry
from soundbox.web.origin import SAFE_METHODS

from .marks import Marks
from .models import OWNER_NAME, SCOPES, ApiToken, Kind, User, suspended
from .sessions import LONGEST_MS, PREFIX, BrowserSession
from .tiers import TIERS, Tier

COOKIE = "session_id"
WITHOUT_ADMIN = tuple(scope for scope in SCOPES if scope != "admin")
COOKIE_SECONDS = 400 * 86_400  # a guest's: the longest a browser keeps one
USED = "soundbox_used"
OWNER = "soundbox_owner"


@dataclass(frozen=True)
class Principal:
    """A member, a guest, the owner of an open instance, or somebody who has not written anything yet."""

    user_id: int | None
    kind: str | None
    name: str
    tier: Tier
    is_admin: bool  # now: an admin's token without that scope has no such powers
    scopes: tuple[str, ...]
    address: str
    token: int | None = None  # the row of the bearer token they came with
    session: int | None = None  # the row of the browser session they are signed in with
    lacks_code: bool = False  # an admin whose browser has shown no second factor, and has no such powers before
    suspended: str | None = None  # why, while they may only read

    @property
    def is_member(self) -> bool:
        return self.kind == Kind.member

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
        if scope == "admin" and self.lacks_code:
            raise Refusal(403, "Admins need a second factor", advice="Set it up in the settings of your account.")
        if scope not in self.scopes:
            raise Refusal(403, f"This token lacks the scope {scope!r}", advice="Use a token that has it.")

    def demand_member(self) -> int:
        """Their id. Raises `Refusal` 401 for guests, who have no account."""
        if self.user_id is None or self.kind != Kind.member:
            raise Refusal(401, "Authentication required", advice="Sign in first.")
        return self.user_id

    def demand_browser(self) -> int:
        """Their id, where they are signed in with a browser. Raises `Refusal` 401, and 403 for a token: one that got
        lost must not lock its person out."""
        user_id = self.demand_member()
        if self.session is None:
            raise Refusal(403, "Only a browser that is signed in may do this", advice="A token cannot.")
        return user_id

    def demand_welcome(self) -> None:
        """Raises `Refusal` 401 for somebody unknown where guests are switched off."""
        config: Config = current_app.config["SOUNDBOX"]
        if self.user_id is None and not (config.is_open or config.guests):
            raise Refusal(401, "Authentication required", advice="Sign in, or send a token.")

    def settle(self, session: Session) -> User:
        """This person's row. A guest's is made here and stands or falls with this transaction, their first write."""
        if self.user_id is not None:
            return session.get_one(User, self.user_id)
        self.demand_welcome()
        if self.kind == Kind.owner:
            user, secret = User.owner(session), None
        else:
            user, secret = User.add_guest(session)
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
    app.extensions[USED] = {"tokens": Marks(ApiToken, "used_ms"), "sessions": Marks(BrowserSession, "seen_ms")}
    app.extensions[OWNER] = {}
    app.before_request(identify)
    app.after_request(set_cookie)
    app.after_request(mark_use)


def principal() -> Principal:
    """Somebody unknown, when a request is refused before anybody was recognised."""
    return g.get("principal") or _of(None)


def demand_community() -> Principal:
    """Whoever asks, who may take part: a token may lack that power. Raises `Refusal` 403."""
    who = principal()
    who.demand("community")
    return who


def identify() -> None:
    """Before anything else is decided. An invalid token is refused on every path, never taken for a guest."""
    if request.path.startswith("/static/"):
        return
    g.principal = _owner(_owner_id()) if _is_open() else _recognised()
    g.limit_key = g.principal.key
    if g.principal.suspended is not None and request.method not in SAFE_METHODS:
        raise suspended(g.principal.suspended)


def take_as_session() -> None:
    """On an open instance, too, the rest of this request is that of the guest whose cookie it carries, or of nobody
    yet: for documents that keep sessions apart."""
    if _is_open():
        with db.glance() as session:
            g.principal = _of(User.guest_with(session, request.cookies.get(COOKIE, "")))
        g.limit_key = g.principal.key


def limit_to(waiting_jobs: int | None, longest_seconds: int) -> None:
    """For the rest of this request these stand in place of the limits of their tier, and none for each hour."""
    tier = replace(principal().tier, waiting_jobs=waiting_jobs, jobs_an_hour=None, longest_seconds=longest_seconds)
    g.principal = replace(principal(), tier=tier)


def enter(user: User, secret: str, *, coded: bool) -> None:
    """From here on this browser is that of a member, and so is the rest of this request."""
    g.principal = _of(user, SCOPES if coded else WITHOUT_ADMIN)
    g.cookie = (secret, LONGEST_MS // 1000)
    note_entry("signed in with a second factor" if coded else "signed in", user.id)


def leave() -> None:
    """This browser is nobody's any more."""
    note_entry("signed out", principal().user_id)
    g.principal = _of(None)
    g.cookie = ("", 0)


def set_cookie(response: Response) -> Response:
    if "cookie" in g:
        secret, seconds = g.pop("cookie")
        response.set_cookie(
            COOKIE, secret, max_age=seconds, httponly=True, samesite=_same_site(), secure=request.is_secure
        )
    return response


def mark_use(response: Response) -> Response:
    for marks in current_app.extensions[USED].values():
        marks.write_if_due()
    return response


def _same_site() -> str:
    """Pages of a configured origin may send it, where https keeps it secret; `web/origin.py` refuses all others."""
    config: Config = current_app.config["SOUNDBOX"]
    return "None" if config.cors_origins and request.is_secure else "Lax"


def _is_open() -> bool:
    config: Config = current_app.config["SOUNDBOX"]
    return config.is_open


def _owner_id() -> int | None:
    """Looked for until it is there: nobody ever takes the owner's row away."""
    known: dict[str, int] = current_app.extensions[OWNER]
    if not known:
        with db.glance() as session:
            if owner := User.owner_if_known(session):
                known["id"] = owner.id
    return known.get("id")


def _recognised() -> Principal:
    authorization = request.headers.get("Authorization", "")
    secret = request.cookies.get(COOKIE, "")
    if not (authorization or secret):
        return _of(None)
    with db.glance() as session:
        if authorization:
            return _bearer(session, authorization)
        return _browser(session, secret) if secret.startswith(PREFIX) else _of(User.guest_with(session, secret))


def _browser(session: Session, secret: str) -> Principal:
    """Whoever is not signed in any more is nobody."""
    found = BrowserSession.live(session, secret)
    if found is None:
        return _of(None)
    current_app.extensions[USED]["sessions"].note(found.id, found.seen_ms)
    lacks_code = found.user.is_admin and found.coded_ms is None
    return replace(_of(found.user, WITHOUT_ADMIN if lacks_code else SCOPES), session=found.id, lacks_code=lacks_code)


def _bearer(session: Session, authorization: str) -> Principal:
    scheme, _, secret = authorization.partition(" ")
    token = ApiToken.valid(session, secret.strip()) if scheme.lower() == "bearer" else None
    if token is None:
        raise Refusal(401, "Authentication required", advice="The token is wrong, expired or revoked.")
    if request.method in SAFE_METHODS and "read" not in token.powers:
        raise Refusal(403, "This token lacks the scope 'read'", advice="Use a token that has it.")
    current_app.extensions[USED]["tokens"].note(token.id, token.used_ms)
    return replace(_of(token.user, scopes=token.powers), token=token.id)


def _arrive(user: User, guest_secret: str | None) -> None:
    """From here on this request is that of somebody known."""
    g.principal = _of(user) if guest_secret else _owner(user.id)
    if guest_secret:
        g.cookie = (guest_secret, COOKIE_SECONDS)


def _owner(user_id: int | None) -> Principal:
    return Principal(user_id, Kind.owner, OWNER_NAME, TIERS["admin"], True, SCOPES, caller_address())


def _of(user: User | None, scopes: tuple[str, ...] = SCOPES) -> Principal:
    if user is None:
        return Principal(None, None, "guest", TIERS["free"], False, scopes, caller_address())
    is_admin = user.is_admin and "admin" in scopes and not user.is_suspended
    tier = TIERS["admin"] if is_admin else user.tier_now
    why = user.suspended_why if user.is_suspended else None
    return Principal(user.id, user.kind, user.display_name, tier, is_admin, scopes, caller_address(), suspended=why)
