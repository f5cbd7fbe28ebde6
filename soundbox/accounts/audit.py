"""What admins did, when, from where and to whom: rows that the database itself lets nobody change or remove."""

from __future__ import annotations

from typing import Any

from sqlalchemy import DDL, JSON, BigInteger, Index, Integer, String, event
from sqlalchemy.orm import Mapped, Session, mapped_column

from soundbox.clock import now_ms
from soundbox.extensions import Base

from .principal import Principal

COMMAND_LINE = "command line"
LONGEST_SUBJECT = 80


class AuditEntry(Base):
    """It outlives the people it names, so it refers to no other table: `user_id` and `name` are those of the moment."""

    __tablename__ = "audit_entries"
    __table_args__ = (
        Index("ix_audit_entries_user", "user_id", "id"),
        Index("ix_audit_entries_action", "action", "id"),
        Index("ix_audit_entries_subject", "subject", "id"),
    )

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    user_id: Mapped[int | None] = mapped_column(Integer)  # None: the command line
    name: Mapped[str] = mapped_column(String(40))
    action: Mapped[str] = mapped_column(String(40))  # noun.verb: track.hide
    subject: Mapped[str] = mapped_column(String(LONGEST_SUBJECT))  # noun:id as addresses have it: track:0123...
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    address: Mapped[str] = mapped_column(String(45), default="")
    created_ms: Mapped[int] = mapped_column(BigInteger, default=now_ms)


def audit(session: Session, who: Principal | None, action: str, subject: str, **detail: Any) -> AuditEntry:
    """Note it in the transaction that does it: neither is there without the other. `who` None: the command line."""
    entry = AuditEntry(
        user_id=who.user_id if who else None,
        name=who.name if who else COMMAND_LINE,
        action=action,
        subject=subject[:LONGEST_SUBJECT],
        detail=detail,
        address=who.address if who else "",
    )
    session.add(entry)
    return entry


def audit_power(session: Session, who: Principal, owner_id: int, action: str, subject: str, **detail: Any) -> None:
    """The same for a verb that everybody has over their own: noted where an admin uses it on somebody else's."""
    if not who.owns(owner_id):
        audit(session, who, action, subject, owner=owner_id, **detail)


# An INSERT OR REPLACE of SQLite removes rows without telling a trigger on DELETE, so known ids are refused.
KEPT_ON_SQLITE = tuple(
    f"CREATE TRIGGER audit_entries_{name} BEFORE {what} "
    "BEGIN SELECT RAISE(ABORT, 'audit_entries is only added to'); END"
    for name, what in (
        ("update", "UPDATE ON audit_entries"),
        ("delete", "DELETE ON audit_entries"),
        ("replace", "INSERT ON audit_entries WHEN EXISTS (SELECT 1 FROM audit_entries WHERE id = NEW.id)"),
    )
)
KEPT_ON_POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'audit_entries is only added to'; END $$",
    "CREATE TRIGGER audit_entries_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_is_kept()",
)
for _dialect, _statements in (("sqlite", KEPT_ON_SQLITE), ("postgresql", KEPT_ON_POSTGRESQL)):
    for _statement in _statements:
        event.listen(AuditEntry.__table__, "after_create", DDL(_statement).execute_if(dialect=_dialect))
