"""what people's files take"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Copies made before are not known by size; they count from the next time they are made."""
    op.add_column("tracks", sa.Column("derived_bytes", sa.BigInteger(), server_default="0", nullable=False))
    op.execute(
        "INSERT INTO tallies (name, shard, count) "
        "SELECT 'bytes/' || user_id, 0, sum(size_bytes) FROM tracks GROUP BY user_id"
    )


def downgrade() -> None:
    op.execute("DELETE FROM tallies WHERE name LIKE 'bytes/%'")
    op.drop_column("tracks", "derived_bytes")
