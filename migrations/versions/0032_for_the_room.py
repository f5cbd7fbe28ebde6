"""sounds that an idle worker makes for a station"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("jobs", "tracks"):
        op.add_column(table, sa.Column("made_for", sa.String(length=60), nullable=True))
    of_the_room = sa.text("made_for IS NOT NULL")
    op.create_index(
        "ix_jobs_for_the_room", "jobs", ["created_ms"], sqlite_where=of_the_room, postgresql_where=of_the_room
    )


def downgrade() -> None:
    op.drop_index("ix_jobs_for_the_room", "jobs")
    for table in ("jobs", "tracks"):
        op.drop_column(table, "made_for")
