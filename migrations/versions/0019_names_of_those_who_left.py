"""names of people who left, which nobody else gets"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("users", sa.Column("left_name", sa.String(length=64), nullable=True))
    op.create_index("ix_users_left_name", "users", ["left_name"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_users_left_name", "users")
    op.drop_column("users", "left_name")
