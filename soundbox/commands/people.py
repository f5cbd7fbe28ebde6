"""Who may use the site, from where it runs."""

from __future__ import annotations

from pathlib import Path

import click

from soundbox.accounts.audit import audit
from soundbox.accounts.letters import link
from soundbox.accounts.links import AccountLink, Purpose
from soundbox.accounts.models import AccountError, ApiToken, Kind, User
from soundbox.accounts.sessions import DAY_MS
from soundbox.accounts.tiers import TIERS
from soundbox.aura import ledger
from soundbox.extensions import db

from .starting import instance_option, start


@click.group()
def user() -> None:
    """People."""


@user.command("add")
@instance_option
@click.argument("name")
@click.option("--tier", type=click.Choice(list(TIERS)), default="free", show_default=True)
@click.option("--admin", is_flag=True, help="May manage everything.")
@click.option("--aura", type=click.IntRange(0, 10**9), default=0, help="Aura to begin with.")
def add_user(instance: Path | None, name: str, tier: str, admin: bool, aura: int) -> None:
    """Add a member; prints a bearer token with all scopes alone on the last line."""
    start(instance)
    try:
        with db.money() as session:
            member = User.add_member(session, name, tier, is_admin=admin)
            if aura:
                reference = f"user:{member.public_id}"
                ledger.credit(session, member.id, aura, ledger.Kind.grant, reference, f"grant:{reference}:begin")
            token = ApiToken.issue(session, member, label="made with soundbox user add")
            audit(session, None, "user.add", f"user:{member.public_id}", name=name, tier=tier, admin=admin, aura=aura)
    except AccountError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{name} is a member now ({tier}). This token is shown once:", err=True)
    click.echo(token)


@user.command("link")
@instance_option
@click.argument("name")
def link_user(instance: Path | None, name: str) -> None:
    """Print a link with which a member chooses a password, once and within a day."""
    config = start(instance)
    with db.write() as session:
        member = User.named(session, name)
        if member is None or member.kind != Kind.member:
            raise click.ClickException(f"There is no member called {name}.")
        secret = AccountLink.issue(session, member, Purpose.password, lasts_ms=DAY_MS)
        audit(session, None, "user.link", f"user:{member.public_id}")
    click.echo(link("reset", secret, config.own_address))
