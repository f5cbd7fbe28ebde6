"""What keeps the site from working, in sentences; None where all is well."""

from __future__ import annotations

import tempfile

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from soundbox.extensions import db
from soundbox.tracks.instance import media


def database_fault() -> str | None:
    try:
        with db.read() as session:
            session.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        return f"The database does not answer: {type(error).__name__}."
    return None


def media_fault() -> str | None:
    try:
        tempfile.TemporaryFile(dir=media().root).close()
    except OSError as error:
        return f"The media folder cannot be written: {error.strerror}."
    return None
