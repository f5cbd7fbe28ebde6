"""Every command begins here: an instance folder that exists, and a database with the schema of this version."""

from __future__ import annotations

from soundbox.config import Config
from soundbox.extensions import db
from soundbox.migrate import upgrade


def prepare(config: Config) -> None:
    config.media_folder.mkdir(parents=True, exist_ok=True)
    config.lock_folder.mkdir(parents=True, exist_ok=True)
    db.bind(config.database_url)
    upgrade(db)
