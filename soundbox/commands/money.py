"""The ledger of Aura, and what Stripe knows."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from soundbox.extensions import db

from .starting import instance_option, start


@click.group()
def aura() -> None:
    """The ledger."""


@aura.command()
@instance_option
def verify(instance: Path | None) -> None:
    """Recompute the ledger from its first entry; exit 1 if anything does not agree, and say which entry."""
    from soundbox.aura.verifying import Verification
    from soundbox.jobs.verifying import faults_of_holds

    start(instance)
    with db.snapshot() as session:
        found = Verification.of(session)
        faults = [*found.faults, *faults_of_holds(session, found.open_holds)]
    for fault in faults:
        click.echo(fault)
    held = sum(found.open_holds.values())
    click.echo(f"{found.entries} entries, {held} Aura held for {len(found.open_holds)} jobs, head {found.head}")
    click.echo("The ledger is in order." if not faults else f"{len(faults)} faults.")
    sys.exit(1 if faults else 0)


@click.group()
def payments() -> None:
    """Money."""


@payments.command()
@instance_option
@click.option("--days", type=click.IntRange(1, 30), default=3, show_default=True, help="Stripe keeps 30.")
def reconcile(instance: Path | None, days: int) -> None:
    """Ask Stripe for what happened there, and make good what was missed."""
    from soundbox.payments.reconciling import CannotReconcile, reconcile

    try:
        found = reconcile(start(instance), days)
    except CannotReconcile as error:
        raise click.ClickException(str(error)) from None
    click.echo(", ".join(f"{outcome} {count}" for outcome, count in sorted(found.items())) or "nothing happened")
