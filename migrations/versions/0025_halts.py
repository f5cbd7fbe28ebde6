"""the queue can be stopped: what starts, or what comes in"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("dispatch", sa.Column("halt", sa.String(length=8), server_default="", nullable=False))
    op.add_column("dispatch", sa.Column("halt_why", sa.String(length=200), server_default="", nullable=False))
    ended = sa.text("status = 'failed'")
    op.create_index("ix_jobs_failed", "jobs", ["finished_ms"], sqlite_where=ended, postgresql_where=ended)


def downgrade() -> None:
    op.drop_index("ix_jobs_failed", "jobs")
    op.drop_column("dispatch", "halt_why")
    op.drop_column("dispatch", "halt")
