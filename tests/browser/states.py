"""A job in each state, written by the queue's own verbs into the database of a site that has no worker."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from soundbox.engines.catalogue import Catalogue
from soundbox.extensions import db
from soundbox.jobs.claims import Claim, Report, report_progress
from tests.deploy.site import Site

ROOM = {model.id: 100 for model in Catalogue.build().models()}


@contextmanager
def database_of(site: Site) -> Iterator[None]:
    db.bind(f"sqlite:///{site.instance / 'soundbox.sqlite3'}")
    yield
    db.close()


def start_all(site: Site) -> list[Claim]:
    """Everything that waits is being made from now on, and half done."""
    claims = []
    with database_of(site), db.money() as session:
        while claim := Claim.take(session, "tests", ROOM, []):
            claims.append(claim)
        report_progress(session, {claim: Report(50, "Generating audio... 50%") for claim in claims})
    return claims


def fail(site: Site, claims: list[Claim], reason: str) -> None:
    with database_of(site), db.money() as session:
        for claim in claims:
            claim.fail(session, reason)
