"""playlists, and the tracks on them"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

PUBLIC = "visibility = 'public' AND track_count > 0"


def upgrade() -> None:
    op.create_table(
        "playlists",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("visibility", sa.String(length=10), nullable=False),
        sa.Column("collaborative", sa.Boolean(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("track_count", sa.Integer(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("changed_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_playlists_user_id_users"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_playlists")),
        sa.UniqueConstraint("id", name=op.f("uq_playlists_id")),
    )
    where = {"sqlite_where": sa.text(PUBLIC), "postgresql_where": sa.text(PUBLIC)}
    op.create_index("ix_playlists_public_recent", "playlists", ["number"], **where)
    op.create_index("ix_playlists_public_tracks", "playlists", ["track_count", "number"], **where)
    op.create_index("ix_playlists_user_recent", "playlists", ["user_id", "number"])
    op.create_table(
        "playlist_entries",
        sa.Column("playlist_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("track_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=True),
        sa.Column("added_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["playlist_number"],
            ["playlists.number"],
            name=op.f("fk_playlist_entries_playlist_number_playlists"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["track_number"],
            ["tracks.number"],
            name=op.f("fk_playlist_entries_track_number_tracks"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["added_by"], ["users.id"], name=op.f("fk_playlist_entries_added_by_users"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("playlist_number", "track_number", name=op.f("pk_playlist_entries")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_playlist_entries_track_number", "playlist_entries", ["track_number"])
    op.create_index("ix_playlist_entries_added_by", "playlist_entries", ["added_by"])


def downgrade() -> None:
    op.drop_table("playlist_entries")
    op.drop_table("playlists")
