"""Runs migrations on the connection that `soundbox.migrate` hands over."""

from __future__ import annotations

from alembic import context

import soundbox.app  # noqa: F401 - the table of contents: every table is in the metadata then
from soundbox.extensions import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=False,  # the transaction is the caller's
)
context.run_migrations()
