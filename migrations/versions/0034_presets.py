"""presets that people keep, and which one a job and a track began with"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("jobs", "tracks"):
        op.add_column(table, sa.Column("preset", sa.String(length=40), nullable=True))
    op.create_table(
        "saved_presets",
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("description", sa.String(length=200), nullable=False),
        sa.Column("prompt_base", sa.Text(), nullable=False),
        sa.Column("suggested_bpm", sa.Float(), nullable=True),
        sa.Column("suggested_duration", sa.Float(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=True),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("model", sa.String(length=32), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("changed_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("slug"),
    )
    op.create_index("ix_saved_presets_user", "saved_presets", ["user_id", "created_ms"])
    op.create_index(
        "ix_saved_presets_shared",
        "saved_presets",
        ["uses", "created_ms"],
        sqlite_where=sa.text("shared IS 1"),
        postgresql_where=sa.text("shared IS true"),
    )


def downgrade() -> None:
    op.drop_table("saved_presets")
    for table in ("tracks", "jobs"):
        op.drop_column(table, "preset")
