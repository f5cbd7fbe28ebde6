"""one start in four goes to whoever has waited longest"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    queued = sa.text("status = 'queued'")
    op.create_index("ix_jobs_arrival", "jobs", ["band", "seq"], sqlite_where=queued, postgresql_where=queued)
    op.add_column("dispatch", sa.Column("since_longest", sa.Integer(), nullable=False, server_default="0"))
    op.drop_column("dispatch", "last_bands")


def downgrade() -> None:
    op.add_column("dispatch", sa.Column("last_bands", sa.JSON(), nullable=False, server_default="[]"))
    op.drop_column("dispatch", "since_longest")
    op.drop_index("ix_jobs_arrival", table_name="jobs")
