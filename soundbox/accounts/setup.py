"""The first admin of a public site: whoever reads what `soundbox serve` prints, never whoever comes first."""

from __future__ import annotations

import secrets

from sqlalchemy import BigInteger, Integer, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from soundbox.clock import now_ms
from soundbox.extensions import Base, db
from soundbox.web.errors import Refusal

from .attempts import Attempt, Limit
from .audit import audit
from .models import Kind, User, sha256
from .principal import Principal

TRIES = Limit("setup code", 5)  # from one address
WRONG = "This is not the code that was printed last"
DONE = "This site has an admin already"


class SetupCode(Base):
    """At most one: that of the last start."""

    __tablename__ = "setup_codes"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    created_ms: Mapped[int] = mapped_column(BigInteger, default=now_ms)


def has_admin(session: Session) -> bool:
    admins = select(User.id).where(User.is_admin.is_(True), User.kind == Kind.member)
    return session.scalar(admins.limit(1)) is not None


def new_code(session: Session) -> str | None:
    """Such as 1f0c-99ab-4e21-c07d; None when nobody needs one."""
    session.execute(delete(SetupCode))
    if has_admin(session):
        return None
    code = "-".join(secrets.token_hex(2) for _ in range(4))
    session.add(SetupCode(code_hash=sha256(code)))
    return code


def become_admin(who: Principal, code: str) -> None:
    """Of two who send it at once it is worth something to one. Raises `Refusal` 403 and 429."""
    user_id = who.demand_browser()
    with db.write() as session:
        if has_admin(session):
            raise Refusal(403, DONE, advice="Ask them to make you one, too.")
        Attempt.take(session, TRIES, who.address)
    mine = SetupCode.code_hash == sha256(code.lower())
    with db.write() as session:
        if session.scalar(delete(SetupCode).where(mine).returning(SetupCode.id)) is None:
            raise Refusal(403, WRONG, fields={"code": WRONG})
        user = session.get_one(User, user_id, with_for_update=True)
        user.is_admin = True
        audit(session, who, "admin.setup", f"user:{user.public_id}")
