"""Everything that must be true of money and queue together, whatever has happened."""

from __future__ import annotations

from soundbox.accounts.models import User
from soundbox.aura import ledger
from soundbox.aura.ledger import Purse
from soundbox.aura.verifying import Verification
from soundbox.extensions import db
from soundbox.jobs.verifying import faults_of_holds


def faults() -> list[str]:
    """What `soundbox aura verify` would print."""
    with db.snapshot() as session:
        found = Verification.of(session)
        return [*found.faults, *faults_of_holds(session, found.open_holds)]


def purse_of(name: str) -> Purse:
    with db.read() as session:
        return ledger.purse(session, User.named(session, name).id)
