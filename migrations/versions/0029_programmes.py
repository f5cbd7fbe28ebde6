"""what stations broadcast, what they are asked for, and how many listen"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "programmes",
        sa.Column("station_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("start_frame", sa.BigInteger(), nullable=False),
        sa.Column("first_sequence", sa.BigInteger(), nullable=False),
        sa.Column("entries", sa.JSON(), nullable=False),
        sa.Column("explored_key", sa.BigInteger(), nullable=False),
        sa.Column("drawn_ms", sa.BigInteger(), nullable=False),
        _of_station("programmes"),
        sa.PrimaryKeyConstraint("station_id", "period", name=op.f("pk_programmes")),
    )
    op.create_table(
        "station_requests",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("station_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("track_id", sa.String(length=32), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("aired_period", sa.Integer(), nullable=True),
        _of_station("station_requests"),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_station_requests_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_station_requests")),
    )
    op.create_index("ix_station_requests_waiting", "station_requests", ["station_id", "aired_period", "created_ms"])
    op.create_index("ix_station_requests_user", "station_requests", ["user_id"])
    op.create_table(
        "heard",
        sa.Column("station_id", sa.Integer(), nullable=False),
        sa.Column("minute", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("process", sa.String(length=16), nullable=False),
        sa.Column("bits", sa.LargeBinary(), nullable=False),
        _of_station("heard"),
        sa.PrimaryKeyConstraint("station_id", "minute", "process", name=op.f("pk_heard")),
    )


def downgrade() -> None:
    for table in ("heard", "station_requests", "programmes"):
        op.drop_table(table)


def _of_station(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_station_id_stations")
    return sa.ForeignKeyConstraint(["station_id"], ["stations.id"], name=name, ondelete="CASCADE")
