"""plays that were counted lately"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plays",
        sa.Column("track_number", sa.BigInteger(), nullable=False),
        sa.Column("listener", sa.String(length=64), nullable=False),
        sa.Column("heard_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["track_number"], ["tracks.number"], name=op.f("fk_plays_track_number_tracks"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("track_number", "listener", name=op.f("pk_plays")),
    )
    op.create_index("ix_plays_heard_ms", "plays", ["heard_ms"])


def downgrade() -> None:
    op.drop_table("plays")
