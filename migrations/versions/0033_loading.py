"""which model a worker loads, and which it could not"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("workers", sa.Column("loading", sa.String(length=32), nullable=False, server_default=""))
    op.add_column("workers", sa.Column("broken", sa.JSON(), nullable=False, server_default="{}"))


def downgrade() -> None:
    op.drop_column("workers", "broken")
    op.drop_column("workers", "loading")
