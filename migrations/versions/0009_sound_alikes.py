"""what each track is like, as numbers"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "track_features",
        sa.Column(
            "track_number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cell", sa.Integer(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["track_number"], ["tracks.number"], name=op.f("fk_track_features_track_number_tracks"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("track_number", name=op.f("pk_track_features")),
    )
    op.create_index("ix_track_features_cell", "track_features", ["version", "cell", "track_number", "vector"])


def downgrade() -> None:
    op.drop_table("track_features")
