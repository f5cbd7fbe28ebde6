"""the recipe of a track, and that of a job's parent"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tracks", sa.Column("recipe", sa.JSON(), nullable=True))
    op.add_column("jobs", sa.Column("parent_recipe", sa.JSON(), nullable=True))
    op.add_column("jobs", sa.Column("engine_relation", sa.String(length=12), nullable=True))


def downgrade() -> None:
    op.drop_column("jobs", "engine_relation")
    op.drop_column("jobs", "parent_recipe")
    op.drop_column("tracks", "recipe")
