"""People: members, guests, and the tokens their programs carry."""

from __future__ import annotations

import hashlib
import re
import secrets
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    bindparam,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from soundbox.clock import now_ms
from soundbox.extensions import Base, insert_new
from soundbox.web.errors import Refusal

from .tiers import TIERS, Tier, better

NAME_RULE = re.compile(r"[a-z0-9_-]{2,32}")
SCOPES = ("read", "generate", "community", "admin")
OWNER_NAME = "owner"
HOUSE_NAME = "Sound Box"  # no member can have a blank in their name


class AccountError(Exception):
    """An account that cannot be made or changed so; the message says why."""


class Kind(StrEnum):
    member = "member"
    guest = "guest"
    owner = "owner"  # everybody, in open mode
    local = "local"  # somebody an open instance was told of by `user_id`
    house = "house"  # nobody: whose the sounds are that nobody asked for
    left = "left"  # deleted: a row that says nothing, for what they made and what must be kept


def _where(sqlite: str, postgresql: str) -> dict[str, Any]:
    return {"sqlite_where": text(sqlite), "postgresql_where": text(postgresql)}


class User(Base):
    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint("tier in ('admin','creator','premium','supporter','free')", name="tier"),
        Index(
            "ix_users_email_verified",
            "email",
            unique=True,
            sqlite_where=text("email_verified_ms IS NOT NULL"),
            postgresql_where=text("email_verified_ms IS NOT NULL"),
        ),
        Index("ix_users_email", "email"),
        Index("ix_users_tier", "tier", "id"),
        Index("ix_users_kind", "kind", "id"),
        Index("ix_users_admin", "id", **_where("is_admin IS 1", "is_admin IS true")),
        Index("ix_users_suspended", "id", **_where(*["suspended_ms IS NOT NULL"] * 2)),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True, default=lambda: secrets.token_hex(8))
    kind: Mapped[str] = mapped_column(String(8))
    # Sorted by bytes on both databases: admins search by how a name begins.
    name: Mapped[str | None] = mapped_column(
        String(32).with_variant(String(32, collation="C"), "postgresql"), unique=True
    )
    tier: Mapped[str] = mapped_column(String(16), default="free")
    paid_tier: Mapped[str | None] = mapped_column(String(16))  # of a subscription; `tier` is what an admin gave
    paid_until_ms: Mapped[int | None] = mapped_column(BigInteger)
    is_admin: Mapped[bool] = mapped_column(Boolean, default=False)
    guest_hash: Mapped[str | None] = mapped_column(String(64), unique=True)  # SHA-256 of a guest's cookie
    password_hash: Mapped[str | None] = mapped_column(String(128))  # argon2id; None: made by the command line
    email: Mapped[str | None] = mapped_column(String(254))  # small letters; several may claim one
    email_verified_ms: Mapped[int | None] = mapped_column(BigInteger)  # ... but only one person has shown it is theirs
    left_name: Mapped[str | None] = mapped_column(String(64), index=True, unique=True)  # its SHA-256: never given again
    suspended_ms: Mapped[int | None] = mapped_column(BigInteger)
    suspended_why: Mapped[str] = mapped_column(String(500), default="", server_default="")  # they read it, too
    created_ms: Mapped[int] = mapped_column(BigInteger, default=now_ms)

    @classmethod
    def add_member(cls, session: Session, name: str, tier: str = "free", *, is_admin: bool = False) -> User:
        """Raises `AccountError` for a bad or taken name and an unknown tier."""
        if tier not in TIERS:
            raise AccountError(f"There is no tier {tier!r}; the tiers are {', '.join(TIERS)}.")
        cls.require_free(session, name)
        user = cls(kind=Kind.member, name=name, tier=tier, is_admin=is_admin)
        session.add(user)
        session.flush()
        return user

    @classmethod
    def require_free(cls, session: Session, name: str) -> None:
        """Raises `AccountError` for a name that nobody may have, or that somebody has."""
        if not NAME_RULE.fullmatch(name):
            raise AccountError("A name has 2 to 32 characters of a-z, 0-9, _ and -.")
        if name == OWNER_NAME or session.scalar(_TAKEN, {"name": name, "left_name": sha256(name)}):
            raise AccountError(f"The name {name} is taken.")

    @classmethod
    def add_guest(cls, session: Session) -> tuple[User, str]:
        """A new guest and the secret for its cookie."""
        secret = secrets.token_urlsafe(32)
        user = cls(kind=Kind.guest, guest_hash=sha256(secret))
        session.add(user)
        session.flush()
        return user, secret

    @classmethod
    def owner(cls, session: Session) -> User:
        """Everybody in open mode; made at the first write."""
        if user := cls.owner_if_known(session):
            return user
        insert_new(session, cls, kind=Kind.owner, name=OWNER_NAME, tier="admin", is_admin=True)
        return session.scalars(select(cls).where(cls.kind == Kind.owner)).one()

    @classmethod
    def owner_if_known(cls, session: Session) -> User | None:
        return session.scalar(_OWNER)

    @classmethod
    def house(cls, session: Session) -> User:
        """Nobody, who cannot sign in; made at the first write."""
        found = select(cls).where(cls.name == HOUSE_NAME, cls.kind == Kind.house)
        if user := session.scalar(found):
            return user
        insert_new(session, cls, kind=Kind.house, name=HOUSE_NAME)
        return session.scalars(found).one()

    @classmethod
    def local(cls, session: Session, label: str) -> User:
        """Whom an open instance's programs mean by `user_id`; made at their first write."""
        if user := cls.local_if_known(session, label):
            return user
        insert_new(session, cls, kind=Kind.local, guest_hash=_local_hash(label))
        return session.scalars(select(cls).where(cls.guest_hash == _local_hash(label))).one()

    @classmethod
    def local_if_known(cls, session: Session, label: str) -> User | None:
        """Everybody by their public id, as rows print it; others by whatever they were called before."""
        return session.scalar(_LOCAL, {"label": label, "label_hash": _local_hash(label)})

    @classmethod
    def named(cls, session: Session, name: str) -> User | None:
        return session.scalar(select(cls).where(cls.name == name))

    @classmethod
    def called(cls, session: Session, name_or_email: str) -> User | None:
        """Who signs in so. Of several that claim an address, the one who has shown that it is theirs, or the first."""
        said = name_or_email.strip().lower()
        if "@" not in said:
            return session.scalar(select(cls).where(cls.name == said, cls.kind == Kind.member))
        claims = select(cls).where(cls.email == said, cls.kind == Kind.member)
        return session.scalar(claims.order_by(cls.email_verified_ms.is_(None), cls.id).limit(1))

    @classmethod
    def guest_with(cls, session: Session, secret: str) -> User | None:
        return session.scalar(_GUEST, {"guest_hash": sha256(secret)})

    @property
    def limits(self) -> Tier:
        return TIERS["admin"] if self.is_admin else self.tier_now

    @property
    def tier_now(self) -> Tier:
        """The better of what was given and what was paid for, which ends by itself."""
        if self.paid_tier and (self.paid_until_ms or 0) > now_ms():
            return better(self.tier, self.paid_tier)
        return TIERS[self.tier]

    @property
    def handle(self) -> str:
        """What stands for them in addresses."""
        return self.name or self.public_id

    @classmethod
    def with_handle(cls, session: Session, handle: str) -> User | None:
        return session.scalar(select(cls).where(or_(cls.name == handle, cls.public_id == handle)))

    @property
    def display_name(self) -> str:
        if self.kind == Kind.left:
            return "somebody who left"
        return self.name or f"guest {self.public_id[:4]}"

    @property
    def is_suspended(self) -> bool:
        return self.suspended_ms is not None

    def refuse_suspended(self) -> None:
        """Raises `Refusal` 403."""
        if self.is_suspended:
            raise suspended(self.suspended_why)


