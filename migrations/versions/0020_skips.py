"""paid skips: whom each passed, and how it ended"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "skips",
        sa.Column("job_id", sa.String(length=32), nullable=False),
        sa.Column("payer_id", sa.Integer(), nullable=True),
        sa.Column("cost", sa.Integer(), nullable=False),
        sa.Column("passed", sa.JSON(), nullable=False),
        sa.Column("paid_ms", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.String(length=8), nullable=False),
        sa.Column("settled_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_skips_job_id_jobs"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["payer_id"], ["users.id"], name=op.f("fk_skips_payer_id_users"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("job_id", name=op.f("pk_skips")),
    )
    op.create_index(op.f("ix_skips_payer_id"), "skips", ["payer_id"])


def downgrade() -> None:
    op.drop_table("skips")
