"""which of several takes a track is"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("jobs", "tracks"):
        op.add_column(table, sa.Column("take", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    for table in ("tracks", "jobs"):
        op.drop_column(table, "take")
