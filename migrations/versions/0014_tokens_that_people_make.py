"""tokens that people make themselves: an id to name them by, which one made which, when it was used"""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("api_tokens") as table:
        table.add_column(sa.Column("public_id", sa.String(length=32), nullable=True))
        table.add_column(sa.Column("made_with", sa.Integer(), nullable=True))
        table.add_column(sa.Column("used_ms", sa.BigInteger(), nullable=True))
    tokens = sa.table("api_tokens", sa.column("id", sa.Integer), sa.column("public_id", sa.String))
    connection = op.get_bind()
    for token_id in connection.scalars(sa.select(tokens.c.id)).all():
        named = tokens.update().where(tokens.c.id == token_id).values(public_id=secrets.token_hex(16))
        connection.execute(named)
    with op.batch_alter_table("api_tokens") as table:
        table.alter_column("public_id", existing_type=sa.String(length=32), nullable=False)
        table.create_unique_constraint("uq_api_tokens_public_id", ["public_id"])
        table.create_foreign_key(
            "fk_api_tokens_made_with_api_tokens", "api_tokens", ["made_with"], ["id"], ondelete="CASCADE"
        )
        table.create_index("ix_api_tokens_made_with", ["made_with"])


def downgrade() -> None:
    with op.batch_alter_table("api_tokens") as table:
        table.drop_index("ix_api_tokens_made_with")
        table.drop_constraint("fk_api_tokens_made_with_api_tokens", type_="foreignkey")
        table.drop_constraint("uq_api_tokens_public_id", type_="unique")
        for column in ("used_ms", "made_with", "public_id"):
            table.drop_column(column)