class ApiToken(Base):
    """`sbx_` + 32 random bytes, shown once and stored as its SHA-256."""

    __tablename__ = "api_tokens"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True, default=lambda: secrets.token_hex(16))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    made_with: Mapped[int | None] = mapped_column(ForeignKey("api_tokens.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    label: Mapped[str] = mapped_column(String(64), default="")
    scopes: Mapped[str] = mapped_column(String(120))  # words, separated by blanks
    created_ms: Mapped[int] = mapped_column(BigInteger, default=now_ms)
    expires_ms: Mapped[int | None] = mapped_column(BigInteger)
    revoked_ms: Mapped[int | None] = mapped_column(BigInteger)
    used_ms: Mapped[int | None] = mapped_column(BigInteger)  # the last time, to the minute
    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)

    @classmethod
    def issue(cls, session: Session, user: User, scopes: tuple[str, ...] = SCOPES, label: str = "") -> str:
        """A new token of this person, in the clear: the only time anybody sees it."""
        return cls.add(session, user=user, scopes=" ".join(scopes), label=label)[1]

    @classmethod
    def add(cls, session: Session, **facts: Any) -> tuple[ApiToken, str]:
        """The same with whatever else is told of it: its row and itself in the clear."""
        secret = f"sbx_{secrets.token_urlsafe(32)}"
        token = cls(token_hash=sha256(secret), **facts)
        session.add(token)
        session.flush()
        return token, secret

    @classmethod
    def valid(cls, session: Session, secret: str) -> ApiToken | None:
        token = session.scalar(_BY_HASH, {"token_hash": sha256(secret)})
        return token if token is not None and token.is_live else None

    @property
    def is_live(self) -> bool:
        return self.revoked_ms is None and (self.expires_ms is None or self.expires_ms > now_ms())

    @property
    def powers(self) -> tuple[str, ...]:
        return tuple(self.scopes.split())


# Built once: every request asks one of them.
_BY_HASH = select(ApiToken).where(ApiToken.token_hash == bindparam("token_hash"))
_OWNER = select(User).where(User.name == OWNER_NAME, User.kind == Kind.owner)
_TAKEN = select(User.id).where(or_(User.name == bindparam("name"), User.left_name == bindparam("left_name")))
_GUEST = select(User).where(User.guest_hash == bindparam("guest_hash"))
_LOCAL = select(User).where(or_(User.public_id == bindparam("label"), User.guest_hash == bindparam("label_hash")))


def suspended(why: str) -> Refusal:
    return Refusal(403, f"This account is suspended: {why}", advice="Write to those who run the site.")


def _local_hash(label: str) -> str:
    return sha256(f"local person {label}")


def sha256(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
