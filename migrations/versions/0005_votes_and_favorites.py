"""votes with reasons, and favorites"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "votes",
        sa.Column("user_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("track_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("vote", sa.SmallInteger(), nullable=False),
        sa.Column("rating", sa.SmallInteger(), nullable=True),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("suggested_model", sa.String(length=32), nullable=True),
        sa.Column("voted_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("vote in (-1, 0, 1)", name=op.f("ck_votes_vote")),
        sa.CheckConstraint("rating between 1 and 5", name=op.f("ck_votes_rating")),
        sa.ForeignKeyConstraint(
            ["track_number"], ["tracks.number"], name=op.f("fk_votes_track_number_tracks"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_votes_user_id_users")),
        sa.PrimaryKeyConstraint("user_id", "track_number", name=op.f("pk_votes")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_votes_track_number", "votes", ["track_number"])
    rated = {"sqlite_where": sa.text("rating IS NOT NULL"), "postgresql_where": sa.text("rating IS NOT NULL")}
    op.create_index("ix_votes_rated", "votes", ["track_number", "rating"], **rated)
    op.create_table(
        "reason_counts",
        sa.Column("track_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("reason", sa.String(length=24), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["track_number"], ["tracks.number"], name=op.f("fk_reason_counts_track_number_tracks"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("track_number", "reason", name=op.f("pk_reason_counts")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "favorites",
        sa.Column("user_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("track_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["track_number"], ["tracks.number"], name=op.f("fk_favorites_track_number_tracks"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_favorites_user_id_users")),
        sa.PrimaryKeyConstraint("user_id", "track_number", name=op.f("pk_favorites")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_favorites_newest", "favorites", ["user_id", "created_ms", "track_number"])
    op.create_index("ix_favorites_track_number", "favorites", ["track_number"])


def downgrade() -> None:
    for table in ("favorites", "reason_counts", "votes"):
        op.drop_table(table)
