"""Tokens that people make for their programs: what one may be given, how it ends, when it was used last."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from soundbox.clock import now_ms
from soundbox.web.errors import Refusal

from .models import SCOPES, ApiToken, User
from .principal import Principal

MOST_TOKENS = 50  # of one person, that still work
DAY_MS = 86_400_000


def mint(session: Session, who: Principal, label: str, scopes: Sequence[str], days: int | None) -> tuple[ApiToken, str]:
    """A new token: its row, and itself in the clear, which nobody sees again. `days` None: it never expires.

    What is made with a token can do no more than that token and lives no longer. Raises `Refusal`.
    """
    user = session.scalars(select(User).where(User.id == who.demand_member()).with_for_update()).one()
    _refuse_more_than_own(who, scopes)
    if len(live_tokens(session, user.id)) >= MOST_TOKENS:
        raise Refusal(400, f"You have {MOST_TOKENS} tokens already", advice="Revoke one that you no longer use.")
    return ApiToken.add(
        session,
        user=user,
        label=label,
        scopes=" ".join(scope for scope in SCOPES if scope in scopes),
        made_with=who.token,
        expires_ms=_expiry(session, who, days),
    )


def live_tokens(session: Session, user_id: int) -> list[ApiToken]:
    """Those that still work, the newest first."""
    query = select(ApiToken).where(
        ApiToken.user_id == user_id,
        ApiToken.revoked_ms.is_(None),
        or_(ApiToken.expires_ms.is_(None), ApiToken.expires_ms > now_ms()),
    )
    return list(session.scalars(query.order_by(ApiToken.id.desc())))


def revoke(session: Session, who: Principal, public_id: str) -> None:
    """It works no longer, nor does any that was made with it. A token ends only those that can do no more than itself.

    Raises `Refusal`.
    """
    mine = select(ApiToken).where(ApiToken.user_id == who.demand_member(), ApiToken.public_id == public_id)
    token = session.scalar(mine)
    if token is None or not token.is_live:
        raise Refusal(404, "Token not found", advice="It may have expired, or it was revoked already.")
    if who.token is not None:
        _refuse_more_than_own(who, token.powers)
    end_with_all_made_with(session, token)


def end_with_all_made_with(session: Session, token: ApiToken) -> None:
    ended = [token.id]
    while ended:
        session.execute(update(ApiToken).where(ApiToken.id.in_(ended)).values(revoked_ms=now_ms()))
        ended = list(session.scalars(select(ApiToken.id).where(ApiToken.made_with.in_(ended))))


def revoke_all(session: Session, user_id: int) -> int:
    """Returns how many worked until now."""
    working = update(ApiToken).where(ApiToken.user_id == user_id, ApiToken.revoked_ms.is_(None))
    return session.execute(working.values(revoked_ms=now_ms())).rowcount  # type: ignore[attr-defined]


def _refuse_more_than_own(who: Principal, scopes: Sequence[str]) -> None:
    for scope in scopes:
        who.demand(scope)
    if "admin" in scopes and not who.is_admin:
        raise Refusal(403, "Only admins can give a token the scope 'admin'", advice="Choose others.")


def _expiry(session: Session, who: Principal, days: int | None) -> int | None:
    asked = now_ms() + days * DAY_MS if days else None
    own = session.scalar(select(ApiToken.expires_ms).where(ApiToken.id == who.token)) if who.token else None
    return min((moment for moment in (asked, own) if moment is not None), default=None)
