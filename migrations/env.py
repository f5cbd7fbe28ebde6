"""Runs migrations on the connection that `soundbox.migrate` hands over."""

from __future__ import annotations

from alembic import context

from soundbox.accounts import models as accounts
from soundbox.accounts import replays
from soundbox.extensions import Base
from soundbox.favorites import models as favorites
from soundbox.jobs import models as jobs
from soundbox.jobs import workers
from soundbox.tracks import listing, tallies
from soundbox.tracks import models as tracks
from soundbox.votes import models as votes

KNOWN = (
    accounts,
    replays,
    jobs,
    workers,
    tracks,
    listing,
    tallies,
    votes,
    favorites,
)  # imported so that their tables are in the metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=False,  # the transaction is the caller's
)
context.run_migrations()
