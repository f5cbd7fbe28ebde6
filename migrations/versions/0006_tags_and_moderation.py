"""what people agree a track is, what they report, and what was done about it"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _create_suggestions()
    _create_reports()
    _create_events()
    op.create_index(
        "ix_tracks_withheld",
        "tracks",
        ["withheld", "number"],
        sqlite_where=sa.text("withheld IS NOT NULL"),
        postgresql_where=sa.text("withheld IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_tracks_withheld", "tracks")
    for table in ("moderation_events", "reports", "tag_suggestions"):
        op.drop_table(table)


def _create_suggestions() -> None:
    op.create_table(
        "tag_suggestions",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("track_number", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("category", sa.String(length=32), nullable=False),
        sa.Column("action", sa.String(length=8), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("agreed_ms", sa.BigInteger(), nullable=True),
        _to_track("tag_suggestions"),
        _to_user("tag_suggestions"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag_suggestions")),
    )
    op.create_index(
        "ix_tag_suggestions_open",
        "tag_suggestions",
        ["track_number", "category", "user_id"],
        unique=True,
        sqlite_where=sa.text("agreed_ms IS NULL"),
        postgresql_where=sa.text("agreed_ms IS NULL"),
    )
    op.create_index("ix_tag_suggestions_track_number", "tag_suggestions", ["track_number"])
    op.create_index("ix_tag_suggestions_user_id", "tag_suggestions", ["user_id"])


def _create_reports() -> None:
    op.create_table(
        "reports",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("track_number", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("voice", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("closed_ms", sa.BigInteger(), nullable=True),
        _to_track("reports"),
        _to_user("reports"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
    )
    op.create_index(
        "ix_reports_open",
        "reports",
        ["track_number", "voice"],
        unique=True,
        sqlite_where=sa.text("closed_ms IS NULL"),
        postgresql_where=sa.text("closed_ms IS NULL"),
    )
    op.create_index("ix_reports_track_number", "reports", ["track_number"])
    op.create_index("ix_reports_user_id", "reports", ["user_id"])


def _create_events() -> None:
    op.create_table(
        "moderation_events",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("track_id", sa.String(length=32), nullable=False),
        sa.Column("track_name", sa.String(length=500), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        _to_user("moderation_events"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_events")),
    )
    op.create_index("ix_moderation_events_track_id", "moderation_events", ["track_id"])
    op.create_index("ix_moderation_events_user_id", "moderation_events", ["user_id"])


def _to_track(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_track_number_tracks")
    return sa.ForeignKeyConstraint(["track_number"], ["tracks.number"], name=name, ondelete="CASCADE")


def _to_user(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_user_id_users")
    return sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=name, ondelete="SET NULL")
