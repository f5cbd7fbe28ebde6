"""Runs migrations on the connection that `soundbox.migrate` hands over."""

from __future__ import annotations

from alembic import context

from soundbox.accounts import models as accounts
from soundbox.accounts import replays
from soundbox.extensions import Base
from soundbox.jobs import models as jobs
from soundbox.jobs import workers
from soundbox.tracks import listing, tallies, words
from soundbox.tracks import models as tracks

KNOWN = (
    accounts,
    replays,
    jobs,
    workers,
    tracks,
    listing,
    tallies,
    words,
)  # imported so that their tables are in the metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=False,  # the transaction is the caller's
)
context.run_migrations()
