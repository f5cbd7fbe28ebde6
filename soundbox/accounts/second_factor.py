"""A code from one's telephone besides the password: RFC 6238, six digits, thirty seconds.

Each code counts once, recovery codes stand in for a telephone that is lost, and guessing gets slower and slower.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

import pyotp
from cryptography.fernet import Fernet, InvalidToken
from flask import current_app
from sqlalchemy import BigInteger, ForeignKey, Integer, String, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from soundbox.clock import now_ms
from soundbox.extensions import Base, db
from soundbox.web.errors import Refusal
from soundbox.web.logs import note_entry

from .attempts import Attempt, Limit
from .models import User, sha256

STEP_SECONDS = 30
DRIFT_STEPS = 1  # clocks may differ by so much
RECOVERY_CODES = 10
CODES = Limit("codes of a second factor", 5)  # of one person
WRONG = "This code is wrong, or was used already"
ISSUER = "Sound Box"


class SecondFactor(Base):
    """What the telephone and we know. It counts once its person has shown a code of it."""

    __tablename__ = "second_factors"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    sealed: Mapped[str] = mapped_column(String(200))  # the secret, unreadable without the instance's own key
    confirmed_ms: Mapped[int | None] = mapped_column(BigInteger)
    last_step: Mapped[int] = mapped_column(BigInteger, default=0)  # of the last code that was accepted

    @classmethod
    def of(cls, session: Session, user_id: int) -> SecondFactor | None:
        return session.get(cls, user_id)

    @classmethod
    def is_on(cls, session: Session, user_id: int) -> bool:
        found = cls.of(session, user_id)
        return found is not None and found.confirmed_ms is not None

    @property
    def secret(self) -> str:
        try:
            return _seal().decrypt(self.sealed.encode()).decode()
        except InvalidToken:
            raise Refusal(403, "The site's own key has changed", advice="Use a recovery code.") from None

    def accepts(self, code: str) -> bool:
        """Once. The caller holds this row."""
        totp, now = pyotp.TOTP(self.secret, interval=STEP_SECONDS), now_ms() // 1000 // STEP_SECONDS
        for step in range(now - DRIFT_STEPS, now + DRIFT_STEPS + 1):
            if step > self.last_step and hmac.compare_digest(totp.at(step * STEP_SECONDS).encode(), code.encode()):
                self.last_step = step
                return True
        return False


class RecoveryCode(Base):
    """Each opens the door once; its row is gone then."""

    __tablename__ = "recovery_codes"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64))

    @classmethod
    def renew(cls, session: Session, user_id: int) -> list[str]:
        """New ones, in the clear for the only time; those before count no longer."""
        session.execute(delete(cls).where(cls.user_id == user_id))
        codes = [_recovery_code() for _ in range(RECOVERY_CODES)]
        session.add_all(cls(user_id=user_id, code_hash=sha256(_plain(code))) for code in codes)
        return codes

    @classmethod
    def left(cls, session: Session, user_id: int) -> int:
        return session.scalar(select(func.count()).select_from(cls).where(cls.user_id == user_id)) or 0

    @classmethod
    def use(cls, session: Session, user_id: int, code: str) -> bool:
        mine = (cls.user_id == user_id) & (cls.code_hash == sha256(_plain(code)))
        return session.scalar(delete(cls).where(mine).returning(cls.id)) is not None


def prepare(session: Session, user_id: int) -> None:
    """A secret to set the telephone up with; it counts for nothing yet. Raises `Refusal` 400 where one counts already.

    Another try gets another secret.
    """
    if SecondFactor.is_on(session, user_id):
        raise Refusal(400, "You have a second factor already", advice="Switch it off first.")
    session.execute(delete(SecondFactor).where(SecondFactor.user_id == user_id))
    session.add(SecondFactor(user_id=user_id, sealed=_seal().encrypt(pyotp.random_base32().encode()).decode()))


def switch_on(user_id: int, code: str) -> list[str]:
    """By a code that shows that the telephone knows the secret; returns recovery codes. Raises `Refusal`."""
    _count_try(user_id)
    with db.write() as session:
        factor = _held(session, user_id)
        if factor is None or factor.confirmed_ms is not None:
            raise Refusal(400, "There is nothing to confirm", advice="Begin again.")
        if not factor.accepts(_plain(code)):
            raise Refusal(403, WRONG, fields={"code": WRONG})
        factor.confirmed_ms = now_ms()
        Attempt.forgive(session, CODES, user_id)
        return RecoveryCode.renew(session, user_id)


def require_code(user_id: int, code: str) -> None:
    """A code of the telephone or a recovery code; either counts once. Raises `Refusal` 403 and 429."""
    _count_try(user_id)
    with db.write() as session:
        factor = _held(session, user_id)
        is_right = factor is not None and (RecoveryCode.use(session, user_id, code) or factor.accepts(_plain(code)))
        if not is_right:
            note_entry("code refused", user_id)
            raise Refusal(403, WRONG, fields={"code": WRONG})
        Attempt.forgive(session, CODES, user_id)


def switch_off(session: Session, user_id: int) -> None:
    for table in (SecondFactor, RecoveryCode):
        session.execute(delete(table).where(table.user_id == user_id))


def setup_address(factor: SecondFactor, user: User) -> str:
    """otpauth://..., what the QR code says."""
    return pyotp.TOTP(factor.secret).provisioning_uri(name=user.display_name, issuer_name=ISSUER)


def _count_try(user_id: int) -> None:
    """In a transaction of its own: a wrong try must not be forgotten together with what it wanted."""
    with db.write() as session:
        Attempt.take(session, CODES, user_id)


def _held(session: Session, user_id: int) -> SecondFactor | None:
    query = select(SecondFactor).where(SecondFactor.user_id == user_id).with_for_update()
    return session.scalar(query)


def _seal() -> Fernet:
    key = hashlib.sha256(f"second factor {current_app.config['SECRET_KEY']}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def _recovery_code() -> str:
    """Sixty bits, as three groups of four."""
    letters = base64.b32encode(secrets.token_bytes(8)).decode().lower()[:12]
    return "-".join(letters[start : start + 4] for start in (0, 4, 8))


def _plain(code: str) -> str:
    """However people typed it."""
    return code.replace(" ", "").replace("-", "").lower()
