"""people whom admins find, and some whom they stop"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

PARTIAL = {
    "ix_users_admin": ("is_admin IS 1", "is_admin IS true"),
    "ix_users_suspended": ("suspended_ms IS NOT NULL", "suspended_ms IS NOT NULL"),
}


def upgrade() -> None:
    op.add_column("users", sa.Column("suspended_ms", sa.BigInteger(), nullable=True))
    op.add_column("users", sa.Column("suspended_why", sa.String(length=500), server_default="", nullable=False))
    for column in ("tier", "kind"):
        op.create_index(f"ix_users_{column}", "users", [column, "id"])
    for name, (sqlite, postgresql) in PARTIAL.items():
        op.create_index(name, "users", ["id"], sqlite_where=sa.text(sqlite), postgresql_where=sa.text(postgresql))
    if op.get_bind().dialect.name == "postgresql":  # how a name begins is looked for in its index
        op.execute('ALTER TABLE users ALTER COLUMN name TYPE varchar(32) COLLATE "C"')


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute('ALTER TABLE users ALTER COLUMN name TYPE varchar(32) COLLATE "default"')
    for name in (*PARTIAL, "ix_users_kind", "ix_users_tier"):
        op.drop_index(name, "users")
    op.drop_column("users", "suspended_why")
    op.drop_column("users", "suspended_ms")
