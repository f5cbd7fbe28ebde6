"""the Aura ledger, and triggers that let entries only be added"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

# REPLACE deletes without asking a trigger that stands before deletes, so what is added must be the next in the chain.
ON_SQLITE = (
    """CREATE TRIGGER aura_entries_keep BEFORE UPDATE ON aura_entries
       BEGIN SELECT RAISE(ABORT, 'an entry of the Aura ledger is never changed'); END""",
    """CREATE TRIGGER aura_entries_stay BEFORE DELETE ON aura_entries
       BEGIN SELECT RAISE(ABORT, 'an entry of the Aura ledger is never deleted'); END""",
    """CREATE TRIGGER aura_entries_follow BEFORE INSERT ON aura_entries
       WHEN NOT EXISTS (SELECT 1 FROM aura_head WHERE number = NEW.number - 1 AND hash = NEW.previous)
         OR EXISTS (SELECT 1 FROM aura_entries WHERE number = NEW.number OR key = NEW.key)
       BEGIN SELECT RAISE(ABORT, 'an entry of the Aura ledger follows the last one'); END""",
    """CREATE TRIGGER aura_accounts_stay BEFORE DELETE ON aura_accounts
       BEGIN SELECT RAISE(ABORT, 'an Aura account is never deleted'); END""",
    """CREATE TRIGGER aura_accounts_keep BEFORE UPDATE OF name ON aura_accounts
       BEGIN SELECT RAISE(ABORT, 'an Aura account keeps its name'); END""",
    """CREATE TRIGGER aura_head_stays BEFORE DELETE ON aura_head
       BEGIN SELECT RAISE(ABORT, 'the head of the Aura ledger is never deleted'); END""",
)
ON_POSTGRESQL = (
    """CREATE OR REPLACE FUNCTION aura_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'the Aura ledger is only added to: % of % is refused', TG_OP, TG_TABLE_NAME; END $$""",
    """CREATE OR REPLACE FUNCTION aura_follow() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF NOT EXISTS (SELECT 1 FROM aura_head WHERE number = NEW.number - 1 AND hash = NEW.previous) THEN
           RAISE EXCEPTION 'an entry of the Aura ledger follows the last one';
         END IF;
         RETURN NEW;
       END $$""",
    """CREATE TRIGGER aura_entries_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON aura_entries
       FOR EACH STATEMENT EXECUTE FUNCTION aura_refuse()""",
    """CREATE TRIGGER aura_entries_follow BEFORE INSERT ON aura_entries
       FOR EACH ROW EXECUTE FUNCTION aura_follow()""",
    """CREATE TRIGGER aura_accounts_stay BEFORE DELETE OR TRUNCATE ON aura_accounts
       FOR EACH STATEMENT EXECUTE FUNCTION aura_refuse()""",
    """CREATE TRIGGER aura_accounts_keep BEFORE UPDATE OF name ON aura_accounts
       FOR EACH STATEMENT EXECUTE FUNCTION aura_refuse()""",
    """CREATE TRIGGER aura_head_stays BEFORE DELETE OR TRUNCATE ON aura_head
       FOR EACH STATEMENT EXECUTE FUNCTION aura_refuse()""",
)


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "aura_accounts",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("balance", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "balance >= 0 OR name IN ('sales', 'grants') OR substr(name, 1, 5) = 'debt:'",
            name=op.f("ck_aura_accounts_never_negative"),
        ),
        sa.CheckConstraint(
            "balance <= 0 OR substr(name, 1, 5) <> 'debt:'", name=op.f("ck_aura_accounts_debt_only_owed")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_aura_accounts_user_id_users"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_aura_accounts")),
    )
    op.create_index(op.f("ix_aura_accounts_user_id"), "aura_accounts", ["user_id"])
    op.create_table(
        "aura_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_aura_head_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aura_head")),
    )
    op.create_table(
        "aura_entries",
        sa.Column("number", number, autoincrement=False, nullable=False),
        sa.Column("debit", sa.String(length=40), nullable=False),
        sa.Column("credit", sa.String(length=40), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("reference", sa.String(length=100), nullable=False),
        sa.Column("key", sa.String(length=140), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_aura_entries_amount_positive")),
        sa.CheckConstraint("debit <> credit", name=op.f("ck_aura_entries_two_accounts")),
        sa.ForeignKeyConstraint(["debit"], ["aura_accounts.name"], name=op.f("fk_aura_entries_debit_aura_accounts")),
        sa.ForeignKeyConstraint(["credit"], ["aura_accounts.name"], name=op.f("fk_aura_entries_credit_aura_accounts")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_aura_entries")),
        sa.UniqueConstraint("key", name=op.f("uq_aura_entries_key")),
    )
    op.create_index("ix_aura_entries_debit", "aura_entries", ["debit", "number"])
    op.create_index("ix_aura_entries_credit", "aura_entries", ["credit", "number"])
    op.create_index("ix_aura_entries_created_ms", "aura_entries", ["created_ms", "number"])
    for statement in ON_SQLITE if op.get_bind().dialect.name == "sqlite" else ON_POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("What people own is never thrown away: restore a backup instead.")
