"""Letters that wait to be sent: rows written together with what they tell of, so that none is lost with a process.

What a link in them proves is made when they are sent: no copy of the database holds it.
"""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, String, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from soundbox.clock import now_ms
from soundbox.extensions import Base
from soundbox.sending.waiting import Waiting
from soundbox.web.errors import Refusal

from . import letters
from .attempts import Attempt, Limit
from .letters import Text
from .links import AccountLink, Purpose
from .models import User

log = logging.getLogger(__name__)

LETTERS = Limit("letters", 3)  # to one address
LONGEST_FAULT = 100
SECOND_MS, MINUTE_MS, HOUR_MS = 1000, 60_000, 3_600_000
PAUSES_MS = (5 * SECOND_MS, MINUTE_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, 2 * HOUR_MS, 5 * HOUR_MS)


class Kind(StrEnum):
    confirm_address = "confirm_address"
    new_password = "new_password"  # noqa: S105 - what a letter is about, not a secret
    password_changed = "password_changed"  # noqa: S105 - the same
    address_changed = "address_changed"


WITH_A_LINK = (Kind.confirm_address, Kind.new_password)  # a newer one takes the place of what still waits


class Letter(Waiting, Base):
    """Gone once it is sent."""

    lease_ms = 5 * MINUTE_MS  # a slow mail server may take 20 s at each of several steps

    __tablename__ = "letters"
    __table_args__ = (Index("ix_letters_due", "next_ms"), Index("ix_letters_to", "address", "kind"))

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=lambda: secrets.token_hex(16))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    address: Mapped[str] = mapped_column(String(254))
    site: Mapped[str] = mapped_column(String(300))  # where its links lead
    detail: Mapped[str] = mapped_column(String(254), default="")  # the new address, of a letter to the old one
    created_ms: Mapped[int] = mapped_column(BigInteger, default=now_ms)
    fault: Mapped[str] = mapped_column(String(LONGEST_FAULT), default="")  # of the last attempt

    @classmethod
    def write(
        cls, session: Session, kind: Kind, address: str, site: str, user_id: int | None = None, detail: str = ""
    ) -> None:
        """`user_id` None: whose the address is, is looked up when it is sent."""
        if kind in WITH_A_LINK:
            whose = cls.address == address if user_id is None else cls.user_id == user_id
            session.execute(delete(cls).where(cls.kind == kind, whose))
        session.add(cls(user_id=user_id, kind=kind, address=address, site=site, detail=detail))

    def composed(self, session: Session) -> Text | None:
        """With a new link, where there is one in it. None: nobody waits for it any more."""
        row = self.held(session)
        if row is None:
            return None
        text = row._composed(session)
        if text is None:
            session.delete(row)
        return text

    def _composed(self, session: Session) -> Text | None:
        if self.kind == Kind.new_password:
            return self._new_password(session)
        user = session.get_one(User, self.user_id)
        match self.kind:
            case Kind.confirm_address:
                if user.email == self.address and user.email_verified_ms:  # by the letter of an attempt before
                    return None
                secret = AccountLink.issue(session, user, Purpose.email, self.address)
                return letters.confirm_address(user.display_name, self.site, secret)
            case Kind.address_changed:
                return letters.address_changed(user.display_name, self.site, self.detail)
            case _:
                return letters.password_changed(user.display_name, self.site)

    def _new_password(self, session: Session) -> Text | None:
        """Only to an address that was shown to be theirs."""
        confirmed = select(User).where(User.email == self.address, User.email_verified_ms.is_not(None))
        user = session.scalar(confirmed)
        if user is None:
            return None
        if self.attempts == 1:
            try:
                Attempt.take(session, LETTERS, self.address)
            except Refusal:
                log.warning("somebody asks for more letters than one can need")
                return None
        return letters.new_password(user.display_name, self.site, AccountLink.issue(session, user, Purpose.password))

    def was_sent(self, session: Session) -> None:
        if (row := self.held(session)) is not None:
            session.delete(row)

    def was_not(self, session: Session, fault: str, moment_ms: int, jitter: float, *, for_good: bool) -> None:
        """It is tried again, but for what will never work."""
        if (row := self.held(session)) is None:
            return
        row.fault = fault[:LONGEST_FAULT]
        if for_good or not row.try_again(moment_ms, PAUSES_MS, jitter):
            log.error("a letter could not be sent and was given up after %s attempts: %s", row.attempts, fault)
            session.delete(row)


@dataclass(frozen=True)
class Backlog:
    """Letters that were tried and could not be sent yet."""

    total: int
    fault: str

    @classmethod
    def read(cls, session: Session) -> Backlog:
        failed = Letter.fault != ""
        latest = select(Letter.fault).where(failed).order_by(Letter.last_ms.desc()).limit(1)
        return cls(session.scalar(select(func.count()).where(failed)) or 0, session.scalar(latest) or "")
