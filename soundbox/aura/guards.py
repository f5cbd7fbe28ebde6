"""What the database itself refuses, whoever asks: entries are only added, at the end of the chain.

CHECK constraints (in `models.py`) keep balances and amounts right; these triggers keep what is written as it is.
"""

from __future__ import annotations

from sqlalchemy import DDL, Table, event

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


def stand_before(accounts: Table, entries: Table, head: Table) -> None:
    """Made with the last of these tables; the migration makes the same."""
    for table in (accounts, head):
        entries.add_is_dependent_on(table)
    for dialect, statements in {"sqlite": ON_SQLITE, "postgresql": ON_POSTGRESQL}.items():
        for statement in statements:
            made = DDL(statement.replace("%", "%%"))  # `DDL` would fill in what follows a %
            event.listen(entries, "after_create", made.execute_if(dialect=dialect))
