"""what admins did, in rows that nobody changes or removes"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
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


def upgrade() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entries")),
    )
    for column, name in (("user_id", "user"), ("action", "action"), ("subject", "subject")):
        op.create_index(f"ix_audit_entries_{name}", "audit_entries", [column, "id"])
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in KEPT_ON_SQLITE if is_sqlite else KEPT_ON_POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("audit_entries")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_is_kept()")
