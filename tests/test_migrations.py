"""The schema that migrations build is the schema that the models describe."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from soundbox.extensions import Base, db
from soundbox.migrate import upgrade


def test_models_equal_migrations(database_url: str) -> None:
    db.bind(database_url)
    empty()
    upgrade(db)
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    empty()


def test_upgrading_twice_changes_nothing(database_url: str) -> None:
    db.bind(database_url)
    empty()
    upgrade(db)
    upgrade(db)
    with db.read() as session:
        assert session.scalar(text("SELECT count(*) FROM alembic_version")) == 1
    empty()


def empty() -> None:
    Base.metadata.drop_all(db.engine)
    with db.write() as session:
        session.execute(text("DROP TABLE IF EXISTS alembic_version"))
