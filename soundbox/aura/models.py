"""Aura as it is stored: accounts with balances, the entries that made them, and the head of the chain of entries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    select,
    union,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from soundbox.accounts.models import User
from soundbox.clock import now_ms
from soundbox.extensions import Base, insert_new

from . import guards
from .chain import BEFORE_THE_FIRST

SALES = "sales"  # Aura comes from here when it is paid for, and goes back here: minus what was sold
GRANTS = "grants"  # the same for Aura that is given, with a tier or by hand
SPENT = "spent"  # where captured Aura ends
SOURCES = (SALES, GRANTS)
HEAD_ID = 1
NUMBER = BigInteger().with_variant(Integer, "sqlite")


class Account(Base):
    """`user:ID`, `held:ID` and `debt:ID` of a person, by the public id, which is never given to anybody else; and the
    system's `sales`, `grants` and `spent`.

    Being debited makes a balance smaller, being credited larger, so all balances together are 0. `user` and `held` are
    never negative, `debt` is what somebody owes and never positive. Of a person who is gone the rows stay, and
    `user_id` is empty: nothing leads from the public id to anybody.
    """

    __tablename__ = "aura_accounts"
    __table_args__ = (
        CheckConstraint(
            "balance >= 0 OR name IN ('sales', 'grants') OR substr(name, 1, 5) = 'debt:'", name="never_negative"
        ),
        CheckConstraint("balance <= 0 OR substr(name, 1, 5) <> 'debt:'", name="debt_only_owed"),
    )

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), index=True)
    balance: Mapped[int] = mapped_column(BigInteger, default=0)

    @classmethod
    def name_of(cls, session: Session, purpose: str, user_id: int) -> str:
        """`purpose`: user, held or debt."""
        return f"{purpose}:{session.get_one(User, user_id).public_id}"

    @staticmethod
    def may_owe(name: str) -> bool:
        """Of these the balance may be negative."""
        return name in SOURCES or name.startswith("debt:")

    @classmethod
    def open(cls, session: Session, name: str) -> None:
        """See to it that this account is there. Raises `LookupError` for a name that is nobody's."""
        purpose, _, public_id = name.partition(":")
        user_id = None
        if public_id:
            user_id = session.scalar(select(User.id).where(User.public_id == public_id))
            if user_id is None or purpose not in ("user", "held", "debt"):
                raise LookupError(f"There is no Aura account {name!r}, and nobody to open it for.")
        elif name not in (*SOURCES, SPENT):
            raise LookupError(f"There is no Aura account {name!r}.")
        insert_new(session, cls, name=name, user_id=user_id, balance=0)


class Entry(Base):
    """One movement of Aura: never changed, never deleted; what was wrong is set right by an opposite one.

    `reference` is the job, order or person it was for, and `key` what makes it happen once. `number` counts without a
    gap. `hash` comes from `previous` and everything in this row, as `chain.py` says.
    """

    __tablename__ = "aura_entries"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("debit <> credit", name="two_accounts"),
        Index("ix_aura_entries_debit", "debit", "number"),
        Index("ix_aura_entries_credit", "credit", "number"),
        Index("ix_aura_entries_created_ms", "created_ms", "number"),
    )

    number: Mapped[int] = mapped_column(NUMBER, primary_key=True, autoincrement=False)
    debit: Mapped[str] = mapped_column(ForeignKey("aura_accounts.name"))
    credit: Mapped[str] = mapped_column(ForeignKey("aura_accounts.name"))
    amount: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(16))
    reference: Mapped[str] = mapped_column(String(100))
    key: Mapped[str] = mapped_column(String(140), unique=True)
    created_ms: Mapped[int] = mapped_column(BigInteger)  # never before that of the entry before
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))

    @classmethod
    def touching(
        cls, session: Session, names: Sequence[str], before: int | None = None, most: int | None = None
    ) -> Sequence[Self]:
        """Entries of these accounts, the newest first. Each side is looked up by its own index."""
        sides = [select(cls.number).where(side.in_(names)) for side in (cls.debit, cls.credit)]
        mine = select(cls).where(cls.number.in_(union(*sides))).order_by(cls.number.desc()).limit(most)
        return session.scalars(mine if before is None else mine.where(cls.number < before)).all()

    @classmethod
    def following(cls, session: Session, after: int, most: int) -> Sequence[Self]:
        return session.scalars(select(cls).where(cls.number > after).order_by(cls.number).limit(most)).all()


class Head(Base):
    """One row: the last entry. Whoever writes an entry holds it, so the chain cannot fork."""

    __tablename__ = "aura_head"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, default=0)  # = how many entries there are
    hash: Mapped[str] = mapped_column(String(64), default=BEFORE_THE_FIRST)
    created_ms: Mapped[int] = mapped_column(BigInteger, default=0)

    @classmethod
    def held(cls, session: Session) -> Self:
        """The row as it is now, locked until this transaction ends."""
        now = select(cls).where(cls.id == HEAD_ID).with_for_update().execution_options(populate_existing=True)
        head = session.scalar(now)
        if head is None:
            insert_new(session, cls, id=HEAD_ID, number=0, hash=BEFORE_THE_FIRST, created_ms=0)
            head = session.scalars(now).one()
        return head

    def next_moment(self) -> int:
        """Milliseconds; a clock that was set back does not turn the order of entries round."""
        return max(now_ms(), self.created_ms)


TABLES: tuple[Any, Any, Any] = (Account.__table__, Entry.__table__, Head.__table__)
guards.stand_before(*TABLES)
