"""Brings an instance's database to the schema of this version, whatever it is now."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Connection

from soundbox.extensions import Database

SCRIPTS = Path(__file__).resolve().parent.parent / "migrations"
ONE_AT_A_TIME = 5309  # PostgreSQL advisory lock: two processes may start together


def upgrade(database: Database, revision: str = "head") -> None:
    with database.engine.connect() as connection:
        if database.is_sqlite:
            connection = connection.execution_options(soundbox_begin="BEGIN IMMEDIATE")
        with connection.begin():
            if not database.is_sqlite:
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})")
            command.upgrade(_alembic(connection), revision)


def _alembic(connection: Connection) -> AlembicConfig:
    config = AlembicConfig()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    return config
