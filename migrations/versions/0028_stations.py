"""stations, with those that come with the house; which tracks people keep most"""

from __future__ import annotations

import time

import sqlalchemy as sa
from alembic import op

from soundbox.stations.house import house_rows

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    kept = {"sqlite_where": "listed IS 1 AND favorites > 0", "postgresql_where": "listed IS true AND favorites > 0"}
    columns = ["favorites", "number", "kind", "model", "user_id", "loop", "licence", "commercial_use", "key", "tempo"]
    op.create_index(
        "ix_tracks_kept",
        "tracks",
        [*columns, "seconds", "relation"],
        **{name: sa.text(where) for name, where in kept.items()},
    )
    op.create_table(
        "stations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=48), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("rule", sa.JSON(), nullable=False),
        sa.Column("prompt", sa.String(length=500), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_hidden", sa.Boolean(), nullable=False),
        sa.Column("plays_for_the_room", sa.Boolean(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("changed_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_stations_user_id_users"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stations")),
        sa.UniqueConstraint("slug", name=op.f("uq_stations_slug")),
    )
    op.create_index("ix_stations_shown", "stations", ["is_hidden", "position"])
    op.create_index("ix_stations_user", "stations", ["user_id", "id"])
    _fill()


def downgrade() -> None:
    op.drop_table("stations")
    op.drop_index("ix_tracks_kept", table_name="tracks")


def _fill() -> None:
    names = ("slug", "name", "description", "prompt", "position", "is_hidden", "plays_for_the_room")
    stations = sa.table(
        "stations",
        *map(sa.column, names),
        *(sa.column("rule", sa.JSON()), sa.column("created_ms"), sa.column("changed_ms")),
    )
    now_ms = int(time.time() * 1000)
    moment = {"is_hidden": False, "created_ms": now_ms, "changed_ms": now_ms}
    op.bulk_insert(stations, [{**row, **moment} for row in house_rows()])
